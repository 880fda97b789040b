import { evaluate } from '../../domain/policy.ts';
import { anchorOf, nextDue, parseRule } from '../../domain/recurrence-rule.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Ask, PendingChoice } from '../../domain/request.ts';
import { mayRepeat } from '../../domain/schedule.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { findWorkspace } from '../../requests/find-workspace.ts';
import { activeSchedules, type ListedSchedule, pressSchedule, proposeSchedule } from '../../requests/schedules.ts';
import { visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { everyWords } from '../cards/recurrence-words.ts';
import { renderCard } from '../cards/render.ts';
import { offerCard } from '../offers.ts';
import { refusalWords } from '../refusal-words.ts';
import { scheduleCard, scheduleListCard } from '../schedule-cards.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { assetsAsk, placeOf } from './request-answers.ts';

const exampleSentences = ['export my workspace every month', 'export my workspace every first Monday until December'];

/** "export my workspace every month": a card with the next dates. Nothing is scheduled before its button is pressed. */
export async function createSchedule(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { slots } = turn.reading;
  const { recurrence: rule, until = null } = slots;
  if (slots.then !== undefined) {
    return info(turn, 'I only repeat exports, and never delete on a schedule. I did nothing.', exampleSentences);
  }
  if (rule === undefined || parseRule(rule) === null) {
    return info(
      turn,
      'How often should I export it? Every day, week, month or year, or on certain days.',
      exampleSentences,
    );
  }
  const ask = repeatedAsk(turn);
  if (ask === null || !mayRepeat(ask)) {
    return info(turn, 'What should I export each time? Name it, or say “my workspace”.', exampleSentences);
  }
  await turn.showTyping();
  try {
    const { visible, obstacle } = await visibleWorkspaces(services, turn.actor.person, turn.signal, 'recent');
    const finding = findWorkspace(services, ask, visible);
    // The named workspace may be one that could not be read.
    if (finding.kind === 'refusal' && obstacle !== null) throw obstacle;
    if (finding.kind === 'refusal') return refuse(services, turn, finding.refusal);
    if (finding.kind === 'choice') return askWhich(turn, finding.choice);
    const { workspace, role } = finding.seen;
    const decision = evaluate('export', workspace.accountType, role, services.settings.policy);
    if (!decision.allowed) return refuse(services, turn, { reason: decision.refusal, name: workspace.name });
    const timeZone = turn.actor.timeZone ?? services.settings.timeZone ?? 'UTC';
    const now = services.clock.now();
    if (nextDue({ rule, until, timeZone, anchor: anchorOf(rule, timeZone, now) }, now) === null) {
      return info(
        turn,
        `There is no date for “${everyWords(rule)}” before its end, so I did nothing.`,
        exampleSentences,
      );
    }
    const { workspaceName: _typed, workspaceLonger: _longer, ...plain } = ask;
    const schedule = await proposeSchedule(services, turn.actor.person, {
      ask: { ...plain, workspaceId: workspace.id },
      workspaceName: workspace.name,
      rule,
      until,
      timeZone,
      conversationId: turn.actor.conversation.id,
    });
    await turn.say(scheduleCard(services, schedule));
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    await turn.say(
      renderCard('notice', {
        severity: 'problem',
        sentence: `I could not ask Studio. ${error.message}`,
        next: 'Nothing is scheduled. Please try again in a while.',
      }),
    );
  }
}

/** What each run exports; null when that is not said. */
function repeatedAsk({ reading: { slots } }: Turn): Ask | null {
  const { assets, all, dates, filter, kind, data, pick, unused, owner, status, exceptKinds, except } = slots;
  // Whatever narrows it down: it never becomes an export of the whole workspace.
  const limits = [assets, all, dates, filter, kind, pick, unused, owner, status, exceptKinds, except];
  if (limits.some((limit) => limit !== undefined)) return assetsAsk('export', slots);
  return { action: 'export', target: 'workspace', data: data ?? 'all', mentions: [], ...placeOf(slots) };
}

/** "what is scheduled?" */
export async function listSchedules(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  await turn.say(scheduleListCard(await activeSchedules(services, turn.actor.person)));
}

/** "stop the monthly export": the one that is meant; a list with buttons when it may be one of several. */
export async function stopSchedule(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { person } = turn.actor;
  const active = await activeSchedules(services, person);
  const named = meantBy(services, active, turn.reading.slots.workspace);
  const [only, ...others] = named;
  if (only === undefined) {
    const isUnknown = active.length > 0 && turn.reading.slots.workspace !== undefined;
    return turn.say(scheduleListCard(active, isUnknown ? 'No recurring export of that workspace is scheduled.' : null));
  }
  if (others.length > 0) return turn.say(scheduleListCard(named, 'Which one should I stop?'));
  const { schedule } = only;
  const outcome = await pressSchedule(services, person, schedule.number, null, 'stop');
  await turn.say(scheduleCard(services, outcome.schedule ?? schedule));
}

function meantBy(
  { resolveName }: Pick<TeamsServices, 'resolveName'>,
  active: readonly ListedSchedule[],
  workspace: string | undefined,
): readonly ListedSchedule[] {
  if (workspace === undefined) return active;
  const names = [...new Set(active.map(({ schedule }) => schedule.workspaceName))];
  const found = resolveName(
    workspace,
    names.map((name) => ({ name, createdAt: null })),
  );
  const exact = found.result === 'found' ? [found.match.name] : [];
  const all = found.result === 'ambiguous' ? found.matches.map(({ name }) => name) : exact;
  return active.filter(({ schedule }) => all.includes(schedule.workspaceName));
}

/** Asks which workspace, with each full reading as a button; with sentences where there are too many. */
async function askWhich(turn: Turn, choice: PendingChoice): Promise<void> {
  const { slots } = turn.reading;
  const names =
    choice.question === 'which-workspace' || choice.question === 'did-you-mean-workspace'
      ? choice.options.map(({ name }) => name)
      : [];
  const offers = names.map((workspace) => {
    const { workspaceLonger: _longer, ...others } = slots;
    return { intent: 'schedule.create' as const, slots: { ...others, workspace }, confidence: 1 };
  });
  const question = 'Which workspace should I export each time?';
  const card = names.length > 3 ? null : offerCard(offers, turn.text, question);
  if (card !== null) return turn.say(card);
  const often = slots.recurrence === undefined ? 'every month' : everyWords(slots.recurrence);
  return info(
    turn,
    question,
    names.slice(0, 5).map((name) => `export workspace "${name}" ${often}`),
  );
}

/** Whether the person wrote in their personal chat; otherwise they are asked to. */
async function isPersonal(turn: Turn): Promise<boolean> {
  if (turn.actor.conversation.kind === 'personal') return true;
  await info(turn, 'I set up, list and stop recurring exports in our personal chat. I did nothing here.', []);
  return false;
}

function refuse(services: TeamsServices, turn: Turn, refusal: Refusal): Promise<void> {
  const { person } = turn.actor;
  services.log.info('question refused', { reason: refusal.reason, objectId: person.objectId });
  return turn.say(renderCard('notice', { severity: 'refused', sentence: refusalWords(refusal, person, true) }));
}

function info(turn: Turn, sentence: string, examples: readonly string[]): Promise<void> {
  return turn.say(renderCard('notice', { severity: 'info', sentence, examples }));
}

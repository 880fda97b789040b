import { rolesOf } from '../../domain/bot-roles.ts';
import { evaluate } from '../../domain/policy.ts';
import { ruleWords } from '../../domain/policy-rules.ts';
import { anchorOf, nextDue, parseRule } from '../../domain/recurrence-rule.ts';
import type { Ask, PendingChoice } from '../../domain/request.ts';
import { mayRepeat } from '../../domain/schedule.ts';
import { findWorkspace } from '../../requests/find-workspace.ts';
import { readRolesForPolicy, roleMembers } from '../../requests/role-members.ts';
import {
  activeSchedules,
  type ListedSchedule,
  pressSchedule,
  proposeSchedule,
  runUnderWay,
} from '../../requests/schedules.ts';
import type { Slots } from '../../understanding/intents.ts';
import { plainName } from '../cards/literal.ts';
import { everyWords } from '../cards/recurrence-words.ts';
import { renderCard } from '../cards/render.ts';
import { dayWords, plainMomentWords } from '../cards/words.ts';
import { offerCard } from '../offers.ts';
import { rememberOffers } from '../planner.ts';
import { scheduleCard, scheduleListCard } from '../schedule-cards.ts';
import { limitsOf } from '../slot-limits.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { answeringFailures, refused, visibleOrRefused } from './named-workspaces.ts';
import { assetsAsk, nameThatExists, placeOf } from './request-answers.ts';

const exampleSentences = ['export my workspace every month', 'export my workspace every first Monday until December'];

/** "export my workspace every month": a card with the next dates. Nothing is scheduled before its button is pressed. */
export async function createSchedule(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { recurrence: rule, then } = turn.reading.slots;
  if (then !== undefined) {
    return info(turn, 'I only repeat exports, and never delete on a schedule. I did nothing.', exampleSentences);
  }
  if ((rule === undefined || parseRule(rule) === null) && workingDays.test(turn.text)) {
    const sentence =
      'I cannot repeat on working days or at the end of a quarter. I can on a weekday, or on a day of the month.';
    return info(turn, sentence, exampleSentences);
  }
  if (rule === undefined || parseRule(rule) === null) {
    return info(
      turn,
      'How often should I export it? Every day, week, month or year, or on certain days.',
      exampleSentences,
    );
  }
  await answeringFailures(turn, async () => {
    const slots = await ofOneWorkspace(services, turn, rule);
    if (slots !== null) await propose(services, turn, slots, rule);
  });
}

const workingDays =
  /\b(?:(?:working|business|work) ?days?|workdays?|quarter[- ]end|end of (?:the |each |every )?quarter)\b/iu;

/**
 * What the message says, with one workspace; a list of several is one when a workspace has it as its name ("R&D Lab").
 * Null after asking for one at a time.
 */
async function ofOneWorkspace(services: TeamsServices, turn: Turn, rule: string): Promise<Slots | null> {
  const { workspaces, workspaceLonger = [], ...others } = turn.reading.slots;
  if (workspaces === undefined) return turn.reading.slots;
  const workspace = await nameThatExists(services, turn, workspaceLonger);
  if (workspace !== null) return { ...others, workspace };
  await info(
    turn,
    `You named ${workspaces.length} workspaces, and I set up one recurring export at a time, so I did nothing. Please send a message for each:`,
    sentencesFor(workspaces, rule),
  );
  return null;
}

/** Records what is to repeat and shows its card, or says why that cannot be. Throws ServiceFailure. */
async function propose(services: TeamsServices, turn: Turn, slots: Slots, rule: string): Promise<void> {
  const { actor } = turn;
  const { from = null, until = null } = slots;
  const ask = repeatedAsk(slots);
  if (ask === null || !mayRepeat(ask)) {
    return info(turn, 'What should I export each time? Name it, or say “my workspace”.', exampleSentences);
  }
  await turn.showTyping();
  const visibility = await visibleOrRefused(services, turn);
  if (visibility === null) return;
  const { visible, obstacle } = visibility;
  const finding = findWorkspace(services, ask, visible);
  // The named workspace may be one that could not be read.
  if (finding.kind === 'refusal' && obstacle !== null) throw obstacle;
  if (finding.kind === 'refusal') return turn.say(refused(services, turn, finding.refusal));
  if (finding.kind === 'choice') return askWhich(services, turn, slots, finding.choice);
  const { workspace, role } = finding.seen;
  await readRolesForPolicy(services, turn.signal);
  const botRoles = rolesOf(roleMembers(services), actor.person);
  const question = { action: 'export', accountType: workspace.accountType, role, botRoles } as const;
  const decision = evaluate(question, services.settings.policy);
  if (!decision.allowed) {
    return turn.say(
      refused(services, turn, { reason: decision.refusal, name: workspace.name, detail: ruleWords(decision.rule) }),
    );
  }
  const timeZone = actor.timeZone ?? services.settings.timeZone ?? 'UTC';
  const now = services.clock.now();
  if (nextDue({ rule, until, timeZone, anchor: anchorOf(rule, timeZone, now, from) }, now) === null) {
    return info(
      turn,
      `There is no date for “${everyWords(rule)}” before ${until === null ? 'its end' : dayWords(new Date(`${until}T00:00:00Z`))}, so I did nothing.`,
      exampleSentences,
    );
  }
  const first = nextDue({ rule, until, timeZone, anchor: anchorOf(rule, timeZone, now, from) }, now);
  if (workspace.expiresAt !== null && first !== null && workspace.expiresAt.getTime() <= first) {
    const when = plainMomentWords(workspace.expiresAt);
    const sentence = `“${workspace.name}” is purged with all its data on ${when}, before the first run would begin, so I scheduled nothing.`;
    return info(turn, `${sentence} Export it once before then.`, [`export workspace "${workspace.name}"`]);
  }
  const { workspaceName: _typed, workspaceLonger: _longer, ...plain } = ask;
  const schedule = await proposeSchedule(services, actor.person, {
    ask: { ...plain, workspaceId: workspace.id },
    workspaceName: workspace.name,
    rule,
    from,
    until,
    timeZone,
    conversationId: actor.conversation.id,
  });
  const others = (await activeSchedules(services, actor.person)).filter(
    ({ schedule: each }) => each.ask.workspaceId === workspace.id && each.number !== schedule.number,
  );
  if (others.length > 0)
    await info(turn, besideWords(workspace.name, others), [`stop the recurring export of "${workspace.name}"`]);
  if (timeOfDay.test(turn.text))
    await info(turn, 'Every run begins at six in the morning; I cannot choose another time of day.', []);
  await turn.say(scheduleCard(services, schedule));
}

/** What runs already is not changed by a further proposal. */
function besideWords(name: string, others: readonly ListedSchedule[]): string {
  const rhythms = new Intl.ListFormat('en').format(
    others.map(({ schedule }) => everyWords(schedule.rule, schedule.anchor)),
  );
  return `“${plainName(name)}” is already exported ${rhythms}, and that stays as it is. What I propose now would be one more.`;
}

/** “Friday evening”, “at 8 o'clock”: what a schedule here cannot hold is said. */
const timeOfDay =
  /\b(?:evenings?|afternoons?|nights?|noon|midnight|o'?clock|uhr|\d{1,2} ?(?:am|pm)|\d{1,2}:\d\d|abends|nachts|mittags|at \d{1,2}(?! ?(?:st|nd|rd|th))\b)/iu;

/** What each run exports; null when that is not said. */
function repeatedAsk(slots: Slots): Ask | null {
  const { assets, all, except, data } = slots;
  // Whatever narrows it down: it never becomes an export of the whole workspace.
  const narrows = [assets, all, except, ...Object.values(limitsOf(slots))].some((limit) => limit !== undefined);
  if (narrows) return assetsAsk('export', slots);
  return { action: 'export', target: 'workspace', data: data ?? 'all', mentions: [], ...placeOf(slots) };
}

/** "which exports are scheduled?" */
export async function listSchedules(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  await turn.say(scheduleListCard(await activeSchedules(services, turn.actor.person)));
}

/** "stop the monthly export": the one that is meant; a list with buttons when it may be one of several. */
export async function stopSchedule(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { person } = turn.actor;
  const active = await activeSchedules(services, person);
  const { workspace, workspaces = workspace === undefined ? [] : [workspace] } = turn.reading.slots;
  const named = ofRhythm(meantBy(services, active, workspaces), turn.text);
  const [only, ...others] = named;
  if (only === undefined) {
    const isUnknown = active.length > 0 && workspaces.length > 0;
    const whose = workspaces.length > 1 ? 'those workspaces' : 'that workspace';
    return turn.say(scheduleListCard(active, isUnknown ? `No recurring export of ${whose} is scheduled.` : null));
  }
  if (others.length > 0 || workspaces.length > 1) {
    return turn.say(scheduleListCard(named, 'Which one should I stop?'));
  }
  const { schedule } = only;
  const outcome = await pressSchedule(services, person, schedule.number, null, 'stop');
  const underWay = await runUnderWay(services, schedule.number);
  await turn.say(scheduleCard(services, outcome.schedule ?? schedule, underWay));
}

/** “The Sunday one”: those that run in the rhythm that the message names; all when it names none of theirs. */
function ofRhythm(schedules: readonly ListedSchedule[], text: string): readonly ListedSchedule[] {
  const said =
    text.toLowerCase().match(/\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:daily|weekly|monthly|yearly)\b/gu) ??
    [];
  const units = { daily: 'day', weekly: 'week', monthly: 'month', yearly: 'year' } as const;
  const wanted = said.map((word) => units[word as keyof typeof units] ?? word);
  if (wanted.length === 0 || schedules.length < 2) return schedules;
  const fitting = schedules.filter(({ schedule }) => {
    const words = everyWords(schedule.rule, schedule.anchor).toLowerCase();
    return wanted.some((word) => words.includes(word));
  });
  return fitting.length === 0 ? schedules : fitting;
}

/** Those of the named workspaces; all when none is named. */
function meantBy(
  { resolveName }: Pick<TeamsServices, 'resolveName'>,
  active: readonly ListedSchedule[],
  workspaces: readonly string[],
): readonly ListedSchedule[] {
  if (workspaces.length === 0) return active;
  const existing = [...new Set(active.map(({ schedule }) => schedule.workspaceName))];
  const candidates = existing.map((name) => ({ name, createdAt: null }));
  const wanted = workspaces.flatMap((workspace) => {
    const found = resolveName(workspace, candidates);
    if (found.result === 'found') return [found.match.name];
    return found.result === 'ambiguous' ? found.matches.map(({ name }) => name) : [];
  });
  return active.filter(({ schedule }) => wanted.includes(schedule.workspaceName));
}

/** Asks which workspace, with each full reading as a button; with sentences where there are too many. */
async function askWhich(services: TeamsServices, turn: Turn, slots: Slots, choice: PendingChoice): Promise<void> {
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
  if (card !== null) await rememberOffers(services, turn.actor, offers);
  if (card !== null) return turn.say(card);
  return info(turn, question, sentencesFor(names, slots.recurrence));
}

/** Sentences that export each of these workspaces as often. */
function sentencesFor(names: readonly string[], rule: string | undefined): readonly string[] {
  const often = rule === undefined ? 'every month' : everyWords(rule);
  return names.slice(0, 5).map((name) => `export workspace "${name}" ${often}`);
}

/** Whether the person wrote in their personal chat; otherwise they are asked to. */
async function isPersonal(turn: Turn): Promise<boolean> {
  if (turn.actor.conversation.kind === 'personal') return true;
  await info(turn, 'I set up, list and stop recurring exports in our personal chat. I did nothing here.', []);
  return false;
}

function info(turn: Turn, sentence: string, examples: readonly string[]): Promise<void> {
  return turn.say(renderCard('notice', { severity: 'info', sentence, examples }));
}

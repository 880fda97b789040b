import type { LegalHold } from '../../domain/legal-hold.ts';
import { foldName } from '../../domain/name-folding.ts';
import { plainAddress } from '../../domain/people.ts';
import { limitsOfHold } from '../../holds/hold-limits.ts';
import { mayHold } from '../../holds/hold-rights.ts';
import { isUnderHold, listHolds as standingHolds } from '../../holds/list-holds.ts';
import { proposeHold } from '../../holds/place-holds.ts';
import { findPerson } from '../../requests/address-changes.ts';
import { type HoldWords, holdWords } from '../../understanding/hold-phrases.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import {
  holdCard,
  holdListCard,
  holdRefusalWords,
  incompleteHoldCard,
  targetNames,
  whoKnowsOfHolds,
} from '../hold-cards.ts';
import { startLift } from '../hold-presses.ts';
import { assetsNamed, findHoldTarget } from '../hold-target.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { answeringFailures, visibleOrRefused } from './named-workspaces.ts';

/** "Put a legal hold on Churn Lab, matter 2024-118": a card that says what it would keep. A press places it. */
export function placeHold(services: TeamsServices, turn: Turn): Promise<void> {
  return forHolders(services, turn, async (words) => {
    const { person } = turn.actor;
    await turn.showTyping();
    const finding = await findHoldTarget(services, person.tenantId, words, turn.signal);
    if (finding.kind === 'question') {
      const { sentence, next, examples } = finding;
      return turn.say(renderCard('notice', { severity: 'info', sentence, next, examples: [...examples] }));
    }
    const { target } = finding;
    const { reference = '', reason = '', unreadEnd = null } = words;
    const [from, until] = [midnight(words.from), midnight(words.until)];
    const limits = await limitsOfHold(services, target, person.tenantId, turn.signal);
    if (reference === '' || reason === '') {
      return turn.say(incompleteHoldCard({ target, from, until, unreadEnd }, { reference, reason }, limits));
    }
    const outcome = await proposeHold(services, person, { target, reference, reason, from, until });
    if (outcome.result === 'accepted') {
      return turn.say(holdCard(services, outcome.hold, { limits, isNow: from === null, unreadEnd }));
    }
    if (outcome.refusal === 'words-needed') {
      const problem = holdRefusalWords(services, outcome.refusal);
      return turn.say(incompleteHoldCard({ target, from, until, unreadEnd }, { reference, reason }, limits, problem));
    }
    return turn.say(notice('refused', holdRefusalWords(services, outcome.refusal)));
  });
}

/** "Lift hold 12 because the case is closed": always a card first. */
export function liftHold(services: TeamsServices, turn: Turn): Promise<void> {
  return forHolders(services, turn, async (words) => {
    const { person } = turn.actor;
    const all = await standingHolds(services, person);
    const fitting = words.hold === undefined ? await holdsSaid(services, turn, all, words) : null;
    const [only, ...others] = fitting ?? [];
    const number = words.hold ?? (others.length === 0 ? only?.number : undefined);
    if (number === undefined) {
      if (only === undefined) return turn.say(noneCard(all, words));
      return turn.say(holdListCard(fitting ?? [], 'Which of these do you mean? Nothing was lifted.'));
    }
    const { from, until, unreadEnd } = words;
    const when = from ?? until ?? unreadEnd ?? null;
    const response = await startLift(services, person, number, words.reason, when);
    await turn.say('refusal' in response ? notice('refused', holdRefusalWords(services, response.refusal)) : response);
  });
}

/** "What is on hold?": the list, for who may see it; for others whether a hold stands on what they see themselves. */
export async function listHolds(services: TeamsServices, turn: Turn): Promise<void> {
  const { person, conversation } = turn.actor;
  if (conversation.kind !== 'personal') return turn.say(inPersonalChat());
  await answeringFailures(turn, async () => {
    const words = wordsOf(services, turn);
    if (!mayHold(services, person)) return sayWhetherHeld(services, turn, words);
    const all = await standingHolds(services, person);
    const fitting =
      words.hold === undefined
        ? await holdsSaid(services, turn, all, words)
        : all.filter(({ number }) => number === words.hold);
    await turn.say(fitting.length === 0 ? noneCard(all, words) : holdListCard(fitting));
  });
}

/** Does the work in the own chat of somebody who may; everybody else is told whom to ask. */
async function forHolders(
  services: TeamsServices,
  turn: Turn,
  work: (words: HoldWords) => Promise<void>,
): Promise<void> {
  const { person, conversation } = turn.actor;
  if (conversation.kind !== 'personal') return turn.say(inPersonalChat());
  await answeringFailures(turn, async () => {
    if (mayHold(services, person)) return work(wordsOf(services, turn));
    services.log.info('question refused', { reason: 'may-not-hold', objectId: person.objectId });
    await turn.say(notice('refused', holdRefusalWords(services, 'may-not-hold')));
  });
}

function wordsOf({ clock }: TeamsServices, { text, reading }: Turn): HoldWords {
  return holdWords(text, reading.slots, new Date(clock.now()).toISOString().slice(0, 10));
}

function midnight(day: string | undefined): Date | null {
  return day === undefined ? null : new Date(`${day}T00:00:00Z`);
}

/** Of these holds, those on what was named; all where nothing was. */
async function holdsSaid(
  services: TeamsServices,
  { actor: { person } }: Turn,
  holds: readonly LegalHold[],
  { assets = [], workspace, subject, reference }: HoldWords,
): Promise<readonly LegalHold[]> {
  const ofMatter = reference === undefined ? holds : holds.filter((hold) => isNamedLike(hold.reference, reference));
  const names =
    assets.length > 0 ? assets.map(({ name }) => name) : [workspace ?? subject].filter((name) => name !== undefined);
  if (names.length === 0) return ofMatter;
  const byName = ofMatter.filter(({ target }) =>
    targetNames(target).some((name) => names.some((said) => isNamedLike(name, said))),
  );
  const found =
    byName.length > 0 || assets.length > 0 ? null : await findPerson(services, person.tenantId, names[0] ?? '');
  if (found?.kind !== 'one') return byName;
  const { objectId, name, userPrincipalName, mail } = found.person;
  const addresses = [userPrincipalName, mail].map(plainAddress).filter((address) => address !== null);
  const ofPerson = await standingHolds(services, person, { person: { objectId, name, addresses } });
  return ofPerson.filter(({ number }) => ofMatter.some((hold) => hold.number === number));
}

/** The same name, or every word that was said is a word of it: “Jane” of “Jane Doe”. */
function isNamedLike(name: string, said: string): boolean {
  const words = foldName(name).split(/[\s_@.-]+/u);
  return (
    foldName(name) === foldName(said) ||
    foldName(said)
      .split(/\s+/u)
      .every((word) => words.includes(word))
  );
}

function noneCard(all: readonly LegalHold[], { assets, workspace, subject, hold, reference }: HoldWords): RenderedCard {
  if (all.length === 0) return notice('info', 'No legal hold stands.');
  const said = assets?.[0]?.name ?? workspace ?? subject ?? reference ?? (hold === undefined ? null : String(hold));
  const sentence = said === null ? 'I do not know which hold you mean.' : `No legal hold that stands names “${said}”.`;
  const next = 'A hold on a person, or on a whole workspace, can still cover it. “list holds” shows all that stand.';
  return renderCard('notice', { severity: 'info', sentence, next, examples: ['list holds'] });
}

/** For whoever may not see holds: whether one stands on a workspace of theirs, never why, or whom it concerns. */
async function sayWhetherHeld(
  services: TeamsServices,
  turn: Turn,
  { assets, workspace, subject }: HoldWords,
): Promise<void> {
  const { person } = turn.actor;
  const visibility = await visibleOrRefused(services, turn);
  if (visibility === null) return;
  const named = workspace ?? (assets === undefined ? subject : undefined);
  const workspaces = visibility.visible.map((seen) => seen.workspace);
  const place = named === undefined ? null : services.resolveName(named, workspaces);
  const asked = place === null ? workspaces : place.result === 'found' ? [place.match] : [];
  const ask = `Please ask ${whoKnowsOfHolds(services)} about holds.`;
  if (named !== undefined && asked.length === 0) {
    const sentence = `I see no workspace called “${named}” among yours. On whom a hold stands I tell only those who place holds.`;
    return turn.say(renderCard('notice', { severity: 'info', sentence, next: ask, examples: ['list my workspaces'] }));
  }
  const held: string[] = [];
  for (const mention of assets ?? []) {
    for (const { asset, workspace: of } of await assetsNamed(services, mention, asked, turn.signal)) {
      const { kind, familyId } = asset;
      if (await isUnderHold(services, person, { asset: { kind, familyId, workspaceId: of.id } }))
        held.push(`“${asset.name}”`);
    }
  }
  for (const { id, name } of assets === undefined ? asked : []) {
    if (await isUnderHold(services, person, { workspaceId: id })) held.push(`“${name}”`);
  }
  const said = assets?.map(({ name }) => `“${name}”`) ?? (named === undefined ? ['your workspaces'] : [`“${named}”`]);
  const sentence =
    held.length === 0
      ? `I know of no legal hold on ${listWords(said)}. Whether one on a person covers something there shows only when it is to be deleted.`
      : `A legal hold stands on ${listWords(held)}, or on something in it, so that is not deleted. It can be exported.`;
  await turn.say(renderCard('notice', { severity: 'info', sentence, next: ask, examples: [] }));
}

function inPersonalChat(): RenderedCard {
  return notice(
    'refused',
    'Others can read this chat, so I say nothing about legal holds here and did nothing. Please ask me in our personal chat.',
  );
}

function notice(severity: 'info' | 'refused', sentence: string): RenderedCard {
  return renderCard('notice', { severity, sentence, next: null, examples: [] });
}

import { isSamePersonOrAddress, type PersonFacts } from '../../domain/people.ts';
import { localDay, momentOf } from '../../domain/recurrence-rule.ts';
import { findPerson } from '../../requests/address-changes.ts';
import {
  deputyshipsOf,
  maySeeDeputies,
  proposeDeputy,
  type ShownDeputyship,
  shownDeputyship,
} from '../../requests/deputyships.ts';
import { daySpanIn } from '../../understanding/day-span.ts';
import { accountWords } from '../address-cards.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import { deputyCard, deputyRefusalWords } from '../deputy-cards.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** The most deputyships that one answer shows. */
const mostShown = 5;

/** "Lee decides for me until Friday", "make Lee the deputy of Adele for two weeks": a preview; a press names the deputy. */
export async function nameDeputy(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { subject, owner, when } = turn.reading.slots;
  const { person } = turn.actor;
  if (subject === undefined) {
    return turn.say(notice('info', 'Who should decide?', 'Write their name or address, and until when.', [asked]));
  }
  const deputy = await whom(services, turn, subject);
  if (deputy === null) return;
  const away = owner === undefined || owner === 'me' ? person : await whom(services, turn, owner);
  if (away === null) return;
  const timeZone = turn.actor.timeZone ?? services.settings.timeZone ?? 'UTC';
  const now = services.clock.now();
  const span = when === undefined ? { from: null, until: null } : daySpanIn(when, localDay(now, timeZone).toString());
  if (span === null || span.until === null) return askUntilWhen(turn, subject, owner, span === null ? when : undefined);
  const startsAt = span.from === null ? now : momentOf(`${span.from}T00:00`, timeZone);
  const endsAt = momentOf(`${span.until}T00:00`, timeZone);
  const outcome = await proposeDeputy(services, person, { away, deputy, startsAt, endsAt, timeZone });
  if (outcome.result === 'refused') {
    return turn.say(notice('refused', deputyRefusalWords(services, outcome.refusal), null));
  }
  const shown = await shownDeputyship(services, outcome.deputyship.number);
  if (shown !== null) await turn.say(await deputyCard(services, shown, person));
}

const asked = 'who is my deputy?';

/** A deputy needs an end, which is never guessed. */
function askUntilWhen(
  turn: Turn,
  subject: string,
  owner: string | undefined,
  unread: string | undefined,
): Promise<void> {
  const whose = owner === undefined || owner === 'me' ? 'me' : owner;
  const sentence =
    unread === undefined ? 'Until when?' : `I do not understand the time “${unread}”, so I did nothing. Until when?`;
  const examples = ['until Friday', 'for two weeks'].map((time) => `${subject} decides for ${whose} ${time}`);
  return turn.say(notice('info', sentence, 'A deputy needs an end, at most 60 days from the beginning.', examples));
}

/** "I’m back", "end my deputy", "end Adele’s deputy": what holds, with the button that ends it. */
export async function endDeputies(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { person } = turn.actor;
  const { owner } = turn.reading.slots;
  const away = owner === undefined || owner === 'me' ? person : await whom(services, turn, owner);
  if (away === null) return;
  const all = await seenBy(services, turn, away);
  const isTheirs = away.objectId === person.objectId;
  // "I’m back" ends those who decide for the speaker, and not what the speaker does for others.
  const found = isTheirs ? all.filter(({ deputyship }) => deputyship.awayId === person.objectId) : all;
  if (found.length > 0) return showEach(services, turn, found);
  const sentence = isTheirs ? 'Nobody is your deputy, so there is nothing to end.' : nobodyWords(away);
  await turn.say(notice('info', sentence, null, isTheirs && all.length > 0 ? [asked] : []));
}

/** "Who is my deputy?", "who stands in for Adele?" */
export async function listDeputies(services: TeamsServices, turn: Turn): Promise<void> {
  if (!(await isPersonal(turn))) return;
  const { owner } = turn.reading.slots;
  const { person } = turn.actor;
  const away = owner === undefined || owner === 'me' ? person : await whom(services, turn, owner);
  if (away === null) return;
  const found = await seenBy(services, turn, away);
  if (found.length > 0) return showEach(services, turn, found);
  const own = 'Nobody decides for you, and you decide for nobody else.';
  await turn.say(notice('info', away.objectId === person.objectId ? own : nobodyWords(away), null));
}

/** The deputyships of somebody that the speaker may see: their own, and those of others for who decides, too. */
async function seenBy(
  services: TeamsServices,
  { actor }: Turn,
  away: PersonFacts,
): Promise<readonly ShownDeputyship[]> {
  const { person } = actor;
  const all = await deputyshipsOf(services, away);
  if (away.objectId === person.objectId) return all;
  const present = all.filter(({ deputyship }) => deputyship.awayId === away.objectId);
  return present.filter(
    ({ deputy }) => maySeeDeputies(services, person, away) || isSamePersonOrAddress(person, deputy),
  );
}

/** The same to those who may not see it. */
function nobodyWords(away: PersonFacts): string {
  return `I know of nobody who decides for ${away.name}, or may not show it to you.`;
}

async function showEach(services: TeamsServices, turn: Turn, found: readonly ShownDeputyship[]): Promise<void> {
  for (const each of found.slice(0, mostShown)) await turn.say(await deputyCard(services, each, turn.actor.person));
}

/** The one account that was named; null after the person was told that there is none or more than one. */
async function whom(services: TeamsServices, turn: Turn, typed: string): Promise<PersonFacts | null> {
  const found = await findPerson(services, turn.actor.person.tenantId, typed, 'one-name');
  switch (found.kind) {
    case 'one':
      return found.person;
    case 'several': {
      const sentence = `Several people fit “${typed}”: ${listWords(found.people.map(accountWords))}. I did nothing.`;
      await turn.say(notice('refused', sentence, 'Please say it with the address of the account that you mean.'));
      return null;
    }
    case 'none': {
      const sentence = `I know nobody by “${typed}”: a person has to write to me once before they can be a deputy or have one.`;
      await turn.say(
        notice('refused', sentence, 'Write their full name or address, or ask them to write “hello” to me.'),
      );
      return null;
    }
  }
}

/** Whether the person wrote in their personal chat; otherwise they are asked to. */
async function isPersonal(turn: Turn): Promise<boolean> {
  if (turn.actor.conversation.kind === 'personal') return true;
  const sentence = 'Who is away and who decides for them concerns only them. I did nothing here.';
  await turn.say(notice('refused', sentence, 'Please ask me in our personal chat.'));
  return false;
}

function notice(
  severity: 'info' | 'refused',
  sentence: string,
  next: string | null,
  examples: readonly string[] = [],
): RenderedCard {
  return renderCard('notice', { severity, sentence, next, examples });
}

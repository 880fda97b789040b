import { type Person, plainAddress } from '../domain/people.ts';
import { type Refusal, type RefusalReason, refusalSentence } from '../domain/refusals.ts';
import { listWords } from './cards/words.ts';
import type { TeamsServices } from './teams-services.ts';
import { administratorWords, whomToAsk } from './whom-to-ask.ts';

/** Refusals that depend on the addresses that a person is known by. */
const dependOnAddress: ReadonlySet<RefusalReason> = new Set([
  'no-email',
  'no-workspace',
  'unknown-workspace',
  'not-a-member',
  'owner-only',
  'no-longer-allowed',
  'not-an-approver',
  'requesters-address-cannot-approve',
]);

/**
 * The sentence of a refusal. One that depends on addresses names those that were compared, so that the person sees what
 * is wrong; where others can read it, it says where to ask instead.
 */
export function refusalWords(
  services: Pick<TeamsServices, 'settings'>,
  refusal: Refusal,
  person: Person,
  isPersonalChat: boolean,
): string {
  const said = refusalSentence(refusal, isPersonalChat ? 'requester' : 'others');
  const ask = askWords(services, refusal.reason);
  const sentence = ask === null ? said : `${said} ${ask}`;
  if (!dependOnAddress.has(refusal.reason)) return sentence;
  return `${sentence} ${
    isPersonalChat
      ? comparedAddresses(person)
      : 'To see which of your addresses I know, write "what may I do" to me in our personal chat.'
  }`;
}

/** Whom to ask about a refusal for which nobody in particular could be named where it was decided. */
function askWords(services: Pick<TeamsServices, 'settings'>, reason: RefusalReason): string | null {
  switch (reason) {
    case 'held': {
      const who = administratorWords(services);
      return who === null ? null : `That is ${who}.`;
    }
    case 'no-workspace':
      return whomToAsk(services);
    case 'no-email':
      return `Ask ${administratorWords(services) ?? 'your Teams administrator'}.`;
    default:
      return null;
  }
}

/** Which of the person's addresses were compared with those in Studio and the settings, and which were not, and why. */
export function comparedAddresses(person: Person, verb = 'I compared'): string {
  const { addresses, mail, role } = person;
  const facts = [person.userPrincipalName, mail].map(plainAddress).filter((address) => address !== null);
  if (facts.length === 0) return 'Teams gave me no address for you.';
  const left = [...new Set(facts)].filter((address) => !addresses.includes(address));
  const compared = addresses.length === 0 ? [] : [`${verb} ${listWords(addresses)}.`];
  return [
    ...compared,
    ...left.map((address) => `${address} does not count: ${whyNot(address === plainAddress(mail) ? role : 'member')}`),
  ].join(' ');
}

function whyNot(role: Person['role']): string {
  switch (role) {
    case 'guest':
      return 'you are a guest here, so only your sign-in name counts; or another account used this address first.';
    case 'unknown':
      return 'Teams does not say here which organisation your account belongs to. Write to me in our personal chat.';
    case 'member':
      return 'another account used it first. Ask your Studio Steward administrator.';
  }
}

import { isSamePersonOrAddress, type PersonFacts } from '../../domain/people.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import {
  type AddressState,
  addressState,
  findPerson,
  isAdministrator,
  proposeAddressChange,
  rightsOfAddress,
} from '../../requests/address-changes.ts';
import { type AddressCommand, addressCommand } from '../../understanding/address-phrases.ts';
import { accountWords, addressCard, addressRefusalWords, onlyAdministrators } from '../address-cards.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import { unreadWords } from '../obstacle.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/**
 * "link adoe@contoso.com to Alex Doe", "unlink …", "whose is …": for administrators, in their own chat. The command is
 * read from the text again, so that no address is stored with the conversation. Shows a preview; a press changes it.
 */
export async function answerAddress(services: TeamsServices, turn: Turn): Promise<void> {
  const { person, conversation } = turn.actor;
  const command = addressCommand(turn.text);
  if (command === null) return turn.say(notice('info', 'Which address do you mean? Please write it out.', null));
  if (!isAdministrator(services, person)) return turn.say(notice('refused', onlyAdministrators(services), null));
  if (conversation.kind !== 'personal') {
    const sentence =
      'Others can read this chat, and whose an address is concerns only those who look after it. I did nothing here.';
    return turn.say(notice('refused', sentence, 'Please ask me in our personal chat.'));
  }
  const state = await addressState(services, person.tenantId, command.address);
  switch (command.kind) {
    case 'whose':
      return turn.say(notice('info', whoseWords(command.address, state), null));
    case 'unlink':
      return unlink(services, turn, command, state);
    case 'link':
      return link(services, turn, command, state);
  }
}

function whoseWords(address: string, { link, holder, former }: AddressState): string {
  const before = former.length === 0 ? '' : ` Before, it was linked to ${listWords(former.map(accountWords))}.`;
  if (link === null) return `${address} is not linked to any account: nobody with it has written to me.`;
  if (link.objectId === null) return `${address} is linked to nobody: an administrator ended its link.${before}`;
  const how = { administrator: 'by an administrator', code: 'by a code that was sent to it' } as const;
  const because = link.proof === null ? 'since that account was the first one that I saw with it' : how[link.proof];
  const who = holder === null ? `the account ${link.objectId}, whose name I no longer have` : accountWords(holder);
  return `${address} is linked to ${who}, ${because}.${before}`;
}

async function unlink(
  services: TeamsServices,
  turn: Turn,
  { address, person: typed }: Extract<AddressCommand, { kind: 'unlink' }>,
  { link, holder }: AddressState,
): Promise<void> {
  if (link === null || link.objectId === null) {
    return turn.say(notice('info', `${address} is not linked to any account, so there is nothing to end.`, null));
  }
  if (holder === null) {
    const sentence = `${address} is linked to the account ${link.objectId}, which I no longer know. It gives nobody else any right, so I did nothing.`;
    return turn.say(notice('info', sentence, null));
  }
  if (typed !== null) {
    const other = await whom(services, turn, typed);
    if (other === null) return;
    if (other.objectId !== holder.objectId) {
      const sentence = `${address} is linked to ${accountWords(holder)}, not to ${accountWords(other)}. I did nothing.`;
      return turn.say(notice('refused', sentence, null));
    }
  }
  await propose(services, turn, 'unlink', address, holder);
}

async function link(
  services: TeamsServices,
  turn: Turn,
  { address, person: typed }: Extract<AddressCommand, { kind: 'link' }>,
  { link: present }: AddressState,
): Promise<void> {
  const target = await whom(services, turn, typed);
  if (target === null) return;
  if (present?.objectId === target.objectId && present.proof !== null) {
    return turn.say(notice('info', `${address} is linked to ${accountWords(target)} already.`, null));
  }
  if (isSamePersonOrAddress(turn.actor.person, target)) {
    return turn.say(notice('refused', addressRefusalWords(services, 'own-account'), null));
  }
  await propose(services, turn, 'link', address, target);
}

/** The one account that was named; null after the person was told that there is none or more than one. */
async function whom(services: TeamsServices, turn: Turn, typed: string): Promise<PersonFacts | null> {
  const found = await findPerson(services, turn.actor.person.tenantId, typed);
  switch (found.kind) {
    case 'one':
      return found.person;
    case 'several': {
      const sentence = `Several people fit “${typed}”: ${listWords(found.people.map(accountWords))}. I did nothing.`;
      await turn.say(notice('refused', sentence, 'Please say it with the address of the account that you mean.'));
      return null;
    }
    case 'none': {
      const sentence = `I know nobody by “${typed}”: an account has to write to me once before I can link anything to it.`;
      await turn.say(notice('refused', sentence, 'Check the spelling, or ask them to write “hello” to me.'));
      return null;
    }
  }
}

async function propose(
  services: TeamsServices,
  turn: Turn,
  kind: 'link' | 'unlink',
  address: string,
  target: PersonFacts,
): Promise<void> {
  const { person } = turn.actor;
  try {
    const rights = await rightsOfAddress(services, person.tenantId, address, turn.signal);
    const outcome = await proposeAddressChange(services, person, { kind, address, target, rights });
    if (outcome.result === 'refused') {
      return await turn.say(notice('refused', addressRefusalWords(services, outcome.refusal), null));
    }
    await turn.say(await addressCard(services, outcome.change));
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    const sentence = `${unreadWords(error.message)} So I cannot say what this address gives, and did nothing.`;
    await turn.say(notice('problem', sentence, 'Please try again in a few minutes.'));
  }
}

function notice(severity: 'info' | 'refused' | 'problem', sentence: string, next: string | null): RenderedCard {
  return renderCard('notice', { severity, sentence, next, examples: [] });
}

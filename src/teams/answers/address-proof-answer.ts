import { acceptCode, expectsCode, sendCode } from '../../requests/address-proofs.ts';
import { addressProof, proofBeside } from '../../understanding/address-proof-phrases.ts';
import { renderCard } from '../cards/render.ts';
import { plural } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { administratorWords } from '../whom-to-ask.ts';

/**
 * "adoe@old.example is mine too" sends a code to that address, "my code is 12345678" links it. In the person's own chat
 * only. The words are read from the text again, and a code is repeated nowhere.
 */
export async function answerAddressProof(services: TeamsServices, turn: Turn): Promise<void> {
  const { person, conversation } = turn.actor;
  if (conversation.kind !== 'personal') {
    return say(
      turn,
      'refused',
      'Others can read this chat, so I did nothing here.',
      'Please write that in our personal chat.',
    );
  }
  const isExpected = await expectsCode(services, person);
  const proof = addressProof(turn.text, { expectsCode: isExpected });
  if (proof === null) {
    const beside = proofBeside(turn.text);
    const rest = beside === null ? null : 'Whatever else you want, please write in a message of its own.';
    const sentence =
      beside?.kind === 'mine'
        ? 'If an address in your message is yours too, please write only that, for example “jane@contoso.com is mine too”. I did nothing.'
        : 'If the number in your message is the code that I sent you, please write only “my code is …” with it. I did nothing.';
    return say(turn, 'info', sentence, rest);
  }
  return proof.kind === 'mine' ? claim(services, turn, proof.address) : take(services, turn, proof.code);
}

async function claim(services: TeamsServices, turn: Turn, address: string): Promise<void> {
  const { mailer, log } = services;
  const { person } = turn.actor;
  const ask = `Please ask ${administratorWords(services) ?? 'a Studio Steward administrator of your company'}.`;
  if (mailer === null) {
    const sentence =
      'I send no mail here, so I cannot check that this address is yours. Only an administrator can link it.';
    return say(turn, 'refused', sentence, ask);
  }
  const outcome = await sendCode(services, person, address, mailer);
  log.info('a code for an address was asked for', { objectId: person.objectId, outcome });
  switch (outcome) {
    case 'sent':
      return say(
        turn,
        'info',
        `I have sent a code to ${address}. Write “my code is …” with it here within 15 minutes. Then what this address may do, you may do, and the two count as one person.`,
        'A code that you got before works no longer.',
      );
    case 'already-yours':
      return say(turn, 'info', `${address} is linked to your account already.`, null);
    case 'not-by-code':
      return say(
        turn,
        'refused',
        `A code is not enough for ${address}: only an administrator can link it. I sent nothing.`,
        ask,
      );
    case 'too-many':
      return say(
        turn,
        'refused',
        'That were many codes for one day, so I sent no further one.',
        'Try again tomorrow, or ask an administrator to link the address.',
      );
    case 'refused':
      return say(
        turn,
        'problem',
        `No mail server takes a mail to ${address}, so no code was sent.`,
        'Please check the spelling.',
      );
    case 'unavailable':
      return say(
        turn,
        'problem',
        'The mail server does not answer, so no code was sent.',
        'Please try again in a few minutes.',
      );
  }
}

async function take(services: TeamsServices, turn: Turn, code: string): Promise<void> {
  const { person } = turn.actor;
  const outcome = await acceptCode(services, person, code);
  services.log.info('a code for an address was typed', { objectId: person.objectId, outcome: outcome.result });
  const again = 'For a new one write which address is yours, for example “jane@contoso.com is mine too”.';
  switch (outcome.result) {
    case 'linked':
      return say(
        turn,
        'info',
        `${outcome.address} is linked to your account. What this address may do, you may do now.`,
        'If that was a mistake, ask an administrator to unlink it.',
        ['what may I do'],
      );
    case 'wrong':
      return outcome.triesLeft > 0
        ? say(turn, 'refused', `That is not the code. You can try ${plural(outcome.triesLeft, 'more time')}.`, null)
        : say(turn, 'refused', 'That is not the code, and it was the last try, so this code works no longer.', again);
    case 'no-code':
      return say(turn, 'refused', 'There is no code that you could type: none was sent, or it has expired.', again);
    case 'not-by-code':
      return say(
        turn,
        'refused',
        'The code is right, but meanwhile only an administrator may link this address. I changed nothing.',
        null,
      );
  }
}

function say(
  turn: Turn,
  severity: 'info' | 'refused' | 'problem',
  sentence: string,
  next: string | null,
  examples: readonly string[] = [],
): Promise<void> {
  return turn.say(renderCard('notice', { severity, sentence, next, examples }));
}

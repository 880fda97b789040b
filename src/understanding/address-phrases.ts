import { plainAddress } from '../domain/people.ts';
import { addressProof, proofBeside } from './address-proof-phrases.ts';
import { isCommand, type Reading } from './intents.ts';
import { addressWords, linkPhrases, unlinkPhrases, whosePhrases } from './lexicon/address-words.ts';
import { normalise } from './normalise.ts';
import { personAt } from './person-capture.ts';
import { addressAt, matchPhrase, type Phrase, phrase } from './phrase-pattern.ts';
import { tokensOf, withoutCourtesies } from './phrase-tokens.ts';

/** A wish about which account an address belongs to. */
export type AddressCommand =
  | {
      readonly kind: 'link';
      readonly address: string;
      /** An address of the account, or a name, as typed. */
      readonly person: string;
    }
  | {
      readonly kind: 'unlink';
      readonly address: string;
      /** From whom, as typed; null when it was not said. */
      readonly person: string | null;
    }
  | { readonly kind: 'whose'; readonly address: string };

const compiled = (sources: readonly string[]): readonly Phrase[] =>
  sources.map((source) => phrase(source.replaceAll('{address}', addressWords)));
const links = compiled(linkPhrases);
const unlinks = compiled(unlinkPhrases);
const whose = compiled(whosePhrases);

const captures = { A: addressAt, P: personAt };

/**
 * Reads a command about the account of an address; null unless one of the known phrases explains every word of the
 * message, apart from courtesies around it. Negated, reported and hypothetical ones are therefore not read. Pure.
 */
export function addressCommand(text: string): AddressCommand | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || !plain.includes('@') || plain.length > 400) return null;
  const said = withoutCourtesies(tokensOf(plain));
  if (said === null) return null;
  const { tokens, isAsked, isPolite } = said;
  const asked = firstMatch(whose, tokens);
  if (asked !== null) return asked.address === null ? null : { kind: 'whose', address: asked.address };
  if (isAsked && !isPolite) return null;
  const unlinked = firstMatch(unlinks, tokens);
  if (unlinked?.address) return { kind: 'unlink', address: unlinked.address, person: unlinked.person };
  const linked = firstMatch(links, tokens);
  if (!linked?.address || linked.person === null) return null;
  return { kind: 'link', address: linked.address, person: linked.person };
}

/**
 * The reading of such a command, or of a proof of an address. It has no slots: whoever answers reads the text again, so
 * that nothing stores it.
 */
function addressReading(text: string): Reading | null {
  const proof = addressProof(text);
  if (proof !== null) return { intent: 'address.prove', slots: {}, confidence: 1, why: `a proof: ${proof.kind}` };
  const command = addressCommand(text);
  if (command === null) return null;
  return { intent: 'address.link', slots: {}, confidence: 1, why: `an address: ${command.kind}` };
}

/**
 * The reading of a message that may be about addresses; `whole` reads it as one about anything else, `read` a part of it.
 * A proof of an address beside a command is neither taken nor dropped: whoever answers asks for it by itself. Whose data
 * an export is about may be said by an address, so there it is no proof.
 */
export function withAddresses(text: string, read: (part: string) => Reading, whole: () => Reading): Reading {
  const ofAddress = addressReading(text);
  if (ofAddress !== null) return ofAddress;
  const beside = proofBeside(text);
  if (beside?.kind === 'code') return besideAProof;
  const reading = whole();
  if (beside === null || reading.intent === 'dsr.export' || reading.intent === 'directory.export') return reading;
  return beside.others.some((part) => isCommand(read(part).intent)) ? besideAProof : reading;
}

const besideAProof: Reading = {
  intent: 'address.prove',
  slots: {},
  confidence: 1,
  why: 'a proof of an address, and something else',
};

function firstMatch(
  phrases: readonly Phrase[],
  tokens: readonly string[],
): { readonly address: string | null; readonly person: string | null } | null {
  for (const each of phrases) {
    const found = matchPhrase(each, tokens, captures);
    if (found === null) continue;
    const textOf = (name: string) => {
      const range = found.get(name);
      return range === undefined ? null : tokens.slice(...range).join(' ');
    };
    return { address: plainAddress(textOf('A')), person: textOf('P') };
  }
  return null;
}

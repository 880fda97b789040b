import { plainAddress } from '../domain/people.ts';
import { codeSources, mineSources } from './lexicon/address-proof-words.ts';
import { normalise } from './normalise.ts';
import { addressAt, type Capture, matchPhrase, phrase } from './phrase-pattern.ts';
import { tokensOf, withoutCourtesies } from './phrase-tokens.ts';

/** A wish to prove that an address is the speaker's own: which one, or the code that was sent to it. */
export type AddressProof =
  | { readonly kind: 'mine'; readonly address: string }
  | { readonly kind: 'code'; readonly code: string };

const mine = mineSources.map(phrase);
const codes = codeSources.map(phrase);

/** A code by itself: eight digits, in one piece or in two halves. */
const bareCode: Capture = (tokens, from) => {
  if (/^\d{4}-?\d{4}$/.test(tokens[from] ?? '')) return [1];
  return /^\d{4}$/.test(tokens[from] ?? '') && /^\d{4}$/.test(tokens[from + 1] ?? '') ? [2] : [];
};

/** What is called a code may have been typed wrongly, and is a code all the same. */
const namedCode: Capture = (tokens, from) => {
  const whole = bareCode(tokens, from);
  return whole.length > 0 ? whole : /^\d{4,12}$/.test(tokens[from] ?? '') ? [1] : [];
};

const isCalledCode = /\b(?:code|pin)\b/i;

/** Longer messages, in UTF-16 units, say more than one command. */
const longest = 400;

/**
 * Reads "adoe@old.example is mine too" and "my code is 12345678"; null unless one of the known phrases explains every
 * word of the message, apart from courtesies around it. A number that is not called a code is one only with
 * `expectsCode`: of somebody to whom one was sent, since a dataset may have such a name. Pure.
 */
export function addressProof(text: string, { expectsCode = false } = {}): AddressProof | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || plain.length > longest || !/[@\d]/.test(plain)) return null;
  const said = withoutCourtesies(tokensOf(plain));
  if (said === null || (said.isAsked && !said.isPolite)) return null;
  const { tokens } = said;
  const isCalled = isCalledCode.test(plain);
  const captures = { A: addressAt, C: isCalled ? namedCode : bareCode };
  for (const each of isCalled || expectsCode ? codes : []) {
    const [from, end] = matchPhrase(each, tokens, captures)?.get('C') ?? [0, 0];
    if (end > from) return { kind: 'code', code: tokens.slice(from, end).join('').replaceAll('-', '') };
  }
  for (const each of mine) {
    const [from, end] = matchPhrase(each, tokens, captures)?.get('A') ?? [0, 0];
    const address = plainAddress(tokens.slice(from, end).join(''));
    if (address !== null) return { kind: 'mine', address };
  }
  return null;
}

/** True for a text with as many digits in a row as a code has; of somebody to whom one was sent it may be theirs. */
export function mayHoldCode(text: string): boolean {
  return /(?<!\d)\d{4}[ -]?\d{4}(?!\d)/.test(text);
}

/** Where a wish may end and another one begin. */
const joint = /[.;!?,\n]\s|\s(?:and|then|but|so|plus|also)\s/i;

/**
 * What a message proves of an address beside something else ("my code is 12345678 and delete churn.csv"), with that
 * something else in its parts; null for a message that does not, or that is nothing but a proof. Pure.
 */
export function proofBeside(text: string): { readonly kind: AddressProof['kind']; readonly others: string[] } | null {
  if (text.length > longest || addressProof(text) !== null) return null;
  const parts = text.split(joint).filter((part) => part.trim() !== '');
  const proofs = parts.map((part) => addressProof(part));
  const kind = (proofs.find((proof) => proof?.kind === 'code') ?? proofs.find((proof) => proof !== null))?.kind;
  return kind === undefined ? null : { kind, others: parts.filter((_part, at) => proofs[at] === null) };
}

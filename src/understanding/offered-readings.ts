import type { ConversationContext } from './conversation.ts';
import type { Offer, Reading } from './intents.ts';

/** Where something stands in a list that was shown: from 0, or from the end when negative. */
export const placeNumbers: ReadonlyMap<string, number> = new Map([
  ...['first', '1st', '1', 'top', 'upper'].map((word) => [word, 0] as const),
  ...['second', '2nd', '2'].map((word) => [word, 1] as const),
  ...['third', '3rd', '3'].map((word) => [word, 2] as const),
  ...['last', 'bottom', 'lower'].map((word) => [word, -1] as const),
]);
const fillers = new Set(
  `the yes yeah yep ok okay no nope i mean meant take do use option number one please pls obviously obv of course duh thanks thx lol sure then
  definitely want choose that button`.split(/\s+/u),
);

/**
 * "The first one", "2", "the second option please" behind readings that were offered as buttons: the one in that place,
 * as a press on its button. Null when the message says anything else. Pure; linear in the text.
 */
export function offeredInPlace(text: string, context: ConversationContext | undefined): Reading | null {
  const offers = context?.offered?.offers ?? [];
  if (offers.length === 0 || text.length > 80) return null;
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');
  const rest = words.filter((word) => !fillers.has(word));
  const [said = words.length === 1 ? words[0] : undefined, ...others] = rest;
  const named = offeredByWorkspace(rest, offers);
  if (named !== null) return { ...named, confidence: 0.9, why: 'names what was offered by its workspace' };
  const place = said === undefined ? undefined : placeNumbers.get(said);
  const offer = place === undefined || others.length > 0 ? undefined : offers.at(place);
  return offer === undefined ? null : { ...offer, confidence: 0.9, why: 'names what was offered by its place' };
}

/** "Fraud detection, third time I say it": the only offer whose workspace the message names, and hardly anything else. */
function offeredByWorkspace(words: readonly string[], offers: readonly Offer[]): Offer | null {
  const wordsOf = ({ slots }: Offer) =>
    (slots.workspace ?? '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}']+/u)
      .filter((word) => word !== '');
  const fitting = offers.filter((offer) => {
    const own = wordsOf(offer);
    return own.length > 0 && own.every((word) => words.includes(word)) && words.length <= own.length + 4;
  });
  const [only, ...others] = fitting;
  return only !== undefined && others.length === 0 ? only : null;
}

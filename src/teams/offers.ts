import { foldName } from '../domain/name-folding.ts';
import { type IntentName, type Offer, type Reading, sureEnough } from '../understanding/intents.ts';
import { longestSaid } from './cards/button-data.ts';
import { encodeReading, type OfferedReading } from './cards/meant-press.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { readingWords } from './reading-words.ts';

/** The most readings that a card offers. */
const mostOffered = 3;

const none = '{"intent":"none","slots":{}}';

/** What is only answered with "not yet" is no interpretation to choose while there are others. */
const notYet: ReadonlySet<IntentName> = new Set<IntentName>([
  'dsr.erase',
  'dsr.discover',
  'dsr.extend',
  'admin.health',
]);

/** The possible interpretations of an unsure reading, most likely first; none when the reading is sure. */
export function offersOf(reading: Reading): readonly Offer[] {
  if (reading.offers !== undefined) return reading.offers;
  return reading.confidence < sureEnough ? possibleReadings(reading) : [];
}

/** An export of a bare name may also mean the workspace of that name. */
function possibleReadings({ intent, slots, confidence }: Reading): Offer[] {
  const itself = { intent, slots, confidence };
  const [only, ...others] = intent === 'export.assets' ? (slots.assets ?? []) : [];
  if (only === undefined || others.length > 0 || only.kind !== undefined) return [itself];
  return [{ intent: 'export.workspace', slots: { workspace: only.name }, confidence }, itself];
}

/**
 * Asks which of these interpretations of the message `text` is right; null when none of them fits on a button. `sentence`
 * is the reason for asking, where it is not the usual one.
 */
export function offerCard(offers: readonly Offer[], text: string, sentence: string | null = null): RenderedCard | null {
  const shown = offersShown(offers, text);
  return shown.length === 0 ? null : cardOfOffers(shown, sentence);
}

/** The card of offers that are shown. */
export function cardOfOffers(shown: readonly ShownOffer[], sentence: string | null = null): RenderedCard {
  const buttons = shown.map(({ words, reading }) => ({ words, reading }));
  return renderCard('did-you-mean', { sentence, offers: buttons, none });
}

/** The offers that such a card shows, in their order, with the words and the data of their buttons. */
export function offersShown(offers: readonly Offer[], text: string): readonly ShownOffer[] {
  // The same reading may come with a name as typed and as it exists, which differ in blanks or letter case alone.
  const buttons = new Map<string, ShownOffer>();
  const possible = offers.filter(({ intent }) => !notYet.has(intent));
  for (const offer of possible.length > 0 ? possible : offers) {
    const { intent, slots } = offer;
    const words = readingWords({ intent, slots }, text);
    const isLookedUp =
      (intent === 'ask' || intent === 'record.show' || intent.startsWith('hold.')) && text.length <= longestSaid;
    const reading = encodeReading({ intent, slots, ...(isLookedUp ? { text } : {}) });
    if (words === null || reading === null || buttons.has(foldName(words))) continue;
    buttons.set(foldName(words), { offer, words, reading });
  }
  return [...buttons.values()].slice(0, mostOffered);
}

interface ShownOffer {
  readonly offer: Offer;
  readonly words: string;
  readonly reading: string;
}

/** The same card after the tap. */
export function chosenCard({ intent, slots, text = '' }: OfferedReading): RenderedCard {
  const chosen = readingWords({ intent, slots }, text) ?? 'none of these';
  return renderCard('did-you-mean', { offers: [], none, chosen });
}

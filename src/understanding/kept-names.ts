import { isCommand, isDestructive, type Offer, type Reading } from './intents.ts';

/** What says of the names in front of it that they stay. */
const must = 'must|should|shall|has to|have to|needs? to|ought to|will|can|may';
const beingKept = 'needed|in use|under (?:a )?(?:legal )?hold|off limits|on hold|not to (?:go|be)';
const staying = new RegExp(
  [
    `\\b(?:${must}) (?:all |both |definitely |please )?(?:stay|remain|be kept|survive|be left)`,
    '(?:stays?|remains?)\\b(?! in the way)',
    `(?:is|are) (?:still |both |all |also )?(?:${beingKept})|(?:is|are) to (?:stay|remain|be kept)`,
  ].join('|\\b'),
  'giu',
);

/**
 * "…, whereas CON and Churn baseline must stay", "labels.csv is still needed": what is said to stay in the same clause is
 * never deleted, and its deletion is not offered. Pure; linear in the text.
 */
function withoutKeptNames(reading: Reading, text: string): Reading {
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.filter((offer) => keptIn(offer, text) === null);
    if (left.length === offers.length) return reading;
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  const lost = keptIn(reading, text);
  return lost === null ? reading : { intent: 'none', slots: {}, confidence: 0.5, why: 'what is said to stay', lost };
}

const keeping = /\b(?:i |we |please |but |and )?(?:keep|leave|spare) (?:the |my )?["“'‘]?/giu;

/** "I keep Explore tenure, only the old attempt please": of several, what is kept by its name is not acted on. */
function withoutKeptOfSeveral(reading: Reading, text: string): Reading {
  const { intent, slots, corrects } = reading;
  const { assets = [] } = slots;
  if (!isCommand(intent) || assets.length < 2 || corrects === true) return reading;
  for (const { index, 0: said } of text.matchAll(keeping)) {
    const behind = text.slice(index + said.length).toLowerCase();
    const kept = assets.find(({ name }) => behind.startsWith(name.toLowerCase()));
    if (kept === undefined) continue;
    const lost = text.slice(index, index + said.length + kept.name.length).trim();
    return { intent: 'none', slots: {}, confidence: 0.5, why: 'what is kept', lost };
  }
  return reading;
}

/** The clause that says of a name in a deletion that it stays; null when there is none. */
function keptIn({ intent, slots }: Pick<Offer, 'intent' | 'slots'>, text: string): string | null {
  const { assets = [], workspace } = slots;
  if (!isDestructive(intent)) return null;
  const names = [...assets.map(({ name }) => name), ...(workspace === undefined ? [] : [workspace])];
  for (const { index, 0: said } of text.matchAll(staying)) {
    const from = clauseStart(text, index);
    const clause = text.slice(from, index).toLowerCase();
    if (names.some((name) => isIn(clause, name.toLowerCase()))) return text.slice(from, index + said.length).trim();
  }
  return null;
}

/** Where the clause begins: behind a mark with a blank, or a word that opens a clause. */
function clauseStart(text: string, end: number): number {
  const before = text.slice(Math.max(0, end - 200), end);
  const opening = /(?:[,;:!?]\s|\.\s|\b(?:whereas|while|but|because|since|although|as)\s)/giu;
  let from = 0;
  for (const { index, 0: said } of before.matchAll(opening)) from = index + said.length;
  return end - before.length + from;
}

function isIn(clause: string, name: string): boolean {
  const at = clause.indexOf(name);
  const isEdge = (character: string | undefined) => character === undefined || !/[\p{L}\p{N}_]/u.test(character);
  return at >= 0 && isEdge(clause[at - 1]) && isEdge(clause[at + name.length]);
}

/** A reading without what the message says of names that stay. */
export function withoutKept(reading: Reading, text: string): Reading {
  return withoutKeptOfSeveral(withoutKeptNames(reading, text), text);
}

import type { Slots } from './intents.ts';
import { exceptWords, filterWords } from './learned/tag-features.ts';
import type { Span } from './learned/tags.ts';
import type { Utterance } from './utterance.ts';

/** Words that are never a name by themselves, even when the tagger marks them. */
const noNames = words(
  `it them this that these those both all everything something anything one ones the a an my our your his her their please thanks me us
  you we i he she they and or of in on to from with for is are be now too also here there same other another whole entire lot stuff things thing
  delete deleted remove removed export exported download erase erased wipe gone out away off`,
);

/** True when the text of a slot has a word that can be a name, or stands in quotes. */
export function isName(name: string, { text }: Utterance): boolean {
  const words = name.toLowerCase().split(' ');
  if (words.some((word) => word !== '' && !noNames.has(word))) return true;
  const at = text.indexOf(name);
  return at > 0 && '"“”„«»\'‘’‚`´'.includes(text.charAt(at - 1));
}

const dateWords = words(
  `before after since until till older newer younger between during january february march april june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec year years month months week weeks day days yesterday today ago last`,
);
/** Words that limit a selection in ways for which there is no slot. */
const vague = words(
  `old older oldest new newer newest latest recent some few several most many biggest largest smallest big small unused useless unneeded obsolete
  outdated temporary temp draft drafts failed empty broken duplicate duplicates half two three four five half only`,
);

/** Words that limit a date range, when there is one. */
const ofDates = words('half first second last');

/** Words that begin a limiting clause: "all datasets that nobody uses". */
const clauses = words('that which who whose with without nobody by made created used');

/**
 * True when a selection lacks a limit that the message states, so that the command would apply to more than was said.
 */
export function isWidened(
  { dates, except, filter }: Slots,
  { tokens, kinds }: Utterance,
  spans: readonly Span[],
): boolean {
  for (const [index, { lower, quotation }] of tokens.entries()) {
    if (quotation !== 0 || spans.some(({ start, end }) => index >= start && index < end)) continue;
    if (isOfWorkspace(tokens, index)) continue;
    // "Empty it" is a verb, "all empty datasets" is a limit.
    if (lower === 'empty' && !kinds.some(({ kind, start }) => start === index + 1 && kind !== 'workspace')) continue;
    const isDate = dateWords.has(lower) || isYear(lower);
    if (dates === undefined && isDate) return true;
    if (except === undefined && exceptWords.has(lower) && lower !== 'not') return true;
    if (filter === undefined && filterWords.has(lower)) return true;
    if (filter === undefined && dates === undefined && except === undefined && clauses.has(lower)) return true;
    if (vague.has(lower) && !((isDate || ofDates.has(lower)) && dates !== undefined)) return true;
  }
  return false;
}

const keeping = words('but only leave leaving keep keeping not without');
const shells = words('workspace workspaces ws shell room container standing');

/** "Empty it, but leave the workspace itself": the workspace is not among the selected assets anyway. */
function isOfWorkspace(tokens: Utterance['tokens'], index: number): boolean {
  if (!keeping.has(tokens[index]?.lower ?? '')) return false;
  return tokens.slice(index + 1, index + 6).some(({ lower }) => shells.has(lower));
}

function isYear(word: string): boolean {
  return word.length === 4 && word >= '1900' && word <= '2099';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

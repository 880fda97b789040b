import { severalKinds } from './conjoined-kinds.ts';
import { dateRangeIn } from './date-range.ts';
import { isCommand, type Offer, type Reading, type Slots } from './intents.ts';
import { normalise } from './normalise.ts';
import { limitsIn } from './selection-limits.ts';
import { tokenise, type Utterance } from './utterance.ts';

/** Words that leave out what stands behind them. */
export const exceptionCue =
  /\b(?:except(?:ing)?(?: for)?|exept|excpet|without|but not|apart from|aside from|other than|besides|excluding|leaving out|leave out|minus)\b/giu;
/** "Without any use": a limit that is said with such a word, and no exception. */
const ownLimit = /^\s*(?:any |a |an )?(?:uses?|users?|usage|dependents?|dependants?|consumers?|owners?)\b/iu;
const article =
  /^\s*(?:for |the |my |all |both |any |our |those |of |dataset |datasets |experiment |model |file |files ){0,4}["“'‘]?/iu;

/**
 * What stands behind a word of exception and became a limit of the selection itself, as in "delete everything without
 * the failed experiments", which would select just those; null when there is no such thing. Pure; linear in the text.
 */
export function exceptedLimit({ intent, slots }: Offer, text: string, today: string | undefined): string | null {
  const isWhole = intent === 'export.workspace' || intent === 'delete.workspace';
  if (slots.all !== true && intent !== 'list.assets' && !isWhole) return null;
  const found = [...text.matchAll(exceptionCue)].find(({ index }) => !isQuoted(text, index));
  if (found === undefined) return null;
  if (isWhole)
    return isPartOut({ intent, slots }, found[0])
      ? `${found[0]}${text.slice(found.index + found[0].length)}`.trim().slice(0, longestShown)
      : null;
  const behind = text.slice(found.index + found[0].length);
  const object = behind.replace(article, '').toLowerCase();
  if (ownLimit.test(behind) || slots.except?.some(({ name }) => object.startsWith(name.toLowerCase()))) return null;
  const before = tokenise(normalise(text.slice(0, found.index)).text);
  const { limits } = limitsIn(before, []);
  const { status, unused, owner, size, dates, kind } = slots;
  const isAdded =
    (status !== undefined && limits.status === undefined) ||
    (unused !== undefined && limits.unused === undefined) ||
    (owner !== undefined && limits.owner === undefined && isSaid(behind, owner)) ||
    (size !== undefined && limits.size === undefined) ||
    (dates !== undefined && dateRangeIn(before, [], today ?? null) === undefined) ||
    (kind !== undefined && before.kinds.length === 0 && /\b(?:everything|all)\b/iu.test(before.text));
  return isAdded ? behind.trim().slice(0, longestShown) : null;
}

/** "But leave out the payments archive": something stays out of the whole workspace; of an export, "without" may say how. */
function isPartOut({ intent, slots }: Pick<Offer, 'intent' | 'slots'>, cue: string): boolean {
  if (intent === 'delete.workspace') return true;
  return slots.data === undefined && cue.toLowerCase() !== 'without';
}

/** The most characters of what is told to the person. */
const longestShown = 60;

function isSaid(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}

function isQuoted(text: string, index: number): boolean {
  return (text.slice(0, index).match(/["“”]/gu)?.length ?? 0) % 2 === 1;
}

const correcting =
  /(?:[,;.]|\s[-–—]|…)\s{0,2}(?:no|sorry|wait|oops|rather|er+m?)\b,? (?:no,? |wait,? )?(?:i|we) mea(?:n|nt)\b[^.;!?\n]{1,60}/iu;

/**
 * "All datasets older than seven years, no, I mean eight": a selection is never made by what was taken back. Of names,
 * the one behind is taken where they are read. Pure; linear in the text.
 */
export function withoutCorrectedLimit(reading: Reading, text: string): Reading {
  const found = correcting.exec(text);
  if (found === null || isQuoted(text, found.index)) return reading;
  const isLimited = ({ intent, slots }: Pick<Offer, 'intent' | 'slots'>) =>
    (isCommand(intent) || intent === 'schedule.create') && slots.all === true;
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.filter((offer) => !isLimited(offer));
    return left.length === 0 ? rest : { ...rest, offers: left };
  }
  if (!isLimited(reading)) return reading;
  const lost = found[0].replace(/^\P{L}+/u, '').trim();
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'a limit that was taken back', lost };
}

/**
 * "A copy of Fraud Detection every week, without the datasets": what repeats is limited as what happens once is. What a
 * message limits and the reading does not hold is added, on a button, too. Pure; linear in the text.
 */
export function withScheduledLimits(reading: Reading, utterance: Utterance): Reading {
  const { limits } = limitsIn(utterance, []);
  const { status, unused, size, exceptKinds, exceptOwner } = { ...limits, ...severalKinds(utterance, []) };
  const said = Object.entries({ status, unused, size, exceptKinds, exceptOwner });
  const further = Object.fromEntries(said.filter(([, value]) => value !== undefined));
  if (Object.keys(further).length === 0) return reading;
  const limited = <Wish extends Pick<Offer, 'intent' | 'slots'>>(wish: Wish): Wish =>
    wish.intent !== 'schedule.create' || wish.slots.assets !== undefined
      ? wish
      : { ...wish, slots: { ...wish.slots, all: true, ...further } as Slots };
  const { offers } = reading;
  return { ...limited(reading), ...(offers === undefined ? {} : { offers: offers.map(limited) }) };
}

import { monthNumbers } from './calendar.ts';
import { correctedWords, freeWords, meantBy, numberOf } from './free-words.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';

import { weekdays } from './lexicon/weekdays.ts';
import { ordinals } from './month-ordinals.ts';
import { beginWords, endIn, isBeforeDate, startIn } from './recurrence-bounds.ts';
import type { Utterance } from './utterance.ts';

/** How often, from which day on, and until when. */
export type Recurring = Pick<Slots, 'recurrence' | 'from' | 'until'>;

/** One word, or a word behind "every", "each" or "once a". */
const frequencies = new Map(
  Object.entries({
    'FREQ=DAILY': 'daily nightly day night morning evening',
    'FREQ=WEEKLY': 'weekly week',
    'FREQ=WEEKLY;INTERVAL=2': 'biweekly fortnightly fortnight bi-weekly',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR': 'weekday workday weekdays workdays',
    'FREQ=MONTHLY': 'monthly month',
    'FREQ=MONTHLY;INTERVAL=2': 'bimonthly',
    'FREQ=MONTHLY;INTERVAL=3': 'quarterly quarter',
    'FREQ=YEARLY': 'yearly annually year annual',
  }).flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)),
);
const alone: ReadonlyMap<string, string> = new Map(
  'daily nightly weekly biweekly fortnightly bi-weekly monthly bimonthly quarterly yearly annually annual weekdays workdays'
    .split(' ')
    .map((word) => [word, frequencies.get(word) ?? ''] as const),
);
const every = new Set(['every', 'each', 'evry', 'evrey', 'eveyr']);

/**
 * How often something repeats, as an RFC 5545 rule, the first day on which it may, and the first day on which it no
 * longer does: "every first Monday from January until December". Empty when the message names no rhythm that this can express. Pure; linear in the number of tokens.
 */
export function recurrenceIn(utterance: Utterance, spans: readonly Span[], today: string | null): Recurring {
  const all = freeWords(utterance, spans);
  const corrected = correctedWords(all);
  const recurrence = (corrected === null ? null : ruleIn(corrected)) ?? ruleIn(all);
  if (recurrence === null) return {};
  const from = today === null ? null : startIn(all, today);
  const until = today === null ? null : endIn(all, today);
  return { recurrence, ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) };
}

/** "The first working day of each quarter": a rhythm that no rule here says. */
export function hasUnreadRhythm(utterance: Utterance, spans: readonly Span[]): boolean {
  const words = freeWords(utterance, spans);
  return isOfWorkingDays(words) && intervalIn(words) !== null;
}

function isOfWorkingDays(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      (word === 'working' || word === 'business') &&
      (words[at + 1] ?? '').startsWith('day') &&
      !every.has(words[at - 1] ?? ''),
  );
}

function ruleIn(words: readonly string[]): string | null {
  if (isOfWorkingDays(words)) return null;
  const onDays = daysOfMonth(words);
  const base = intervalIn(words);
  const ordinal = ordinalWeekday(words);
  if (ordinal !== null) return `${isMonths(base) ? base : 'FREQ=MONTHLY'};BYDAY=${ordinal}`;
  if (onDays !== null && (base === null || isMonths(base))) return `${base ?? 'FREQ=MONTHLY'};BYMONTHDAY=${onDays}`;
  const fortnight = fortnightly(words);
  if (fortnight !== null) return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${fortnight}`;
  const days = weekdaysIn(words, base !== null);
  if (days !== null && (base === null || base.startsWith('FREQ=WEEKLY')))
    return `${base ?? 'FREQ=WEEKLY'};BYDAY=${days}`;
  return base;
}

function isMonths(rule: string | null): rule is string {
  return rule?.startsWith('FREQ=MONTHLY') === true;
}

/** "every month", "every other week", "every 3 months", "once a quarter", "monthly". */
function intervalIn(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const said = word === '' ? undefined : meantBy(alone, word);
    if (said !== undefined) return said;
    const isEvery = every.has(word) || (['a', 'per'].includes(word) && words[index - 1] === 'once');
    if (!isEvery) continue;
    const next = words[index + 1] ?? '';
    const single = frequencies.get(next) ?? meantBy(frequencies, next);
    if (single !== undefined) return single;
    const count = next === 'other' || next === 'second' ? 2 : numberOf(next);
    const unit = words[index + 2] ?? '';
    const rule = frequencies.get(unit.endsWith('s') ? unit.slice(0, -1) : unit);
    if (count !== null && rule !== undefined && !rule.includes(';'))
      return count === 1 ? rule : `${rule};INTERVAL=${count}`;
  }
  return null;
}

/** "the first Monday", "every last Friday": `1MO`, `-1FR`. */
function ordinalWeekday(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const place = ordinals.get(word);
    const day = weekdays.get(words[index + 1] ?? '');
    if (place === undefined || day === undefined) continue;
    // "Every second Monday" is a fortnight, unless "of the month" follows.
    if (word === 'second' && every.has(words[index - 1] ?? '') && words[index + 2] !== 'of') continue;
    return `${place}${day}`;
  }
  return null;
}

/** "on the 15th", "the last day of the month", "at the start of every month": 15, -1, 1. */
function daysOfMonth(words: readonly string[]): number | null {
  for (const [index, word] of words.entries()) {
    const isOfMonth = (from: number) =>
      words.slice(from, from + 4).some((each) => each === 'month' || each === 'months');
    const numbered = /^(\d{1,2})(?:st|nd|rd|th)$/u.exec(word)?.[1];
    if (numbered !== undefined && Number(numbered) >= 1 && Number(numbered) <= 31) {
      const isNear = ['the', 'on', 'every', 'each'].includes(words[index - 1] ?? '');
      if (words[index + 1] === 'of' && monthNumbers.has(words[index + 2] ?? '')) continue;
      if (isNear && !monthNumbers.has(words[index + 1] ?? '') && words[index + 2] !== 'of') return Number(numbered);
      if (isOfMonth(index + 1)) return Number(numbered);
    }
    const isDayOf = words[index + 1] === 'day' && (isOfMonth(index + 2) || isMonths(intervalIn(words)));
    if ((word === 'last' || word === 'first') && isDayOf) return word === 'last' ? -1 : 1;
    const place = ordinals.get(word);
    if (place !== undefined && place > 0 && words[index + 1] === 'of' && isOfMonth(index + 2)) return place;
    const isLast = index + 1 >= words.length || /^[,.;!?]$/u.test(words[index + 1] ?? '');
    if (word === 'first' && isLast && words[index - 1] === 'the' && words[index - 2] === 'on') return 1;
    if (['end', 'start', 'beginning'].includes(word) && words[index + 1] === 'of' && isOfMonth(index + 2)) {
      const isEvery =
        words.slice(index + 2, index + 5).some((each) => every.has(each)) || words.some((each) => every.has(each));
      if (isEvery && !['until', 'till', 'til', 'through'].includes(words[index - 2] ?? ''))
        return word === 'end' ? -1 : 1;
    }
  }
  return null;
}

/** "every other Thursday": `TH`. */
function fortnightly(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    const isOther = (word === 'other' || word === 'second') && every.has(words[index - 1] ?? '');
    const day = weekdays.get(words[index + 1] ?? '');
    if (isOther && day !== undefined) return day;
  }
  return null;
}

/** "on Fridays", "every Monday and Thursday", "weekly on Tuesday": `MO,TH`. */
function weekdaysIn(words: readonly string[], isWeekly: boolean): string | null {
  const order = [...new Set(weekdays.values())];
  const found = new Set<string>();
  for (const [index, word] of words.entries()) {
    const day = weekdays.get(word);
    if (day === undefined) continue;
    const before = words[index - 1] ?? '';
    // "Every Friday, starting on Tuesday" runs on Fridays.
    if ([before, words[index - 2] ?? ''].some((word) => beginWords.has(word)) || isBeforeDate(words, index)) continue;
    const isSaid =
      every.has(before) ||
      word.endsWith('days') ||
      isWeekly ||
      found.size > 0 ||
      (before === 'second' && every.has(words[index - 2] ?? '')) ||
      (before === 'other' && every.has(words[index - 2] ?? ''));
    if (isSaid) found.add(day);
  }
  return found.size === 0 ? null : order.filter((day) => found.has(day)).join(',');
}

import type { DateRange } from './intents.ts';

/** How a word in front of a date relates to it. `upto` includes the date, `before` does not. */
export type Relation = 'before' | 'upto' | 'after' | 'since' | 'in';

export const relationWords: Readonly<Record<string, Relation>> = {
  before: 'before',
  vor: 'before',
  avant: 'before',
  antes: 'before',
  ab: 'since',
  seit: 'since',
  depuis: 'since',
  desde: 'since',
  nach: 'after',
  après: 'after',
  bis: 'upto',
  b4: 'before',
  older: 'before',
  prior: 'before',
  earlier: 'before',
  preceding: 'before',
  pre: 'before',
  below: 'before',
  until: 'upto',
  till: 'upto',
  through: 'upto',
  up: 'upto',
  til: 'upto',
  '<=': 'upto',
  after: 'after',
  newer: 'after',
  later: 'after',
  younger: 'after',
  past: 'after',
  beyond: 'after',
  since: 'since',
  from: 'since',
  starting: 'since',
  onwards: 'since',
  onward: 'since',
  'since.': 'since',
  in: 'in',
  of: 'in',
  during: 'in',
  dated: 'in',
  throughout: 'in',
};

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
export const monthNumbers = new Map(
  months.flatMap((month, index) => [[month, index + 1] as const, [month.slice(0, 3), index + 1] as const]),
);
monthNumbers.set('sept', 9);
// Common misspellings.
for (const [month, list] of Object.entries({
  1: 'januray janury januari jannuary',
  2: 'febuary feburary februar februray febrary',
  3: 'marhc mrach',
  4: 'apirl aprl avril',
  6: 'juni jne',
  7: 'juli jully',
  8: 'agust augst augut',
  9: 'setember septmber septemer septemeber',
  10: 'octobre ocotber oktober octber',
  11: 'novemeber novmber noveber',
  12: 'decemeber dezember decmber',
}))
  for (const word of list.split(' ')) monthNumbers.set(word, Number(month));

/** A calendar date as written: its first day, the first day after it, and its tokens `[start, end)`. */
export interface CalendarSpan {
  readonly first: string;
  readonly next: string;
  readonly start: number;
  readonly end: number;
}

export function relate(relation: Relation, { first, next }: CalendarSpan): DateRange {
  switch (relation) {
    case 'before':
      return { before: first };
    case 'upto':
      return { before: next };
    case 'after':
      return { after: next };
    case 'since':
      return { after: first };
    case 'in':
      return { after: first, before: next };
  }
}

export function isNumber(text: string, least: number, most: number): boolean {
  if (text === '') return false;
  for (const character of text) if (character < '0' || character > '9') return false;
  return Number(text) >= least && Number(text) <= most;
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

import { isNumber, isoDay, monthNumbers, type Relation, relate, relationWords } from './calendar.ts';
import type { DateRange } from './intents.ts';

const numberWords = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);
numberWords.set('a', 1);
numberWords.set('an', 1);
const units = new Set(['day', 'week', 'month', 'year']);

/** "Since March", "before August": the last month of that name that has begun. */
function namedMonth(words: readonly string[], today: string): DateRange | undefined {
  const [year = 0, current = 0] = today.split('-').map(Number);
  for (const [index, word] of words.entries()) {
    const month = monthNumbers.get(word);
    const before = words[index - 1] ?? '';
    const relation = before === 'from' ? 'in' : relationWords[before];
    if (month === undefined || relation === undefined || before === 'of') continue;
    const first = `${month > current ? year - 1 : year}-${String(month).padStart(2, '0')}-01`;
    return relate(relation, { first, next: ago(first, -1, 'month'), start: index, end: index + 1 });
  }
  return undefined;
}

/** "older than 6 months", "from last year", "since March": date ranges relative to today. */
export function relativeRange(words: readonly string[], today: string): DateRange | undefined {
  for (const [index, word] of words.entries()) {
    const unit = word.endsWith('s') ? word.slice(0, -1) : word;
    if (!units.has(unit)) continue;
    const before = words[index - 1] ?? '';
    const relation = relationBefore(words, index);
    if (before === 'last' || before === 'this' || before === 'current' || before === 'previous') {
      const thisStart = startOf(today, unit);
      const isThis = before === 'this' || before === 'current';
      const span = isThis
        ? { first: thisStart, next: ago(thisStart, -1, unit) }
        : { first: ago(thisStart, 1, unit), next: thisStart };
      return relate(relation ?? 'in', { ...span, start: index, end: index });
    }
    const half = before === 'a' && words[index - 2] === 'half' && unit === 'year';
    const count = half ? 6 : (numberWords.get(before) ?? (isNumber(before, 1, 999) ? Number(before) : null));
    if (count === null) continue;
    const day = ago(today, count, half ? 'month' : unit);
    const isRecent =
      ['last', 'past', 'within'].some((cue) => words.slice(Math.max(0, index - 4), index).includes(cue)) ||
      relation === 'after' ||
      ['less', 'under', 'fewer'].some((cue) => words.slice(Math.max(0, index - 4), index).includes(cue));
    if (
      relation === 'before' ||
      (words[index + 1] === 'old' && !isRecent) ||
      ['more', 'over'].some((cue) => words.slice(Math.max(0, index - 4), index).includes(cue))
    )
      return { before: day };
    if (isRecent) return { after: relation === 'after' ? isoDay(Date.parse(`${day}T00:00:00Z`) + 86_400_000) : day };
  }
  return namedMonth(words, today);
}

function relationBefore(words: readonly string[], index: number): Relation | null {
  for (let at = index - 1; at >= Math.max(0, index - 6); at -= 1) {
    const found = relationWords[words[at] ?? ''];
    if (found !== undefined) return found === 'since' && words[at] === 'from' ? 'in' : found;
  }
  return null;
}

function startOf(day: string, unit: string): string {
  if (unit === 'year') return `${day.slice(0, 4)}-01-01`;
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return unit === 'week' ? isoDay(time - ((new Date(time).getUTCDay() + 6) % 7) * 86_400_000) : day;
}

/** The day `count` units before another; the last day of the month where the month is too short. */
function ago(day: string, count: number, unit: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (unit === 'day') return isoDay(time - count * 86_400_000);
  if (unit === 'week') return isoDay(time - 7 * count * 86_400_000);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const total = year * 12 + month - 1 - count * (unit === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(Math.floor(total / 12), (total % 12) + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(Math.floor(total / 12), total % 12, Math.min(date, last)));
}

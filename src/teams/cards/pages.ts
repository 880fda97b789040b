import { z } from 'zod';
import { count } from './shapes.ts';
import { numberWords } from './words.ts';

/** How many rows of a list are on one page of a card. So many fit into Teams' limit, three lists on one card too. */
export const pageLength = { assets: 15, exceptions: 10, parts: 8 } as const;

/** A list that a card shows page by page. */
export type PagedList = keyof typeof pageLength;

const number = z.int().min(0).max(1_000_000);

/** Which page of each list is shown, from 0; of a list that is not named it is the first. */
export const pages = z.strictObject({ assets: number, exceptions: number, parts: number }).partial();

export type Pages = z.output<typeof pages>;

/** One page of a list as a card's data: its rows, its number from 0, and how many rows all pages have together. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ rows: z.array(row).readonly(), page: count.default(0), total: count });
}

/** The number of a list's last page, from 0. */
export function lastPage(list: PagedList, total: number): number {
  return Math.max(0, Math.ceil(total / pageLength[list]) - 1);
}

/** A page and how many rows all pages have. */
interface Place {
  readonly page: number;
  readonly total: number;
}

interface Turn {
  title: string;
  tooltip: string;
  isEnabled: boolean;
  pages: Pages;
}

/**
 * The words and buttons under a page that lead to the others, as a list of one; none when everything is on the page.
 * `shown` says which pages the card shows now: turning one list leaves the others where they are. The buttons keep
 * their places, so that one can be pressed again and again.
 */
export function turner(list: PagedList, { page, total }: Place, shown: Pages): { where: string; turns: Turn[] }[] {
  const last = lastPage(list, total);
  if (last === 0) return [];
  const first = page * pageLength[list] + 1;
  const end = Math.min(total, first + pageLength[list] - 1);
  const far = last > 1;
  const turns = [
    ...(far ? [{ title: 'First', to: 0, isEnabled: page > 0 }] : []),
    { title: 'Earlier', to: Math.max(0, page - 1), isEnabled: page > 0 },
    { title: 'Later', to: Math.min(last, page + 1), isEnabled: page < last },
    ...(far ? [{ title: 'Last', to: last, isEnabled: page < last }] : []),
  ];
  return [
    {
      where: `${first === end ? numberWords(first) : `${numberWords(first)}–${numberWords(end)}`} of ${numberWords(total)}`,
      turns: turns.map(({ title, to, isEnabled }) => ({
        title,
        tooltip: `Page ${numberWords(to + 1)} of ${numberWords(last + 1)}`,
        isEnabled,
        pages: { ...shown, [list]: to },
      })),
    },
  ];
}

/** The most characters of a name when a card has room for `room` percent of the usual: shorter, but never left out. */
export function shortened(most: number, room: number): number {
  return Math.max(12, Math.floor((most * Math.min(room, 100)) / 100));
}

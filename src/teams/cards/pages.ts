import { z } from 'zod';
import { count } from './shapes.ts';
import { numberWords } from './words.ts';

/**
 * How many rows of a list are on one page of a card. So many fit into Teams' limit, three lists on one card too. Files
 * are few, since the address of each holds a name that somebody else has given.
 */
export const pageLength = { assets: 15, exceptions: 10, parts: 8, files: 6 } as const;

/** A list that a card shows page by page. */
export type PagedList = keyof typeof pageLength;

/** How many assets are on one page of a list that is not a request's. */
export const listLength = 20;

/** A page's number from 0, as a button sends it. */
export const pageNumber = z.int().min(0).max(1_000_000);

/** Which page of each list is shown, from 0; of a list that is not named it is the first. */
export const pages = z
  .strictObject({
    assets: pageNumber,
    exceptions: pageNumber,
    parts: pageNumber,
    files: pageNumber,
    /** How many rows a page has, where Teams took only a smaller card than usual. */
    rows: z.int().min(1).max(20),
  })
  .partial();

export type Pages = z.output<typeof pages>;

/** How many rows of a list are on one page, as these pages are cut. */
export function rowsOf(list: PagedList, { rows }: Pages): number {
  return Math.min(pageLength[list], rows ?? pageLength[list]);
}

/** One page of a list as a card's data: its rows, its number from 0, and how many rows all pages have together. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({
    rows: z.array(row).readonly(),
    page: count.default(0),
    total: count,
    /** How many rows a page has, when fewer than usual. */
    length: z.int().positive().exactOptional(),
  });
}

/** The number of a list's last page, from 0. */
export function lastPage(list: PagedList, total: number, pages: Pages = {}): number {
  return Math.max(0, Math.ceil(total / rowsOf(list, pages)) - 1);
}

/** A page and how many rows all pages have. */
interface Place {
  readonly page: number;
  readonly total: number;
  readonly length?: number;
}

/** A button that leads to another page. */
interface Turn {
  readonly title: string;
  readonly tooltip: string;
  readonly isEnabled: boolean;
  /** The page that it leads to. */
  readonly to: number;
}

/**
 * The words and buttons under a page that lead to the others, as a list of one; none when everything is on the page.
 * The buttons keep their places, so that one can be pressed again and again.
 */
export function pageTurner({ page, total }: Place, length: number): { where: string; turns: Turn[] }[] {
  const last = Math.ceil(total / length) - 1;
  if (last <= 0) return [];
  const first = page * length + 1;
  const end = Math.min(total, first + length - 1);
  const far = last > 1;
  const turns = [
    ...(far ? [{ title: 'First', to: 0, isEnabled: page > 0 }] : []),
    { title: 'Earlier', to: Math.max(0, page - 1), isEnabled: page > 0 },
    { title: 'Later', to: Math.min(last, page + 1), isEnabled: page < last },
    ...(far ? [{ title: 'Last', to: last, isEnabled: page < last }] : []),
  ];
  const place = first === end ? numberWords(first) : `${numberWords(first)}–${numberWords(end)}`;
  return [
    {
      where: `${place} of ${numberWords(total)}`,
      turns: turns.map((turn) => ({
        ...turn,
        tooltip: `Page ${numberWords(turn.to + 1)} of ${numberWords(last + 1)}`,
      })),
    },
  ];
}

/**
 * The same for a list of a request. `shown` says which page of each list the card shows now: turning one leaves the
 * others where they are.
 */
export function turner(list: PagedList, place: Place, shown: Pages) {
  const shorter = place.length === undefined ? {} : { rows: place.length };
  return pageTurner(place, rowsOf(list, shorter)).map(({ where, turns }) => ({
    where,
    turns: turns.map((turn) => ({ ...turn, pages: { ...shown, [list]: turn.to, ...shorter } })),
  }));
}

/** The most characters of a name when a card has room for `room` percent of the usual: shorter, but never left out. */
export function shortened(most: number, room: number): number {
  return Math.max(12, Math.floor((most * Math.min(room, 100)) / 100));
}

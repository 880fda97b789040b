import { z } from 'zod';
import { count } from './shapes.ts';
import { numberWords } from './words.ts';

/**
 * Rows per page of each list on a card. Even three such lists on one card stay within Teams' size limit. Files get few
 * rows, since the link to each contains a name of unknown length.
 */
export const pageLength = { assets: 15, exceptions: 10, parts: 8, files: 6 } as const;

/** A list that a card shows with pagination. */
export type PagedList = keyof typeof pageLength;

/** Assets per page of a list that belongs to no request. */
export const listLength = 20;

/** A zero-based page number, as a button sends it. */
export const pageNumber = z.int().min(0).max(1_000_000);

/** The zero-based page of each list; the first page where none is given. */
export const pages = z
  .strictObject({
    assets: pageNumber,
    exceptions: pageNumber,
    parts: pageNumber,
    files: pageNumber,
    /** Rows per page, where Teams accepted only a smaller card than usual. */
    rows: z.int().min(1).max(20),
  })
  .partial();

export type Pages = z.output<typeof pages>;

/** Rows per page of a list, for these page settings. */
export function rowsOf(list: PagedList, { rows }: Pages): number {
  return Math.min(pageLength[list], rows ?? pageLength[list]);
}

/** One page of a list as a card's data: its rows, its zero-based number, and the number of rows on all pages. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({
    rows: z.array(row).readonly(),
    page: count.default(0),
    total: count,
    /** Rows per page, when fewer than usual. */
    length: z.int().positive().exactOptional(),
  });
}

/** The zero-based number of a list's last page. */
export function lastPage(list: PagedList, total: number, pages: Pages = {}): number {
  return Math.max(0, Math.ceil(total / rowsOf(list, pages)) - 1);
}

/** A page number and the number of rows on all pages. */
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
 * The position text and the pagination buttons under a page, as a list of one; empty when everything is on one page.
 * Buttons that cannot be used are disabled rather than left out, so that they keep their positions.
 */
export function pageTurner({ page, total }: Place, length: number): { where: string; turns: Turn[] }[] {
  const last = Math.ceil(total / length) - 1;
  if (last <= 0) return [];
  const first = page * length + 1;
  const end = Math.min(total, first + length - 1);
  const far = last > 1;
  const turns = [
    ...(far ? [{ title: 'First', to: 0, isEnabled: page > 0 }] : []),
    { title: 'Previous', to: Math.max(0, page - 1), isEnabled: page > 0 },
    { title: 'Next', to: Math.min(last, page + 1), isEnabled: page < last },
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
 * The same for a list of a request. `shown` is the current page of each list on the card, so that turning a page of one
 * list keeps the pages of the others.
 */
export function requestPageTurner(list: PagedList, place: Place, shown: Pages) {
  const shorter = place.length === undefined ? {} : { rows: place.length };
  return pageTurner(place, rowsOf(list, shorter)).map(({ where, turns }) => ({
    where,
    turns: turns.map((turn) => ({ ...turn, pages: { ...shown, [list]: turn.to, ...shorter } })),
  }));
}

/** The most characters of a name when a card has only `room` percent of the usual space; at least 12. */
export function shortened(most: number, room: number): number {
  return Math.max(12, Math.floor((most * Math.min(room, 100)) / 100));
}

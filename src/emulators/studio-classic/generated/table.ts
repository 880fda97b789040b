import type { TableName, Tables } from '../studio-records.ts';

/** Records of one kind that are computed on demand instead of stored; the same index always gives the same record. */
export interface GeneratedTable<Item extends { readonly id: string }> {
  readonly size: number;
  idAt(place: number): string;
  at(place: number): Item;
  /** The index of an id; null for an id that is not in this table. */
  placeOf(id: string): number | null;
  /** Indexes of a group's members: versions of a family, notes on an experiment, endpoints of a web service. */
  group(groupId: string): readonly number[];
}

/** All generated records of a workspace, by kind. */
export type GeneratedTables = { readonly [Name in TableName]?: GeneratedTable<Tables[Name]> };

/**
 * A table with these ids. `placeOf` verifies a guessed index by computing its id again. Without `group` it has no
 * groups.
 */
export function generatedTable<Item extends { readonly id: string }>(parts: {
  readonly size: number;
  readonly idAt: (place: number) => string;
  readonly at: (place: number, id: string) => Item;
  /** The index that this id would have; an arbitrary number when the id is not of this table. */
  readonly guess: (id: string) => number;
  readonly group?: (groupId: string) => readonly number[];
}): GeneratedTable<Item> {
  const { size, idAt } = parts;
  const isPlace = (place: number) => Number.isInteger(place) && place >= 0 && place < size;
  return {
    size,
    idAt,
    at: (place) => parts.at(place, idAt(place)),
    placeOf: (id) => {
      const place = parts.guess(id);
      return isPlace(place) && idAt(place) === id ? place : null;
    },
    group: (groupId) => (parts.group?.(groupId) ?? []).filter(isPlace),
  };
}

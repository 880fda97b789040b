import type { TableName, Tables } from '../studio-records.ts';

/** Things of one kind that are made when asked for instead of being kept: always the same at the same place. */
export interface GeneratedTable<Item extends { readonly id: string }> {
  readonly size: number;
  idAt(place: number): string;
  at(place: number): Item;
  /** The place of an id; null for an id that is none of these. */
  placeOf(id: string): number | null;
  /** Places of the things of a group: versions of a family, notes on an experiment, endpoints of a web service. */
  group(groupId: string): readonly number[];
}

/** All generated things of a workspace, by kind. */
export type GeneratedTables = { readonly [Name in TableName]?: GeneratedTable<Tables[Name]> };

/** A table whose ids are told by `idAt`, checked by making them again, and that has no groups unless told. */
export function generatedTable<Item extends { readonly id: string }>(parts: {
  readonly size: number;
  readonly idAt: (place: number) => string;
  readonly at: (place: number, id: string) => Item;
  /** A place that might be an id's; anything for a foreign id. */
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

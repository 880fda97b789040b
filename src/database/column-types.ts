import type { ColumnType } from 'kysely';
import type { StoredJson } from './storable.ts';

/** A point in time as both drivers read and write it. */
export type Time = ColumnType<Date, Date, Date>;
export type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
export type MaybeTime = Maybe<Date>;
export type Json<T extends object> = ColumnType<T, StoredJson, StoredJson>;
export type MaybeJson<T extends object> = ColumnType<T | null, StoredJson | null | undefined, StoredJson | null>;

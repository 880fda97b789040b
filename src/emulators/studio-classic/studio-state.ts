import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Blobs } from './blobs.ts';
import type { Store } from './store.ts';
import type { TableName, Tables } from './studio-records.ts';

/** The workspace that owns Microsoft's samples. Every workspace lists its assets, and nobody can change them. */
export const globalWorkspaceId = '506153734175476c4f62416c57734963';

/** Behaviour of the emulated service where the real values are unknown. */
export interface StudioBehaviour {
  /** How long lists still show deleted records, in milliseconds. */
  readonly deletionLagMs: number;
  /** Number of polls for which an asynchronous operation is reported as not done. */
  readonly pendingPolls: number;
}

/** What the request handlers have access to. */
export interface Studio {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly behaviour: StudioBehaviour;
}

/** A new id in the service's format. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** The records that lists show: those that exist, and recently deleted ones, since lists are eventually consistent. */
export function* listed<Name extends TableName>(
  studio: Studio,
  workspaceId: string,
  name: Name,
): Generator<Tables[Name]> {
  for (const item of studio.store.table(workspaceId, name).values()) if (isListed(studio, item)) yield item;
}

/** Whether lists show a record. */
export function isListed(studio: Studio, { deletedAt }: { readonly deletedAt: number | null }): boolean {
  return deletedAt === null || studio.clock.now() < deletedAt + studio.behaviour.deletionLagMs;
}

/** The record with this id; undefined when there is none or it is deleted. */
export function present<Name extends TableName>(
  studio: Studio,
  workspaceId: string,
  name: Name,
  id: string,
): Tables[Name] | undefined {
  const item = studio.store.table(workspaceId, name).get(id);
  return item?.deletedAt === null ? item : undefined;
}

/** Deletes a record: requests by id fail at once, lists show it until the lag has passed. */
export function remove<Name extends TableName>(
  studio: Studio,
  workspaceId: string,
  name: Name,
  item: Tables[Name],
): void {
  const table = studio.store.table(workspaceId, name);
  if (studio.behaviour.deletionLagMs === 0) table.drop(item.id);
  else table.put({ ...item, deletedAt: studio.clock.now() });
}

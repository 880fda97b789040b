import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Blobs } from './blobs.ts';
import type { Store } from './store.ts';
import type { TableName, Tables } from './studio-records.ts';

/** The workspace that owns Microsoft's samples: its assets are in everyone's lists and nobody's to change. */
export const globalWorkspaceId = '506153734175476c4f62416c57734963';

/** How the emulated service behaves where the real one's figures are unknown. */
export interface StudioBehaviour {
  /** How long a deleted thing stays in lists. */
  readonly deletionLagMs: number;
  /** How many times an asynchronous operation still says that it is not done. */
  readonly pendingPolls: number;
}

/** What the handlers work on. */
export interface Studio {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly behaviour: StudioBehaviour;
}

/** A new id in the service's style. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** Everything a list shows: what is there, and what was deleted so recently that lists do not know yet. */
export function* listed<Name extends TableName>(
  studio: Studio,
  workspaceId: string,
  name: Name,
): Generator<Tables[Name]> {
  for (const item of studio.store.table(workspaceId, name).values()) if (isListed(studio, item)) yield item;
}

/** Whether lists show a thing. */
export function isListed(studio: Studio, { deletedAt }: { readonly deletedAt: number | null }): boolean {
  return deletedAt === null || studio.clock.now() < deletedAt + studio.behaviour.deletionLagMs;
}

/** The thing with this id, unless it is deleted. */
export function present<Name extends TableName>(
  studio: Studio,
  workspaceId: string,
  name: Name,
  id: string,
): Tables[Name] | undefined {
  const item = studio.store.table(workspaceId, name).get(id);
  return item?.deletedAt === null ? item : undefined;
}

/** Deletes a thing: gone at once when asked for by id, and from lists after the lag. */
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

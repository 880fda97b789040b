import { createHash } from 'node:crypto';
import type { ResourceTable } from './resource-versions.ts';
import { openContent, SeedError, type SeedWorkspace } from './seed-folder.ts';
import type { SeedContent } from './seed-format.ts';
import type { StoredFile } from './studio-records.ts';
import type { Studio } from './studio-state.ts';

/** An id that is a hash of its parts, so that every start of a seed gives the same ids. */
export function derivedId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

/** The names and ids of a workspace's assets while it is being seeded. */
export interface SeedingContext {
  readonly studio: Studio;
  readonly workspace: SeedWorkspace;
  readonly moduleIds: ReadonlyMap<string, string>;
  /** Ids by kind and key: `dataset churn.csv`. */
  readonly ids: Map<string, string>;
  /** Ids of Microsoft's samples, which every workspace may use, by kind and key. */
  readonly samples: ReadonlyMap<string, string>;
}

/** The id of an asset that the seed refers to by its key. Throws SeedError when there is none. */
export function idOf(context: SeedingContext, kind: ResourceTable | 'experiment', key: string): string {
  const id = context.ids.get(`${kind} ${key}`) ?? context.samples.get(`${kind} ${key}`);
  if (id === undefined) throw new SeedError(`${context.workspace.seed.name} has no ${kind} called "${key}".`);
  return id;
}

/** A node's id in the service's format: a GUID and a number. */
export function nodeIdOf(experimentId: string, key: string): string {
  const hex = derivedId(experimentId, 'node', key);
  const guid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return `${guid}-${Number.parseInt(hex.slice(0, 3), 16)}`;
}

/** Writes content to the blob service. */
export async function storeContent(
  context: SeedingContext,
  location: string,
  content: SeedContent,
  fileType: string,
): Promise<StoredFile> {
  const sizeBytes = await context.studio.blobs.put(location, await openContent(context.workspace, content));
  return { location, sizeBytes, name: null, fileType, auxiliary: false };
}

import { isGenerated } from './generated/locations.ts';
import type { StoredFile } from './studio-records.ts';
import type { Studio } from './studio-state.ts';

/** Locations of all files of a workspace in the blob service. */
export function storedLocations(studio: Studio, workspaceId: string): ReadonlySet<string> {
  const locations = new Set<string>();
  for (const file of files(studio, workspaceId)) if (file && !isGenerated(file.location)) locations.add(file.location);
  return locations;
}

function* files(studio: Studio, workspaceId: string): Generator<StoredFile | null> {
  for (const table of ['dataset', 'model', 'transform'] as const) {
    for (const item of studio.store.table(workspaceId, table).values()) {
      yield* [item.content, item.visualization, item.schemaFile];
    }
  }
  for (const { nodes } of studio.store.table(workspaceId, 'experiment').values()) {
    for (const node of nodes) {
      yield* [...node.outputs, ...node.visualizations, node.standardOutput, node.standardError];
    }
  }
}

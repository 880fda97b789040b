import { z } from 'zod';
import type { Edit } from '../server/control.ts';
import { Refusal } from '../server/error-replies.ts';
import type { Table } from './store.ts';
import { newId, present, type Studio } from './studio-state.ts';

/** Replaces the tokens of the workspace in the path, so that the old ones are rejected. */
export function revokeTokens(studio: Studio, segments: readonly string[]): void {
  const workspaceId = workspaceOf(segments);
  const workspace = present(studio, workspaceId, 'workspace', workspaceId);
  if (!workspace) return;
  const tokens = { primary: newId(), secondary: newId() };
  studio.store.table(workspaceId, 'workspace').put({ ...workspace, tokens, revision: workspace.revision + 1 });
}

const tables = ['dataset', 'model', 'transform', 'module', 'experiment'] as const;

/** Removes the asset whose id or family id is in the path, as if somebody else had just deleted it. */
export function vanish(studio: Studio, segments: readonly string[]): void {
  const workspaceId = workspaceOf(segments);
  for (const name of tables) {
    const table = studio.store.table(workspaceId, name);
    for (const segment of segments.slice(2)) {
      const one = table.get(segment);
      const family = table.group(segment).filter((item) => 'familyId' in item && item.familyId === segment);
      for (const item of one ? [one, ...family] : family) table.drop(item.id);
    }
  }
}

function workspaceOf(segments: readonly string[]): string {
  const at = segments.findIndex((segment) => segment.toLowerCase() === 'workspaces');
  return (segments[at + 1] ?? '').toLowerCase();
}

const editable = z.enum([
  'dataset',
  'model',
  'transform',
  'module',
  'experiment',
  'project',
  'notebook',
  'webservice',
  'endpoint',
  'arm-web-service',
]);

/**
 * An edit in place, as somebody makes it in the web application or in Azure, for which the emulated API has no call.
 * Its fields are named as in `studio-records.ts` and `arm/arm-records.ts`. Throws Refusal when there is no such record.
 */
export function makeEdit(studio: Studio, { workspaceId, table: name, id, change }: Edit): void {
  const known = editable.safeParse(name);
  if (!known.success) throw new Refusal(400, `Things of the kind ${name} cannot be edited here.`);
  const table = studio.store.table(workspaceId, known.data) as Table<{ id: string }>;
  const before = table.get(id);
  if (before === undefined) throw new Refusal(404, `There is nothing with the id ${id}.`);
  table.put({ ...before, ...change });
}

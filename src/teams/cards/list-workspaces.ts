import { z } from 'zod';
import template from '../../../cards/list-workspaces.json' with { type: 'json' };
import { mainSource } from '../../sources/registry.ts';
import { defineCard } from './definition.ts';
import { prose } from './literal.ts';
import { count, role, workspace } from './shapes.ts';
import { numberWords, plural } from './words.ts';
import { workspaceRow } from './workspace-rows.ts';

const empty =
  'I cannot find a workspace that you are a member of. A workspace’s owner can register it with your Studio Steward administrator.';

/** The most workspaces that the card lists. */
const mostListed = 20;

/** The workspaces that a person is a member of. */
export const listWorkspaces = defineCard(
  template,
  z.strictObject({
    workspaces: z.array(workspace.extend({ role })).readonly(),
    total: count,
    /** Why some workspace could not be read; null when all could. */
    unseen: z.string().nullable().default(null),
  }),
  ({ workspaces, total, unseen }, rows) => {
    const shown = workspaces.slice(0, Math.min(mostListed, rows));
    const missing = Math.max(total, workspaces.length) - shown.length;
    const heading = shown.length === 0 ? 'No workspaces' : `Your ${plural(shown.length + missing, 'workspace')}`;
    return {
      summary: shown.length === 0 ? empty : `${heading}.`,
      heading,
      workspaces: shown.map((row) => ({
        ...workspaceRow(row),
        listText: `list everything in workspace "${row.name}"`,
        exportText: `export the workspace "${row.name}"`,
      })),
      hasMore: missing > 0,
      more: `and ${numberWords(missing)} more. You can use those too: write their names.`,
      hasUnseen: unseen !== null,
      unseen: prose(
        unseen === null ? '' : `There may be more, but I could not read everything from ${mainSource.name}. ${unseen}`,
      ),
      isEmpty: shown.length === 0,
      empty,
    };
  },
);

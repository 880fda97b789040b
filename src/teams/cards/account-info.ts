import { z } from 'zod';
import template from '../../../cards/account-info.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { name, role, workspace } from './shapes.ts';
import { numberWords, plural } from './words.ts';
import { workspaceRow } from './workspace-rows.ts';

const rights = {
  yes: 'You may export its data and delete assets.',
  'with-approval': 'You may export its data. To delete assets you need somebody’s approval.',
  no: 'You may export its data. Deleting is not open to you here.',
} as const;

/** How many workspaces the card spells out. */
const mostListed = 10;

/** What a person may do, workspace by workspace. */
export const accountInfo = defineCard(
  template,
  z.strictObject({
    personName: name,
    /** By which addresses the person is known, in a sentence; null where others read along. */
    known: z.string().nullable(),
    isApprover: z.boolean(),
    workspaces: z.array(workspace.extend({ role, deletes: z.enum(['yes', 'with-approval', 'no']) })).readonly(),
  }),
  ({ personName, known, isApprover, workspaces }, rows) => {
    const shown = workspaces.slice(0, Math.min(mostListed, rows));
    const missing = workspaces.length - shown.length;
    return {
      summary: `${plainName(personName)}, you are a member of ${plural(workspaces.length, 'workspace')}.`,
      title: runs('What you may do, ', plainName(personName)),
      email: prose(known ?? 'Ask me in our own chat by which addresses I know you.'),
      workspaces: shown.map((row) => ({ ...workspaceRow(row), rights: rights[row.deletes] })),
      hasMore: missing > 0,
      more: `and ${numberWords(missing)} more. Write "list my workspaces" to see them.`,
      isEmpty: workspaces.length === 0,
      empty: 'I know no workspace that you are a member of, so there is nothing that you can export or delete.',
      isApprover,
    };
  },
);

import { z } from 'zod';
import template from '../../../cards/account-info.json' with { type: 'json' };
import { botRoles } from '../../domain/bot-roles.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { name, role, workspace } from './shapes.ts';
import { listWords, numberWords, plural } from './words.ts';
import { workspaceRow } from './workspace-rows.ts';

const rights = {
  yes: 'You can export its data and delete its assets.',
  'with-approval': 'You can export its data. Deleting assets needs another person’s approval.',
  no: 'You can export its data. You cannot delete assets here.',
} as const;

const roleWords = {
  approver: 'approver',
  administrator: 'Studio Steward administrator',
  helpdesk: 'helpdesk',
  auditor: 'auditor',
} as const;

/** The most workspaces that the card lists. */
const mostListed = 10;

/** What a person may do, workspace by workspace. */
export const accountInfo = defineCard(
  template,
  z.strictObject({
    personName: name,
    /** A sentence with the addresses that the person is known by; null where others can read the card. */
    known: z.string().nullable(),
    isApprover: z.boolean(),
    /** The roles that the configuration gives them. */
    roles: z.array(z.enum(botRoles)).readonly().default([]),
    /** Whom to ask, when the person has no workspace. */
    ask: z.string(),
    workspaces: z.array(workspace.extend({ role, deletes: z.enum(['yes', 'with-approval', 'no']) })).readonly(),
  }),
  ({ personName, known, isApprover, roles, ask, workspaces }, rows) => {
    const shown = workspaces.slice(0, Math.min(mostListed, rows));
    const missing = workspaces.length - shown.length;
    return {
      summary: `${plainName(personName)}, you are a member of ${plural(workspaces.length, 'workspace')}.`,
      title: runs('What you can do, ', plainName(personName)),
      email: prose(known ?? 'Ask me in our personal chat which of your addresses I know.'),
      workspaces: shown.map((row) => ({ ...workspaceRow(row), rights: rights[row.deletes] })),
      hasMore: missing > 0,
      more: `and ${numberWords(missing)} more. Write "list my workspaces" to see them.`,
      isEmpty: workspaces.length === 0,
      empty: prose(
        `I cannot find a workspace that you are a member of, so there is nothing you can export or delete. ${ask}`,
      ),
      isApprover,
      hasRoles: roles.length > 0,
      roles: `Your ${roles.length === 1 ? 'role' : 'roles'} here: ${listWords(roles.map((each) => roleWords[each]))}.`,
    };
  },
);

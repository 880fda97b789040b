import type { z } from 'zod';
import { mainSource } from '../../sources/registry.ts';
import { plainName, runs } from './literal.ts';
import type { role, workspace } from './shapes.ts';
import { accountWords, momentWords, roleWords } from './words.ts';

/** A workspace as a row: name, account type, role, and when a guest workspace is emptied. */
export function workspaceRow(row: z.output<typeof workspace> & { readonly role: z.output<typeof role> }) {
  return {
    name: runs(plainName(row.name)),
    detail: `${accountWords(row.accountType, row.serviceType)}, ${roleWords(row.role)}`,
    isExpiring: row.expiresAt !== null,
    expiry:
      row.expiresAt === null ? '' : `${mainSource.name} deletes everything in it on ${momentWords(row.expiresAt)}.`,
  };
}

import { z } from 'zod';
import type { RequestRecord } from '../../domain/request.ts';
import { tiedKinds, type WorkspaceRemoval } from '../../domain/workspace-removal.ts';
import { plainName, quoted, type Runs, runs } from './literal.ts';
import { name } from './shapes.ts';

/** A resource in Azure or Studio that is connected to a workspace. */
export const tiedResource = z.strictObject({ kind: z.enum(tiedKinds), name });

/** What happens to each kind when the workspace is deleted. */
const fates = {
  'classic-web-service': 'classic web service · deleted with the workspace; programs that call it will get errors',
  'web-service': 'web service in Azure · stays, but may stop working; delete it in the Azure portal if nobody needs it',
  'commitment-plan': 'commitment plan · stays, and keeps costing money until it is deleted in the Azure portal',
} as const;

/** `“fraud-plan”  commitment plan · stays, …` */
export function tiedRow({ kind, name }: z.output<typeof tiedResource>): { name: Runs; detail: Runs } {
  return { name: quoted(name), detail: runs(`  ${fates[kind]}.`) };
}

/** What else remains after the deletion, in a sentence. */
export function remainsWords(storageAccount: string | null): string {
  const gallery = 'Anything published in the AI Gallery stays there until its author removes it.';
  if (storageAccount === null) return gallery;
  return `Your storage account “${plainName(storageAccount, 40)}” stays, with what the workspace wrote into it. You can clear or delete it in the Azure portal. ${gallery}`;
}

/** How the workspace of this request is deleted, and what that affects. Throws for a request that deletes none. */
export function removalOf({ number, workspace }: RequestRecord): WorkspaceRemoval {
  if (workspace?.removal) return workspace.removal;
  throw new Error(`request ${number} deletes a workspace without a plan`);
}

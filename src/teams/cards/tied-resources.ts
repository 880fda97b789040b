import { z } from 'zod';
import { tiedKinds } from '../../domain/workspace-removal.ts';
import { plainName, quoted, type Runs, runs } from './literal.ts';
import { name } from './shapes.ts';

/** Something tied to a workspace. */
export const tiedResource = z.strictObject({ kind: z.enum(tiedKinds), name });

/** What becomes of each kind when the workspace goes. */
const fates = {
  'classic-web-service': 'classic web service · goes with the workspace; whoever calls it gets errors',
  'web-service': 'web service in Azure · stays, but may stop working; delete it in the Azure portal if nobody needs it',
  'commitment-plan': 'commitment plan · stays, and goes on costing money until it is deleted in the Azure portal',
} as const;

/** `“fraud-plan”  commitment plan · stays, …` */
export function tiedRow({ kind, name }: z.output<typeof tiedResource>): { name: Runs; detail: Runs } {
  return { name: quoted(name), detail: runs(`  ${fates[kind]}.`) };
}

/** What else is left behind, in a sentence. */
export function remainsWords(storageAccount: string | null): string {
  const gallery = 'What somebody published in the AI Gallery stays there until its author removes it.';
  if (storageAccount === null) return gallery;
  return `The storage account “${plainName(storageAccount, 40)}” is yours and stays, with what the workspace wrote into it: clear or delete it in the Azure portal. ${gallery}`;
}

import { z } from 'zod';
import { plainName } from './literal.ts';
import { kind, name } from './shapes.ts';
import { kindWord } from './words.ts';

/** What a hold is on, as cards show it; additional fields are dropped, so that a target can be passed as it is. */
export const heldTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('workspace'), name }),
  z.object({ kind: z.literal('asset'), assetKind: kind, name, workspaceName: name }),
  z.object({
    kind: z.literal('person'),
    objectId: z.string().nullable(),
    name: name.nullable(),
    addresses: z.array(z.string()).readonly(),
  }),
]);

export type HeldTarget = z.output<typeof heldTarget>;

/** "the workspace “Churn Lab”", "Jane Doe (jane@contoso.com)". */
export function heldWords(target: HeldTarget): string {
  switch (target.kind) {
    case 'workspace':
      return `the workspace “${plainName(target.name, 60)}”`;
    case 'asset':
      return `the ${kindWord(target.assetKind)} “${plainName(target.name, 60)}” in “${plainName(target.workspaceName, 60)}”`;
    case 'person':
      return personWords(target);
  }
}

function personWords({ name: known, addresses }: Extract<HeldTarget, { kind: 'person' }>): string {
  const [address, ...others] = addresses;
  const shown =
    address === undefined ? '' : `${plainName(address, 80)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  if (known === null || known === '') return shown === '' ? 'a person' : shown;
  return shown === '' ? plainName(known, 60) : `${plainName(known, 60)} (${shown})`;
}

/** What a hold on it keeps from being deleted, as the subject of a sentence: “Nothing that …”. */
export function coveredWords(target: HeldTarget): string {
  switch (target.kind) {
    case 'workspace':
      return `everything in ${heldWords(target)}, and the workspace itself`;
    case 'asset':
      return `${heldWords(target)} with all its versions, and that workspace as a whole`;
    case 'person':
      return [
        `everything that is or may be of ${heldWords(target)}: assets with this owner, assets without a known owner where they are a member,`,
        'every workspace in which they are a member as a whole, their archives, and what I have recorded of their requests',
      ].join(' ');
  }
}

import { z } from 'zod';
import { assetKinds, assetStatuses } from '../../domain/assets.ts';
import { intentNames, type Slots, unsupportedOperations } from '../../understanding/intents.ts';
import { exceptedOwnersShape, longestSaid, pickShape, sizeShape } from './button-data.ts';

/** Verb of a button that chooses one interpretation of an unclear message; the person continues with exactly that reading. */
export const offeredVerb = 'meant';

/** The longest reading that a button carries, as JSON; a longer one is not offered. */
const longestReading = 2_000;

const name = z.string().min(1).max(300);
const kind = z.enum(assetKinds).exactOptional();
const mentions = z
  .array(z.strictObject({ kind, name, joinedBy: name.exactOptional() }))
  .min(1)
  .max(100);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);

const oneCommand = {
  assets: mentions.exactOptional(),
  workspace: name.exactOptional(),
  workspaceLonger: z.array(name).max(10).exactOptional(),
  data: z.enum(['all', 'customer', 'personal']).exactOptional(),
  subject: name.exactOptional(),
  kind,
  filter: name.exactOptional(),
  request: name.exactOptional(),
  scope: z.enum(['mine', 'approvals', 'team', 'due']).exactOptional(),
  reason: name.exactOptional(),
  all: z.literal(true).exactOptional(),
  except: mentions.exactOptional(),
  dates: z.strictObject({ after: day.exactOptional(), before: day.exactOptional() }).exactOptional(),
  size: sizeShape.exactOptional(),
  pick: pickShape.exactOptional(),
  unused: z.literal(true).exactOptional(),
  owner: name.exactOptional(),
  exceptOwner: exceptedOwnersShape.exactOptional(),
  status: z.enum(assetStatuses).exactOptional(),
  exceptKinds: z.array(z.enum(assetKinds)).max(assetKinds.length).exactOptional(),
  workspaces: z.array(name).min(2).max(20).exactOptional(),
  operation: z.enum(unsupportedOperations).exactOptional(),
  recurrence: z.string().max(100).exactOptional(),
  from: day.exactOptional(),
  until: day.exactOptional(),
  when: name.exactOptional(),
} satisfies Record<Exclude<keyof Slots, 'then'>, z.ZodType>;
const commands = [
  'export.workspace',
  'export.assets',
  'delete.assets',
  'delete.workspace',
  'dsr.erase',
  'dsr.export',
] as const;
const next = z.strictObject({ intent: z.literal(commands), slots: z.strictObject(oneCommand) });
// biome-ignore lint/suspicious/noThenProperty: the word for a second command, and what it holds is data only.
const slots: z.ZodType<Slots> = z.strictObject({ ...oneCommand, then: next.exactOptional() });

/** A reading as the data of a button. The intent `none` means that no offered reading was right. */
const offeredReading = z.strictObject({
  intent: z.enum(intentNames),
  slots,
  /** The original message, where the answer is looked up by its words. */
  text: z.string().max(longestSaid).exactOptional(),
});

export type OfferedReading = z.output<typeof offeredReading>;

/** Parses what such a button sends back into the reading. It grants no more than the same words in a message would. */
export const offeredPress = z
  .strictObject({ reading: z.string().max(longestReading) })
  .transform(({ reading }, context) => {
    try {
      return JSON.parse(reading) as unknown;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(offeredReading);

/** A reading as data of a button; null when it does not fit into one. */
export function encodeReading(reading: OfferedReading): string | null {
  const packed = JSON.stringify(reading);
  return offeredPress.safeParse({ reading: packed }).success ? packed : null;
}

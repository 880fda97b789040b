import { z } from 'zod';
import { assetKinds } from '../domain/assets.ts';

const name = z.string().trim().min(1).max(260);
const noSlots = z.strictObject({});
const kind = z.enum(assetKinds).exactOptional();
const assets = z.strictObject({ assets: z.array(z.strictObject({ kind, name })).min(1).max(20) });
const person = z.strictObject({ subject: name });
const request = z.strictObject({ request: name.exactOptional() });

/**
 * What a language model may answer: a subset of the intents and slots of the embedded reader. It excludes confirming,
 * declining and approving, "all", "except", date ranges, and more than one command.
 */
export const modelAnswer = z.discriminatedUnion('intent', [
  z.strictObject({
    intent: z.literal('export.workspace'),
    slots: z.strictObject({
      workspace: name.exactOptional(),
      data: z.enum(['customer', 'personal', 'all']).exactOptional(),
    }),
  }),
  z.strictObject({ intent: z.literal(['export.assets', 'delete.assets']), slots: assets }),
  z.strictObject({
    intent: z.literal('delete.workspace'),
    slots: z.strictObject({ workspace: name.exactOptional() }),
  }),
  z.strictObject({ intent: z.literal(['dsr.export', 'dsr.erase', 'directory.export']), slots: person }),
  z.strictObject({
    intent: z.literal('list.assets'),
    slots: z.strictObject({ kind, workspace: name.exactOptional(), filter: name.exactOptional() }),
  }),
  z.strictObject({ intent: z.literal(['request.status', 'request.cancel', 'link.renew']), slots: request }),
  z.strictObject({
    intent: z.literal(['list.workspaces', 'account.info', 'request.list', 'ask', 'help', 'greet', 'none']),
    slots: noSlots,
  }),
]);

export type ModelAnswer = z.infer<typeof modelAnswer>;

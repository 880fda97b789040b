import { z } from 'zod';
import { actions } from '../../domain/actions.ts';
import { assetKinds } from '../../domain/assets.ts';
import { scheduledRun } from './scheduled-run.ts';

/** A point in time; samples write it as RFC 3339 text. */
export const moment = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]);

export const name = z.string();
export const count = z.int().nonnegative();
export const kind = z.enum(assetKinds);
const accountType = z.enum(['guest', 'free', 'standard']);
export const role = z.enum(['owner', 'user', 'none']);
export const action = z.enum(actions);

/** Whether the approval request has reached the approvers. */
export const approversKnow = z.enum(['told', 'asking', 'unreached', 'administrators']);

/** Fields of a card that shows a request. Teams refreshes it for the people in `refreshFor`, at most 60. */
export const requestFields = {
  request: z.string().regex(/^DSR-\d+$/u),
  version: z.int().positive(),
  refreshFor: z.array(z.string()).max(60).readonly().default([]),
  /** The schedule of which it is a run. */
  schedule: scheduledRun,
  /** The most bytes of the card, when fewer than usual. */
  mostBytes: z.int().positive().exactOptional(),
};

/** Additional fields are dropped, so that a snapshot can be passed as it is. */
export const workspace = z.object({
  name,
  accountType,
  /** The service's own word for the account type. */
  serviceType: z.string().default(''),
  /** When a guest workspace is purged. */
  expiresAt: moment.nullable().default(null),
});

/** The end of an asset's id, where its name alone is ambiguous. */
const id = z.string().max(20).exactOptional();

/** An asset that is gone, with a note about how. */
export const goneAsset = z.strictObject({
  kind,
  name,
  id,
  sizeBytes: count.nullable().default(null),
  createdAt: moment.nullable().default(null),
  note: z.string().nullable().default(null),
});

export const namedAsset = z.strictObject({ kind, name, id });

export const assetRow = z.strictObject({
  kind,
  name,
  id,
  sizeBytes: count.nullable(),
  createdAt: moment.nullable(),
  owner: z.string(),
  versions: count,
  /** Assets that use this one, as far as Studio reports. */
  dependants: z.array(namedAsset).readonly().default([]),
});

export const kindTotal = z.strictObject({
  kind,
  count,
  sizeBytes: count,
  sizeIncomplete: z.boolean(),
  /** How many of them something else uses; only given where assets are deleted one by one. */
  used: count.exactOptional(),
});

/** An asset, or a file of the workspace itself, with an unexpected result, and which. */
export const exceptionRow = z.strictObject({ kind: z.enum([...assetKinds, 'workspace']), name, note: z.string() });

export const archivePart = z.strictObject({
  part: z.int().positive(),
  sizeBytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Null when the part is no longer in storage. */
  url: z.url({ protocol: /^https?$/u }).nullable(),
});

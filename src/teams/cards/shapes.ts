import { z } from 'zod';
import { assetKinds } from '../../domain/assets.ts';
import { actions } from '../../domain/policy.ts';

/** A point in time; sample files write it as RFC 3339 text. */
export const moment = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))]);

export const name = z.string();
export const count = z.int().nonnegative();
export const kind = z.enum(assetKinds);
const accountType = z.enum(['guest', 'free', 'standard']);
export const role = z.enum(['owner', 'user', 'none']);
export const action = z.enum(actions);

/** How far the approvers know that they are asked. */
export const approversKnow = z.enum(['told', 'asking', 'unreached']);

/** Fields of a card that shows a request, and may be refreshed for the people named (Teams allows 60). */
export const requestFields = {
  request: z.string().regex(/^DSR-\d+$/u),
  version: z.int().positive(),
  refreshFor: z.array(z.string()).max(60).readonly().default([]),
  /** The most bytes that it may have, when fewer than usual. */
  mostBytes: z.int().positive().exactOptional(),
};

/** Fields beyond these are dropped, so that a snapshot can be handed over as it is. */
export const workspace = z.object({
  name,
  accountType,
  /** The service's own word for the account type. */
  serviceType: z.string().default(''),
  /** When a guest workspace is purged. */
  expiresAt: moment.nullable().default(null),
});

/** The end of an asset's id, where its name alone does not tell which is meant. */
const id = z.string().max(20).exactOptional();

/** An asset that is not there any more, with what is to be said of that. */
export const goneAsset = z.strictObject({ kind, name, id, note: z.string().nullable().default(null) });

export const namedAsset = z.strictObject({ kind, name, id });

export const assetRow = z.strictObject({
  kind,
  name,
  id,
  sizeBytes: count.nullable(),
  createdAt: moment.nullable(),
  owner: z.string(),
  versions: count,
  /** Assets that use this one, as far as Studio tells. */
  dependants: z.array(namedAsset).readonly().default([]),
});

export const kindTotal = z.strictObject({
  kind,
  count,
  sizeBytes: count,
  sizeIncomplete: z.boolean(),
  /** How many of them something else uses; only told where they are to be deleted one by one. */
  used: count.exactOptional(),
});

/** An asset, or a file of the workspace itself, that something else than the expected happened to, and what. */
export const exceptionRow = z.strictObject({ kind: z.enum([...assetKinds, 'workspace']), name, note: z.string() });

export const archivePart = z.strictObject({
  part: z.int().positive(),
  sizeBytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Null when storage does not have the part any more. */
  url: z.url({ protocol: /^https?$/u }).nullable(),
});

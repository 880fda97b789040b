import { z } from 'zod';
import type { Anchor } from '../domain/audit-verification.ts';

/** An anchor as JSON. */
export const anchorShape = z.object({
  entry: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  at: z.iso.datetime(),
  signature: z.string().max(4_096).exactOptional(),
});
const anchors = z.union([anchorShape.transform((one) => [one]), z.array(anchorShape)]);

/** The anchors in a text: one as JSON, or a list of them. Null when it is neither. */
export function parseAnchors(text: string): readonly Anchor[] | null {
  try {
    return anchors.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

import { lockChain, lockUnsealed, readEntryHash, readHead } from '../database/audit-entries.ts';
import { readRestorations } from '../database/audit-restoration-rows.ts';
import { appendAudit } from '../database/history.ts';
import { runTransaction } from '../database/transaction.ts';
import { type Restoration, restoredAction } from '../domain/audit-restorations.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import { type SealingServices, sealAll, sealOnto } from './sealer.ts';

/** The record cannot go on from this database. `message` says why, for the person who runs the command. */
export class RestorationError extends Error {
  override readonly name = 'RestorationError';
}

/** Who says that a backup was restored, and under which policy. */
export interface Declaration {
  readonly by: string;
  readonly tenantId: string;
  readonly policyVersion: string;
}

/** Rows that may be written between sealing all and locking the chain. */
const mostWaiting = 10_000;

/**
 * Lets the record go on openly after an older backup was restored: a row of the chain says up to where anchors prove it,
 * which rows are missing, and who said so. It takes the number after the newest anchor, so no number is used twice. Null
 * when the record fits its anchors and nothing has to be said. Throws RestorationError when no anchor fits.
 */
export async function declareRestored(
  services: SealingServices,
  anchors: readonly Anchor[],
  { by, tenantId, policyVersion }: Declaration,
): Promise<Omit<Restoration, 'on' | 'under'> | null> {
  await sealAll(services);
  return runTransaction(services.database.db, services.clock, async (trx) => {
    await lockChain(trx);
    const said = await readRestorations(trx);
    let provenTo = 0;
    for (const { entry, hash } of anchors) {
      if (entry > provenTo && (await readEntryHash(trx, entry)) === hash) provenTo = entry;
    }
    const contradicting = anchors
      .map(({ entry }) => entry)
      .filter((entry) => entry > provenTo)
      .filter((entry) => !said.some((one) => one.provenTo < entry && entry <= one.missingTo));
    if (contradicting.length === 0) return null;
    if (provenTo === 0)
      throw new RestorationError('No anchor fits a row of this database: it is no backup of that record.');
    const head = await readHead(trx);
    const missingTo = Math.max(head.entry, ...contradicting);
    const numbers = { provenTo, endedAt: head.entry, missingTo };
    const at = new Date(services.clock.now());
    const row = { at, tenantId, actor: 'system', action: restoredAction, requestNumber: null, workspaceId: null };
    await appendAudit(trx, { ...row, detail: { ...numbers, by }, policyVersion });
    const own = (await lockUnsealed(trx, mostWaiting)).findLast(({ action }) => action === restoredAction);
    if (own === undefined) throw new RestorationError('Too many rows wait to be sealed. Run it again.');
    await sealOnto(trx, [own], { entry: missingTo, hash: head.hash }, at);
    return numbers;
  });
}

import { addCheckpoint, oldSegment, removeEntriesUpTo } from '../database/audit-checkpoints.ts';
import { lockChain } from '../database/audit-entries.ts';
import type { Database } from '../database/connection.ts';
import { appendAudit } from '../database/history.ts';
import { runTransaction } from '../database/transaction.ts';
import type { AnchorSigner } from '../domain/anchor-signer.ts';
import type { Anchor } from '../domain/audit-verification.ts';
import type { Clock } from '../domain/clock.ts';
import { signHead } from './head-signature.ts';

/** What checkpoints need. */
export interface CheckpointServices {
  readonly database: Pick<Database, 'db'>;
  readonly clock: Clock;
  /** Null without a key: heads are not signed. */
  readonly signer: AnchorSigner | null;
  readonly retention: {
    /** How long audit rows are kept, in milliseconds. */
    readonly auditMs: number;
    /** The version of the policy that is in force. */
    readonly policyVersion: string;
  };
}

/** Entries that leave at a time. */
const segmentSize = 1_000;

/**
 * Removes whole segments of entries that are older than the retention of audit rows; the head of each stays as a
 * checkpoint, signed where there is a key, and a row of the chain says so. Returns how many entries left. Throws the
 * database's error, what the signer throws, and the signal's reason.
 */
export async function removeOldSegments(
  services: CheckpointServices,
  signal?: AbortSignal,
  size = segmentSize,
): Promise<number> {
  const { database, clock, signer, retention } = services;
  const at = new Date(clock.now());
  const before = new Date(clock.now() - retention.auditMs);
  for (let total = 0; ; ) {
    signal?.throwIfAborted();
    const segment = await oldSegment(database.db, before, size);
    if (segment === null) return total;
    const { head, tenantId } = segment;
    const bare: Anchor = { ...head, at: at.toISOString() };
    // Signed before the transaction, which must not wait for another service.
    const signature = signer === null ? {} : { signature: await signHead(signer, 'checkpoint', bare, signal) };
    total += await runTransaction(database.db, clock, async (trx) => {
      await lockChain(trx);
      const current = await oldSegment(trx, before, size);
      if (current?.head.entry !== head.entry) return 0;
      await addCheckpoint(trx, { ...bare, ...signature });
      const { policyVersion } = retention;
      const row = {
        at,
        tenantId,
        actor: 'system',
        action: 'audit.checkpointed',
        requestNumber: null,
        workspaceId: null,
      };
      await appendAudit(trx, { ...row, detail: { entry: head.entry }, policyVersion });
      return removeEntriesUpTo(trx, head.entry);
    });
  }
}

import { readDirectoryExport } from '../../database/directory-exports.ts';
import { appendAudit } from '../../database/history.ts';
import { enqueueCard } from '../../database/outbox-rows.ts';
import { lockRequest, updateRequest } from '../../database/request-rows.ts';
import { storedJson } from '../../database/storable.ts';
import { linksUntil, removalOf } from '../../domain/archive-retention.ts';
import { canSearchForFiles } from '../../domain/directory-export.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { enqueueRemoval } from '../../requests/archive-keeping.ts';
import { backoffReset } from '../../requests/backoff.ts';
import type { Ended } from '../../requests/lease.ts';
import { inTransaction, type RequestServices } from '../../requests/request-services.ts';
import { enqueueCards, type TransitionOptions, transition } from '../../requests/transition.ts';

/** How an export of directory data ended. */
export type DirectoryEnd =
  /** The export is complete; all files can be downloaded. */
  | { readonly kind: 'complete' }
  /** Graph's write access expired first; the files written until then can be downloaded. */
  | { readonly kind: 'cut-off'; readonly files: number }
  /** It is unknown whether Graph was called; the container stays, so that it can be searched for files. */
  | { readonly kind: 'in-doubt' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

/**
 * Ends an export of directory data. Links to files go to the requester's own chat, and the files are removed after the
 * retention; without files the container is removed at once, so that nothing more can be written into it. Throws
 * RunSupersededError.
 */
export async function endDirectoryExport(
  services: RequestServices,
  run: Ended,
  personName: string,
  end: DirectoryEnd,
): Promise<void> {
  const { number } = run;
  const token = run.token === null ? {} : { runToken: run.token };
  switch (end.kind) {
    case 'complete':
      await transition(services, number, finished('succeeded'), {
        ...token,
        ...(await keepContainer(services, number, null, true)),
      });
      return;
    case 'cut-off': {
      const refusal: Refusal = { reason: 'directory-access-ended', name: personName };
      const options =
        end.files > 0 ? await keepContainer(services, number, refusal, true) : dropContainer(services, number, refusal);
      const outcome = end.files > 0 ? 'partly-failed' : 'failed';
      await transition(services, number, finished(outcome), { ...token, ...options });
      return;
    }
    case 'in-doubt': {
      const refusal: Refusal = { reason: 'directory-export-in-doubt', name: personName };
      const options = await keepContainer(services, number, refusal, false);
      await transition(services, number, finished('partly-failed'), { ...token, ...options });
      return;
    }
    case 'stopped': {
      const refusal: Refusal = { reason: 'directory-export-left', name: personName };
      await transition(
        services,
        number,
        { type: 'stopped' },
        { ...token, ...dropContainer(services, number, refusal) },
      );
      return;
    }
    case 'failed':
      await transition(services, number, finished('failed'), {
        ...token,
        ...dropContainer(services, number, end.refusal),
      });
  }
}

function finished(outcome: 'succeeded' | 'partly-failed' | 'failed') {
  return { type: 'finished', outcome } as const;
}

type Options = Pick<TransitionOptions, 'change' | 'also'>;

async function keepContainer(
  services: RequestServices,
  number: number,
  refusal: Refusal | null,
  links: boolean,
): Promise<Options> {
  const now = services.clock.now();
  const { linkLifetimeMs, archiveRetentionMs } = services.settings;
  const askedAt = (await readDirectoryExport(services.database.db, number))?.askedAt ?? new Date(now);
  const removeAfter = removalOf(now, archiveRetentionMs, askedAt);
  return {
    change: {
      ...backoffReset,
      refusal: refusal === null ? null : storedJson(refusal),
      linkExpiresAt: links ? linksUntil(now, linkLifetimeMs, removeAfter) : null,
      removeAfter,
    },
    also: async (trx) => {
      await enqueueCard(trx, number, 'requester', null);
      await enqueueRemoval(services, trx, number, removeAfter);
    },
  };
}

function dropContainer(services: RequestServices, number: number, refusal: Refusal): Options {
  const removeAfter = new Date(services.clock.now());
  return {
    change: { ...backoffReset, removeAfter, refusal: storedJson(refusal) },
    also: (trx) => enqueueRemoval(services, trx, number, removeAfter),
  };
}

/** Records the search of a container whose export has an unknown outcome. Files that were found get links. */
export async function recordSearch(services: RequestServices, number: number, files: number): Promise<void> {
  await inTransaction(services, async (trx) => {
    const now = await lockRequest(trx, number);
    if (!now || !canSearchForFiles(now.record)) return;
    const at = new Date(services.clock.now());
    const links =
      files === 0
        ? {}
        : { linkExpiresAt: linksUntil(at.getTime(), services.settings.linkLifetimeMs, now.record.removeAfter) };
    await updateRequest(trx, number, { verifiedAt: at, updatedAt: at, ...links });
    await appendAudit(trx, {
      at,
      tenantId: now.record.requester.tenantId,
      actor: now.record.requester.objectId,
      policyVersion: services.settings.policy.version,
      action: 'directory.export.searched',
      requestNumber: number,
      workspaceId: null,
      detail: { files },
    });
    await enqueueCards(services, trx, number, ['requester']);
  });
}

import { readDirectoryExport } from '../database/directory-exports.ts';
import { appendAudit } from '../database/history.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { holdRequest, readRequest, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { linksUntil, removalOf } from '../domain/archive-retention.ts';
import { type Person, samePerson } from '../domain/people.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { enqueueRemoval } from './archive-keeping.ts';
import { backoffReset } from './backoff.ts';
import type { Ended } from './lease.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { enqueueCards, type Outcome, type TransitionOptions, transition } from './transition.ts';

/** How an export of directory data ended. */
export type DirectoryEnd =
  /** Everything that Graph wrote can be fetched. */
  | { readonly kind: 'complete' }
  /** Graph's right to write ended first; what it wrote until then can be fetched. */
  | { readonly kind: 'cut-off'; readonly files: number }
  /** Nobody knows whether Graph was asked; its container stays, so that one can look. */
  | { readonly kind: 'in-doubt' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly refusal: Refusal };

/**
 * Ends an export of directory data. What can be fetched goes to the requester's own chat and is removed after the
 * retention; of everything else the container is removed at once, so that nothing more can be written into it.
 * Throws RunSupersededError.
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
        ...(await kept(services, number, null, true)),
      });
      return;
    case 'cut-off': {
      const refusal: Refusal = { reason: 'directory-access-ended', name: personName };
      const options = end.files > 0 ? await kept(services, number, refusal, true) : dropped(services, number, refusal);
      const outcome = end.files > 0 ? 'partly-failed' : 'failed';
      await transition(services, number, finished(outcome), { ...token, ...options });
      return;
    }
    case 'in-doubt': {
      const refusal: Refusal = { reason: 'directory-export-in-doubt', name: personName };
      const options = await kept(services, number, refusal, false);
      await transition(services, number, finished('partly-failed'), { ...token, ...options });
      return;
    }
    case 'stopped': {
      const refusal: Refusal = { reason: 'directory-export-left', name: personName };
      await transition(services, number, { type: 'stopped' }, { ...token, ...dropped(services, number, refusal) });
      return;
    }
    case 'failed':
      await transition(services, number, finished('failed'), { ...token, ...dropped(services, number, end.refusal) });
  }
}

function finished(outcome: 'succeeded' | 'partly-failed' | 'failed') {
  return { type: 'finished', outcome } as const;
}

type Options = Pick<TransitionOptions, 'change' | 'also'>;

async function kept(
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
      link_expires_at: links ? linksUntil(now, linkLifetimeMs, removeAfter) : null,
      remove_after: removeAfter,
    },
    also: async (trx) => {
      await enqueueCard(trx, number, 'requester', null);
      await enqueueRemoval(services, trx, number, removeAfter);
    },
  };
}

function dropped(services: RequestServices, number: number, refusal: Refusal): Options {
  const removeAfter = new Date(services.clock.now());
  return {
    change: { ...backoffReset, remove_after: removeAfter, refusal: storedJson(refusal) },
    also: (trx) => enqueueRemoval(services, trx, number, removeAfter),
  };
}

/** True for a request of which nobody knows whether Graph was asked, while its container is there to be looked into. */
export function canSearchForFiles({ state, refusal, archiveRemovedAt }: RequestRecord): boolean {
  return state === 'partly-failed' && refusal?.reason === 'directory-export-in-doubt' && archiveRemovedAt === null;
}

/** The requester wants to know whether Graph has written something after all: a worker looks, the card tells. */
export async function searchForFiles(services: RequestServices, person: Person, number: number): Promise<Outcome> {
  const request = await readRequest(services.database.db, number);
  if (!request || !samePerson(request.requester, person)) {
    return { result: 'refused', refusal: { reason: 'not-the-requester' }, request };
  }
  if (!canSearchForFiles(request)) {
    return { result: 'refused', refusal: { reason: 'archive-gone', name: requestId(number) }, request };
  }
  await inTransaction(services, (trx) =>
    services.queue.enqueue(trx, 'follow-directory-export', { request: number, poll: 0 }, { key: `follow-${number}` }),
  );
  return { result: 'accepted', request };
}

/** Records that the container of a doubtful export was looked into. Files that were found get links. */
export async function recordSearch(services: RequestServices, number: number, files: number): Promise<void> {
  await inTransaction(services, async (trx) => {
    const now = await holdRequest(trx, number);
    if (!now || !canSearchForFiles(now.record)) return;
    const at = new Date(services.clock.now());
    const links =
      files === 0
        ? {}
        : { link_expires_at: linksUntil(at.getTime(), services.settings.linkLifetimeMs, now.record.removeAfter) };
    await updateRequest(trx, number, { verified_at: at, updated_at: at, ...links });
    await appendAudit(trx, {
      at,
      tenantId: now.record.requester.tenantId,
      actor: now.record.requester.objectId,
      action: 'directory.export.searched',
      requestNumber: number,
      workspaceId: null,
      detail: { files },
    });
    await enqueueCards(services, trx, number, ['requester']);
  });
}

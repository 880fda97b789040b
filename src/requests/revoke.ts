import { type MovedPart, moveParts, readParts, type StoredPart } from '../database/archive-parts.ts';
import { enqueueCard, forgetActivity, lockCardsOf, readRequestersCard } from '../database/outbox-rows.ts';
import { lockRequest, readRequest, requestsOf, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { requestsBeingRevoked } from '../database/sweeps.ts';
import { decide } from '../domain/lifecycle.ts';
import { beginRevocation, type LinkRevocation, type RevocationMethod } from '../domain/link-revocation.ts';
import { type Person, samePerson } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import { isRequestHeld } from './keep-held.ts';
import { retire } from './outbox.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { longestLookMs } from './reviewers.ts';
import {
  enqueueCards,
  lifecycleOf,
  type Outcome,
  RunSupersededError,
  type TransitionOptions,
  transition,
  transitionIn,
} from './transition.ts';

/** The requests whose links a person can mean. */
export type RevocationTarget =
  | { readonly kind: 'none' | 'unknown' }
  | { readonly kind: 'one'; readonly request: RequestRecord }
  | { readonly kind: 'several'; readonly requests: readonly RequestRecord[] };

/** How many archives are looked for when no request is named. */
const mostAsked = 10;

/**
 * Finds the request whose links are to be revoked: the person's own one with this number, or without a number their only
 * one with an archive. A request of somebody else is as unknown as one that does not exist.
 */
export async function revocationTarget(
  services: RequestServices,
  person: Person,
  number: number | null,
): Promise<RevocationTarget> {
  const { db } = services.database;
  if (number !== null) {
    const request = await readRequest(db, number);
    return request && samePerson(request.requester, person) ? { kind: 'one', request } : { kind: 'unknown' };
  }
  const requests = await requestsOf(db, person, mostAsked, 'with-archive');
  const [first, second] = requests;
  if (!first) return { kind: 'none' };
  return second ? { kind: 'several', requests } : { kind: 'one', request: first };
}

/**
 * Carries out the press that revokes the links of a request. The request's card is posted again, at the end of the
 * chat, so that the message with the old links is replaced and the new ones are seen.
 */
export async function revokeLinks(
  services: RequestServices,
  person: Person,
  request: Pick<RequestRecord, 'number' | 'requester'>,
  pressed: { readonly version: number; readonly method: RevocationMethod },
  options: TransitionOptions,
): Promise<Outcome> {
  const { version, method } = pressed;
  const { number } = request;
  const signal = AbortSignal.timeout(longestLookMs);
  const held = method === 'remove' && (await isRequestHeld(services, request, signal));
  const at = new Date(services.clock.now());
  return transition(
    services,
    number,
    { type: 'links-revoked', by: person, version, method, held },
    {
      ...options,
      change: {
        revocation: storedJson(beginRevocation(method, services.newToken())),
        ...(method === 'remove' ? { removeAfter: at } : {}),
      },
      detail: { method },
      also: async (trx) => {
        await enqueueCard(trx, number, 'requester', null);
        await lockCardsOf(trx, number);
        const card = await readRequestersCard(trx, number);
        // While Teams is being called for it, its message stays the current one.
        if (card === null || card.sendingSince !== null) return;
        await retire(services, trx, number, card.conversationId, card.activityId, at);
        await forgetActivity(trx, card.id);
      },
    },
  );
}

/** Which revocation of which request somebody works for. */
export interface RevocationBegun {
  readonly request: Pick<RequestRecord, 'number'>;
  readonly revocation: Pick<LinkRevocation, 'attempt'>;
}

/** A request whose links are being revoked, with the parts of its archive; null when none are any more. */
export interface RevocationWork {
  readonly request: RequestRecord;
  readonly revocation: LinkRevocation;
  readonly parts: readonly StoredPart[];
}

/** What a worker needs to go on with a revocation; null when there is nothing to do. */
export async function revocationWork(services: RequestServices, number: number): Promise<RevocationWork | null> {
  const { db } = services.database;
  const request = await readRequest(db, number);
  if (!request?.revocation || request.archiveRemovedAt !== null) return null;
  return { request, revocation: request.revocation, parts: await readParts(db, number) };
}

/**
 * Records where the verified copies are, all in one transaction, and that what was there before is to be deleted. From
 * then on no new link opens an old blob. Throws RunSupersededError when the revocation has become another one.
 */
export async function recordCopies(
  services: RequestServices,
  { request: { number }, revocation: { attempt }, parts }: RevocationWork,
  moved: readonly MovedPart[],
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    const now = held?.record ?? null;
    const decision = now === null ? null : decide(lifecycleOf(now), { type: 'links-renamed' });
    if (!decision?.accepted || now?.revocation?.attempt !== attempt) throw superseded(number);
    await moveParts(trx, number, moved);
    const replaced = parts.map(({ blobName }) => blobName);
    const revocation: LinkRevocation = { ...now.revocation, stage: 'deleting', replaced, trouble: null };
    await updateRequest(trx, number, { revocation: storedJson(revocation) });
    await enqueueCards(services, trx, number, ['requester']);
  });
}

/** Records that what the old links opened was seen to be gone. Throws RunSupersededError as `recordCopies` does. */
export async function recordLinksReplaced(
  services: RequestServices,
  { request: { number }, revocation: { attempt } }: RevocationBegun,
): Promise<void> {
  const at = new Date(services.clock.now());
  const change = { revocation: null, linksSince: at, linksRevokedAt: at };
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (held?.record.revocation?.attempt !== attempt) throw superseded(number);
    const outcome = await transitionIn(services, trx, number, { type: 'links-replaced' }, { change });
    if (outcome.result === 'refused') throw superseded(number);
  });
}

/** Records, for the card, what hinders a revocation at the moment; nothing when it has ended or become another one. */
export async function recordRevocationTrouble(
  services: RequestServices,
  { request: { number }, revocation: { attempt } }: RevocationBegun,
  trouble: string,
): Promise<void> {
  await inTransaction(services, async (trx) => {
    const revocation = (await lockRequest(trx, number))?.record.revocation ?? null;
    if (revocation?.attempt !== attempt || revocation.trouble === trouble) return;
    await updateRequest(trx, number, { revocation: storedJson({ ...revocation, trouble }) });
    await enqueueCards(services, trx, number, ['requester']);
  });
}

/**
 * Enqueues again the jobs of all revocations that have none waiting, since a crash may have lost them. `alone`: no other
 * process shares the database, so a job that counts as active was left by a process that died. A second job beside an
 * active one does no harm: every step may be repeated. A revocation whose archive is removed is recorded as done.
 */
export async function resumeRevocations(services: RequestServices, alone: boolean): Promise<number> {
  const numbers = await requestsBeingRevoked(services.database.db);
  for (const number of numbers) {
    await inTransaction(services, async (trx) => {
      const { revocation = null, archiveRemovedAt = null } = (await lockRequest(trx, number))?.record ?? {};
      if (revocation === null) return;
      // A release that knew no revocations has removed the archive: no link works any more.
      if (archiveRemovedAt !== null) {
        await updateRequest(trx, number, { revocation: null, linksRevokedAt: archiveRemovedAt });
        return enqueueCards(services, trx, number);
      }
      const removing = revocation.stage === 'removing';
      // The sweep removes what is due by itself; and the job of the ordinary end of an archive always waits.
      if (removing && !alone) return;
      const job = removing ? 'remove-archive' : 'replace-links';
      if (alone) await services.queue.forgetActive(trx, job, { request: number });
      if (!removing && (await services.queue.isWaiting(trx, job, { request: number }))) return;
      await services.queue.enqueue(trx, job, { request: number }, { key: `links-${number}` });
    });
  }
  return numbers.length;
}

function superseded(number: number): RunSupersededError {
  return new RunSupersededError(`the revocation of the links of request ${number} has ended or become another one`);
}

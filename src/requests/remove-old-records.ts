import { removeCodes } from '../database/address-code-rows.ts';
import { removeAddressChanges } from '../database/address-rows.ts';
import type { Connection } from '../database/connection.ts';
import { removeDeputyships } from '../database/deputy-rows.ts';
import { nothingHeld } from '../database/held-requests.ts';
import { appendAudit } from '../database/history.ts';
import { removeOldHolds } from '../database/hold-rows.ts';
import { countOutcomes, type ResultCounts } from '../database/request-assets.ts';
import { lockRequest } from '../database/request-rows.ts';
import * as rows from '../database/retention-rules.ts';
import { removeOldSchedules } from '../database/schedule-rows.ts';
import { removalActions } from '../domain/audit-removals.ts';
import type { Refusal } from '../domain/refusals.ts';
import { finalStates } from '../domain/request.ts';
import { day, defaultRetention } from '../domain/retention.ts';
import { heldRecords } from './keep-held.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { configuredPlaces } from './review-conversations.ts';

/** How long the limits of a host are kept without use; after that they are determined again. */
const hostLimitsMs = 30 * day;

/** How long codes are kept: longer than any limit counts them. */
const codesMs = 2 * day;

/** Rows per statement: few enough that its locks block nobody for long. */
const rowsPerBatch = 2_000;

/** Requests per batch. */
const requestsPerBatch = 100;

/** The number of rows that a sweep removed, by kind. */
export type Removed = Readonly<Record<string, number>>;

/**
 * Removes everything that is past its retention, in small batches of separate transactions, so that it can be
 * interrupted at any time and continues at the next sweep. Open requests, and ended ones whose archive still exists or
 * that are being retried, keep everything, and so does what a legal hold covers, until it is lifted. Throws the signal's reason.
 */
export async function removeOldRecords(services: RequestServices, signal: AbortSignal): Promise<Removed> {
  const { database, clock, settings } = services;
  const { db } = database;
  const { requestsMs, namesMs, auditMs, peopleMs } = settings.retention ?? defaultRetention;
  const before = (age: number) => new Date(clock.now() - age);
  const limits: rows.RetentionLimits = {
    requests: before(requestsMs),
    names: before(namesMs),
    audit: startOfDay(before(auditMs)),
    people: before(peopleMs),
    hosts: before(hostLimitsMs),
    held: nothingHeld,
  };
  // Read for each batch, since a hold may be placed meanwhile.
  const fresh = async () => ({ ...limits, held: await heldRecords(services, signal) });
  const all = (remove: () => Promise<number>) => untilDone(remove, signal);
  return {
    orphanedAssets: await all(() => rows.removeOrphanedAssets(db, rowsPerBatch)),
    names: await forgetNamesOf(services, fresh, signal),
    requests: await all(async () => {
      const now = await fresh();
      return inTransaction(services, (trx) => rows.removeRequests(trx, now, requestsPerBatch));
    }),
    schedules: await all(async () => removeOldSchedules(db, limits.names, (await fresh()).held.people, rowsPerBatch)),
    addressChanges: await all(async () =>
      removeAddressChanges(db, limits.names, (await fresh()).held.people, rowsPerBatch),
    ),
    deputyships: await all(async () => removeDeputyships(db, limits.names, (await fresh()).held.people, rowsPerBatch)),
    addressCodes: await all(() => removeCodes(db, before(codesMs), rowsPerBatch)),
    holds: await all(() => removeOldHolds(db, limits, rowsPerBatch)),
    audit: await removeOldAudit(services, fresh, signal),
    people: await all(async () => rows.removePeople(db, await fresh(), rowsPerBatch)),
    conversations: await all(() => rows.removeConversations(db, limits, configuredPlaces(services), rowsPerBatch)),
    hosts: await all(() => rows.removeHosts(db, limits, rowsPerBatch)),
  };
}

/** The cut-off moments, with what legal holds keep now. */
type FreshLimits = () => Promise<rows.RetentionLimits>;

/** Repeats a step until it finds nothing more. */
async function untilDone(remove: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const removed = await remove();
    if (removed === 0) return total;
    total += removed;
  }
}

async function forgetNamesOf(services: RequestServices, fresh: FreshLimits, signal: AbortSignal): Promise<number> {
  const { db } = services.database;
  return untilDone(async () => {
    const due = await rows.requestsToAnonymise(db, await fresh(), requestsPerBatch);
    for (const number of due) await forgetNamesOfOne(services, number, signal);
    return due.length;
  }, signal);
}

/**
 * First the counts of the results are stored with the request, then its rows are deleted, so that a crash in between
 * loses no count.
 */
async function forgetNamesOfOne(services: RequestServices, number: number, signal: AbortSignal): Promise<void> {
  const { db } = services.database;
  const summary = await summaryOf(db, number);
  await recordRemoval(services, await rows.tenantWithAuditNames(db, number), removalActions.names, number, {});
  await untilDone(() => rows.eraseAuditNames(db, number, rowsPerBatch), signal);
  await inTransaction(services, async (trx) => {
    const held = await lockRequest(trx, number);
    if (!held || !finalStates.has(held.record.state)) return;
    await rows.eraseNames(trx, number, summary, new Date(services.clock.now()));
  });
  // Without a valid snapshot these rows are orphans, which the next sweep would also find; here they need no search.
  await untilDone(() => rows.removeAssets(db, number, rowsPerBatch), signal);
}

/**
 * Midnight before, in UTC: so a removal from the record is recorded once a day and not at every sweep, and the trigger
 * that looks for it has few rows to compare.
 */
function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
}

async function removeOldAudit(services: RequestServices, fresh: FreshLimits, signal: AbortSignal): Promise<number> {
  const { db } = services.database;
  const limits = await fresh();
  const detail = { before: limits.audit.toISOString() };
  await recordRemoval(services, await rows.tenantWithOldAudit(db, limits), removalActions.rows, null, detail);
  const removed = await untilDone(async () => rows.removeAudit(db, await fresh(), rowsPerBatch), signal);
  await rows.removePseudonyms(db);
  return removed;
}

/** Records that parts of the record are removed, before they are; nothing when there are none (`tenantId` is null). */
async function recordRemoval(
  { database, clock, settings }: RequestServices,
  tenantId: string | null,
  action: string,
  requestNumber: number | null,
  detail: object,
): Promise<void> {
  if (tenantId === null) return;
  const at = new Date(clock.now());
  const policyVersion = settings.policy.version;
  await appendAudit(database.db, {
    at,
    tenantId,
    actor: 'system',
    action,
    requestNumber,
    workspaceId: null,
    detail,
    policyVersion,
  });
}

async function summaryOf(db: Connection, number: number): Promise<Refusal> {
  const { exported, deleted } = await countOutcomes(db, number);
  const phrases = [...inNumbers(exported, 'exported', ['done']), ...inNumbers(deleted, 'deleted', ['done', 'gone'])];
  return { reason: 'names-forgotten', detail: phrases.length === 0 ? '' : `${phrases.join(', ')}.` };
}

function inNumbers(counts: ResultCounts, verb: string, good: readonly string[]): string[] {
  let done = 0;
  let others = 0;
  for (const [result, count] of counts) {
    if (result === null) continue;
    if (good.includes(result)) done += count;
    else others += count;
  }
  return [...(done > 0 ? [`${done} ${verb}`] : []), ...(others > 0 ? [`${others} not ${verb}`] : [])];
}

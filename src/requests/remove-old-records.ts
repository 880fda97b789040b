import type { Connection } from '../database/connection.ts';
import { countOutcomes, type ResultCounts } from '../database/request-assets.ts';
import { holdRequest } from '../database/request-rows.ts';
import * as rows from '../database/retention-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import { finalStates } from '../domain/request.ts';
import { day, usualRetention } from '../domain/retention.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** What is known of a host is of no use after so long; it is asked anew. */
const hostsMs = 30 * day;

/** Rows that one statement removes: few enough that nobody waits for its locks. */
const together = 2_000;

/** Requests that one step looks up or removes. */
const requestsTogether = 100;

/** What a sweep removed, by kind of row. */
export type Removed = Readonly<Record<string, number>>;

/**
 * Removes everything that is older than it may become, in small batches of their own transactions, so that it can be
 * interrupted at any time and goes on at the next sweep. Open requests, and ended ones whose archive is still there or
 * that are being tried again, keep everything. Throws the signal's reason.
 */
export async function removeOldRecords(services: RequestServices, signal: AbortSignal): Promise<Removed> {
  const { database, clock, settings } = services;
  const { db } = database;
  const { requestsMs, namesMs, auditMs, peopleMs } = settings.retention ?? usualRetention;
  const before = (age: number) => new Date(clock.now() - age);
  const limits: rows.RetentionLimits = {
    requests: before(requestsMs),
    names: before(namesMs),
    audit: before(auditMs),
    people: before(peopleMs),
    hosts: before(hostsMs),
  };
  const all = (remove: () => Promise<number>) => untilDone(remove, signal);
  return {
    orphanedAssets: await all(() => rows.removeOrphanedAssets(db, together)),
    names: await forgetNamesOf(services, limits, signal),
    requests: await all(() => inTransaction(services, (trx) => rows.removeRequests(trx, limits, requestsTogether))),
    audit: await all(() => rows.removeAudit(db, limits, together)),
    people: await all(() => rows.removePeople(db, limits, together)),
    conversations: await all(() => rows.removeConversations(db, limits, settings.approvalConversationId, together)),
    hosts: await all(() => rows.removeHosts(db, limits, together)),
  };
}

/** Repeats a step until it finds nothing more. */
async function untilDone(remove: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const removed = await remove();
    if (removed === 0) return total;
    total += removed;
  }
}

async function forgetNamesOf(
  services: RequestServices,
  limits: rows.RetentionLimits,
  signal: AbortSignal,
): Promise<number> {
  const { db } = services.database;
  return untilDone(async () => {
    const due = await rows.requestsToAnonymise(db, limits, requestsTogether);
    for (const number of due) await forgetNamesOfOne(services, number, signal);
    return due.length;
  }, signal);
}

/** First the request says in numbers what it came to, then its rows go: a crash in between loses no number. */
async function forgetNamesOfOne(services: RequestServices, number: number, signal: AbortSignal): Promise<void> {
  const { db } = services.database;
  const summary = await summaryOf(db, number);
  await untilDone(() => rows.forgetAuditNames(db, number, together), signal);
  await inTransaction(services, async (trx) => {
    const held = await holdRequest(trx, number);
    if (!held || !finalStates.has(held.record.state)) return;
    await rows.forgetNames(trx, number, summary, new Date(services.clock.now()));
  });
  // Without a snapshot that counts they are orphans; here they need not be looked for.
  await untilDone(() => rows.removeAssets(db, number, together), signal);
}

async function summaryOf(db: Connection, number: number): Promise<Refusal> {
  const { exported, deleted } = await countOutcomes(db, number);
  const told = [...inNumbers(exported, 'exported', ['done']), ...inNumbers(deleted, 'deleted', ['done', 'gone'])];
  return { reason: 'names-forgotten', detail: told.length === 0 ? '' : `${told.join(', ')}.` };
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

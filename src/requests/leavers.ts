import { accountsWithWork } from '../database/account-rows.ts';
import { lockOpenRequests, openRequestNumbers, readRequest } from '../database/request-rows.ts';
import { schedulesOf } from '../database/schedule-rows.ts';
import { storedJson } from '../database/storable.ts';
import type { Account } from '../domain/people.ts';
import type { Refusal } from '../domain/refusals.ts';
import { isDirectoryFailure, type ServiceFailure } from '../domain/service-failure.ts';
import { endDeputyshipsOf } from './deputyships.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { changeSchedule } from './schedule-changes.ts';
import { transitionIn } from './transition.ts';

/** More than anybody may have open. */
const mostOpen = 1_000;

/** The most schedules of one person. */
const mostSchedules = 100;

/** How long the question whether an account is active may take, in milliseconds. */
const longestLookMs = 60_000;

/**
 * Whether the account of a person is disabled or no longer in the tenant, as the directory says now. False where accounts
 * are not checked. Throws ServiceFailure when the directory does not say.
 */
export async function hasLeft(
  { accounts }: Pick<RequestServices, 'accounts'>,
  { objectId }: Pick<Account, 'objectId'>,
  signal: AbortSignal = AbortSignal.timeout(longestLookMs),
): Promise<boolean> {
  return accounts !== undefined && !(await accounts.isActive(objectId, signal));
}

/**
 * Withdraws all that a person asked for when they have left: what waits ends, what runs is stopped like by themselves, so
 * that it goes to its safe end, schedules and deputyships end, and the administrators are told. True when the person has left. Throws
 * ServiceFailure when the directory does not say.
 */
export async function withdrawIfLeft(
  services: RequestServices,
  account: Account,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await hasLeft(services, account, signal))) return false;
  await withdrawAll(services, account);
  return true;
}

/** Everything changes in one transaction, with the job that tells the administrators. */
async function withdrawAll(services: RequestServices, account: Account): Promise<void> {
  const { tenantId, objectId } = account;
  const refusal = storedJson({ reason: 'requester-left' } satisfies Refusal);
  await inTransaction(services, async (trx) => {
    await lockOpenRequests(trx, account);
    const requests: number[] = [];
    for (const number of await openRequestNumbers(trx, account, mostOpen)) {
      const request = await readRequest(trx, number);
      if (request === null || request.stopRequested) continue;
      const event = { type: 'cancelled', by: request.requester, version: null } as const;
      const detail = { because: 'requester-left' };
      const outcome = await transitionIn(services, trx, number, event, { change: { refusal }, detail });
      if (outcome.result === 'accepted') requests.push(number);
    }
    const schedules: number[] = [];
    for (const { number } of await schedulesOf(trx, account, 'active', mostSchedules)) {
      const change = await changeSchedule(services, trx, number, { type: 'left' }, null);
      if (change.result === 'accepted') schedules.push(number);
    }
    // Both people of a deputyship read of its end by themselves.
    await endDeputyshipsOf(services, trx, account);
    if (requests.length + schedules.length === 0) return;
    await services.queue.enqueue(trx, 'tell-administrators', { account: { tenantId, objectId }, requests, schedules });
  });
}

/** The most people whose accounts one sweep checks. */
const mostChecked = 2_000;

/** After so many transient failures of the directory a sweep ends; a permanent one concerns only its account. */
const mostUnanswered = 5;

/**
 * Checks the account of everybody who has an unfinished request, a schedule or a part in a deputyship, and withdraws what those who have left
 * asked for. Returns how many had. An account of which the directory does not say keeps no other from being checked; the
 * sweep throws its ServiceFailure in the end, or when too many of them were transient.
 */
export async function withdrawLeavers(services: RequestServices, signal: AbortSignal): Promise<number> {
  if (services.accounts === undefined) return 0;
  let left = 0;
  const failures: ServiceFailure[] = [];
  for (const account of await accountsWithWork(services.database.db, mostChecked)) {
    try {
      if (await withdrawIfLeft(services, account, signal)) left += 1;
    } catch (error) {
      if (!isDirectoryFailure(error)) throw error;
      failures.push(error);
      if (failures.filter(({ transient }) => transient).length >= mostUnanswered) break;
    }
  }
  if (failures.length > 0) throw failures[0];
  return left;
}

import { readRequestFacts } from '../database/request-rows.ts';
import { type Asset, assetFingerprint } from '../domain/assets.ts';
import {
  type AskForClearance,
  assetSubject,
  type Check,
  type Clearance,
  type ClearanceDenial,
  ClearanceExpired,
  directorySubject,
  issueClearance,
  workspaceSubject,
} from '../domain/clearance.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestAsset, RequestRecord } from '../domain/request.ts';
import { isApproved } from '../domain/reviews.ts';
import { approvalsIn } from '../domain/votes.ts';
import type { WorkspaceRemoval } from '../domain/workspace-removal.ts';
import type { Run } from '../requests/lease.ts';
import { withdrawIfLeft } from '../requests/leavers.ts';
import { RecentAnswers } from '../requests/recent-answers.ts';
import {
  forgetReviewers,
  knowsOwners,
  knowsReviewerGroups,
  readOwners,
  readReviewerGroups,
  reviewsOfRequest,
  validVotes,
} from '../requests/reviewers.ts';
import { readRolesForPolicy } from '../requests/role-members.ts';
import { see, type VisibleWorkspace } from '../requests/visible-workspaces.ts';
import { holdChecks } from './hold-checks.ts';
import { checkPermission, refusalNow } from './permission.ts';
import { logRefusal } from './refusal-log.ts';
import { CachedQuery, CoalescedQuery } from './shared-answer.ts';
import type { WorkflowServices } from './workflow-services.ts';

/**
 * Time to live of a clearance, in milliseconds: how old the results of its checks may be when the call is sent. The
 * concurrency limiter sends such calls first, so they mostly go out at once; the limit matters for hosts that ask for a
 * pause.
 */
const goodForMs = 30_000;

/** How old the answer may be that the requester's account is active, in milliseconds. */
const freshAccountMs = 20_000;

/**
 * Fencing checks: whether a run still holds the lease on its request, no stop was requested, and it has the approvals
 * that it needs, of people who may still give them. Each reads the database anew; concurrent callers share one query.
 * `reviewers` reads whether the requester has left, and who owns the workspace and who is in groups, where they approve,
 * and comes first: `lease` calls no service, since it is run again in a slot of the concurrency limiter.
 */
function leaseChecks(
  services: WorkflowServices,
  run: Run,
  signal: AbortSignal,
): { readonly reviewers: Check; readonly lease: Check } {
  const { db } = services.database;
  forgetReviewers(services, run.request);
  const facts = new CoalescedQuery(async () => {
    const now = await readRequestFacts(db, run.number);
    return now && { ...now, votes: await validVotes(services, db, run.request, now.votes) };
  });
  const isApprovedBy = ({ approvalsNeeded, votes }: NonNullable<Awaited<ReturnType<typeof facts.get>>>) =>
    isApproved(reviewsOfRequest({ ...run.request, approvalsNeeded }), approvalsIn(votes));
  const lease: Check = async () => {
    if (!knowsOwners(services, run.request)) throw new ClearanceExpired('who owns the workspace was read too long ago');
    const now = await facts.get();
    if (now === null || now.state !== 'running' || now.runToken !== run.token) return { kind: 'superseded' };
    if (now.stopRequested) return { kind: 'stopped' };
    if (isApprovedBy(now)) return null;
    if (!knowsReviewerGroups(services, run.request)) {
      throw new ClearanceExpired('who is in a group was read too long ago');
    }
    return { kind: 'not-allowed', refusal: unapproved(run.request) };
  };
  const account = new RecentAnswers<boolean>(freshAccountMs);
  const isGone = () => withdrawIfLeft(services, run.request.requester, signal);
  const reviewers: Check = async () => {
    // Withdrawing has requested the stop that ends the run.
    if (await account.get('requester', services.clock, isGone, signal)) return { kind: 'stopped' };
    await readOwners(services, run.request, signal);
    try {
      await readReviewerGroups(services, run.request, signal);
    } catch (error) {
      // The approvals of people whom the settings name themselves may be enough.
      const now = await facts.get();
      if (now !== null && !isApprovedBy(now)) throw error;
    }
    return null;
  };
  return { reviewers, lease };
}

function unapproved({ workspace }: RequestRecord): Refusal {
  return {
    reason: 'no-longer-allowed',
    name: workspace?.name ?? '',
    detail: 'An approval that it needs is missing, or was given by somebody who may not approve any more.',
  };
}

/**
 * Returns a function that creates, for each asset of a run, the request for its clearance. Concurrent deletions share
 * the results of checks.
 */
export function assetClearances(
  services: WorkflowServices,
  run: Run,
  signal: AbortSignal,
): (asset: RequestAsset, knownDenial: () => ClearanceDenial | null) => AskForClearance {
  const { source, clock } = services;
  const { request } = run;
  const workspaceId = request.workspace?.id ?? '';
  const workspaceNow = new CachedQuery(clock, () => see(services, request.requester, workspaceId, signal, 'now'));
  const { reviewers, lease } = leaseChecks(services, run, signal);
  const holdChecksOfCall = holdChecks(services, request, signal);
  // Logged once per run, however many assets are refused.
  let isLogged = false;
  const logOnce = (refusal: Refusal): void => {
    if (!isLogged) logRefusal(services, request, refusal);
    isLogged = true;
  };
  return ({ asset }, knownDenial) =>
    (unanswered) => {
      let now: Asset | null = null;
      let seen: VisibleWorkspace | null = null;
      const holds = holdChecksOfCall();
      const present: Check = async () => {
        now = await source.find(workspaceId, asset, signal);
        return now === null ? { kind: 'gone' } : null;
      };
      const known: Check = async () => knownDenial();
      const unchanged: Check = async () =>
        now !== null && assetFingerprint(now) === assetFingerprint(asset) ? null : { kind: 'changed' };
      const held: Check = () => holds.held(async () => seen?.members ?? [], now);
      const allowed: Check = async () => {
        await readRolesForPolicy(services, signal);
        seen = await workspaceNow.get();
        const refusal = refusalNow(services, request, seen, source.usesOwnRights(asset));
        if (refusal === null) return null;
        logOnce(refusal);
        return { kind: 'not-allowed', refusal };
      };
      // An asset that an earlier call may have deleted is looked up even after a stop, so that it is not reported as
      // kept.
      const first = unanswered ? [present, known] : [known, present, known];
      const checks = [...first, unchanged, allowed, held, reviewers];
      const lastChecks = [lease, holds.unchanged];
      return issueClearance({ subject: assetSubject(workspaceId, asset), checks, lastChecks, goodForMs }, clock);
    };
}

/** Checks whether a whole workspace may still be deleted. Throws NotCleared, and what the checks throw. */
export function workspaceClearance(
  services: WorkflowServices,
  run: Run,
  { id, removal }: { readonly id: string; readonly removal: WorkspaceRemoval },
  hasChanged: (request: RequestRecord) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Clearance> {
  const { reviewers, lease } = leaseChecks(services, run, signal);
  const unchanged: Check = async () => ((await hasChanged(run.request)) ? { kind: 'changed' } : null);
  const allowed: Check = async () => {
    const refusal = await checkPermission(services, run.request, signal);
    return refusal === null ? null : { kind: 'not-allowed', refusal };
  };
  const holds = holdChecks(services, run.request, signal)();
  const membersNow = async () => (await see(services, run.request.requester, id, signal, 'now'))?.members ?? [];
  const held: Check = () => holds.held(membersNow, null);
  const checks = [reviewers, lease, unchanged, allowed, held, reviewers, lease];
  const call = { subject: workspaceSubject(id, removal), checks, lastChecks: [lease, holds.unchanged], goodForMs };
  return issueClearance(call, services.clock);
}

/**
 * Checks whether the export of a person's directory data may still be started. Throws NotCleared, and what the checks
 * throw.
 */
export function directoryClearance(
  services: WorkflowServices,
  run: Run,
  personId: string,
  isAdministrator: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<Clearance> {
  const { reviewers, lease } = leaseChecks(services, run, signal);
  const allowed: Check = async () => {
    if (await isAdministrator()) return null;
    const refusal: Refusal = { reason: 'not-an-administrator' };
    logRefusal(services, run.request, refusal);
    return { kind: 'not-allowed', refusal };
  };
  const call = {
    subject: directorySubject(personId),
    checks: [allowed, reviewers, lease],
    lastChecks: [lease],
    goodForMs,
  };
  return issueClearance(call, services.clock);
}

import { readFromContents, readPartFacts } from '../database/archive-parts.ts';
import { readDirectoryExport, readDirectoryFiles } from '../database/directory-exports.ts';
import { type Audience, readDeliveryStates } from '../database/outbox-rows.ts';
import { countOutcomes, type ResultCounts, readAssets, readAssetsWith } from '../database/request-assets.ts';
import { readRequest, requestsAwaitingApproval, requestsOf } from '../database/request-rows.ts';
import { readSchedule } from '../database/schedule-rows.ts';
import { readLatestVotes, readVotes } from '../database/vote-rows.ts';
import { concernsPerson } from '../domain/actions.ts';
import type { DirectoryExport, DirectoryFile } from '../domain/directory-export.ts';
import { isNamedIn, type Person, samePerson } from '../domain/people.ts';
import {
  type ArchivePart,
  type AssetResult,
  finalStates,
  type PendingChoice,
  type RequestAsset,
  type RequestRecord,
} from '../domain/request.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { CountedVote, Vote } from '../domain/votes.ts';
import { type WorkspaceProblem, workspaceProblemsIn } from '../domain/workspace-problems.ts';
import type { RequestServices } from './request-services.ts';
import { type RetryFacts, retryFacts } from './retry.ts';
import { reviewPlaces } from './review-conversations.ts';
import { knowsOwners, longestLookMs, mayReview, readOwners, triedReviewers, validVotes } from './reviewers.ts';
import { entriesOfSettings, peopleIn, readGroups } from './role-members.ts';

/** A request with the data of all its cards; its assets are read page by page. */
export interface RequestReport {
  readonly request: RequestRecord;
  readonly parts: readonly ArchivePart[];
  /** The files of the workspace itself that are missing from the archive. */
  readonly workspaceProblems: readonly WorkspaceProblem[];
  /** Empty until the run has ended, like the other counts. */
  readonly exportCounts: ResultCounts;
  readonly deleteCounts: ResultCounts;
  /** Assets whose deletion was sent but not answered: they may or may not be deleted. */
  readonly unsettled: number;
  /** The export of directory data and its progress; null for every other request. */
  readonly directory: DirectoryExport | null;
  /** The schedule of which the request is a run, as it is now; null for every other request. */
  readonly schedule: Schedule | null;
  /** Whether what failed can be retried. */
  readonly retry: RetryFacts;
  /** Audiences whose card could not be delivered for a while, or was given up. */
  readonly unreached: readonly Audience[];
  /** The votes so far while it waits for more, and those that ended it. */
  readonly votes: readonly Vote[];
  /** Of these votes, while it waits for more, those that count now. */
  readonly counted: readonly CountedVote[];
  /** Whether the reviewers have a card of it: to decide about it, or to be able to stop it. */
  readonly isShownToReviewers: boolean;
  /** The shared conversations in which its reviewers are asked or told. */
  readonly reviewedIn: readonly string[];
  /** Whether the administrators were told that none of its reviewers is reached. */
  readonly administratorsTold: boolean;
  /** Whether the approvers' newest card was delivered. */
  readonly approversNotified: boolean;
}

/** A list of a request's assets: all in the preview, or those whose export or deletion had certain results. */
export type AssetList = 'shown' | keyof typeof outcomes;

const outcomes = {
  'not-exported': { step: 'exported', results: ['gone', 'changed', 'incomplete', 'failed'] },
  deleted: { step: 'deleted', results: ['done', 'gone'] },
  'not-deleted': { step: 'deleted', results: ['changed', 'incomplete', 'failed', 'kept'] },
} as const satisfies Record<string, { step: 'exported' | 'deleted'; results: readonly AssetResult['result'][] }>;

/** Everything about one request that a card may show; null when there is no such request. */
export async function reportRequest(services: RequestServices, number: number): Promise<RequestReport | null> {
  const { db } = services.database;
  const request = await readRequest(db, number);
  if (!request) return null;
  // Counting reads every row, so it is done only when the counts are final.
  const ended = request.startedAt !== null && finalStates.has(request.state);
  const counts = ended ? await countOutcomes(db, number) : null;
  const counted = await countedVotes(services, request);
  const reached = await readDeliveryStates(db, number);
  // Reviewers may have several cards; they are reached when one of them is. Who is only told of it is none of them.
  const asked = reached.filter(({ toldAs }) => toldAs === null);
  const isReached = (audience: Audience) => asked.some((each) => each.audience === audience && !each.unreached);
  return {
    request,
    parts: await readPartFacts(db, number),
    workspaceProblems: (await readFromContents(db, number, 'workspace')).flatMap((workspace) =>
      workspaceProblemsIn({ workspace }),
    ),
    exportCounts: counts?.exported ?? new Map(),
    deleteCounts: counts?.deleted ?? new Map(),
    unsettled: counts?.unsettled ?? 0,
    directory: concernsPerson(request.action) ? await readDirectoryExport(db, number) : null,
    schedule: request.ask.schedule === undefined ? null : await readSchedule(db, request.ask.schedule.of),
    retry: await retryFacts(db, request),
    unreached: [...new Set(asked.map(({ audience }) => audience))].filter((audience) => !isReached(audience)),
    votes: request.state === 'rejected' ? await readLatestVotes(db, number) : counted,
    counted,
    isShownToReviewers: asked.some(({ audience }) => audience === 'approvers'),
    reviewedIn: [
      ...new Set([
        ...reviewPlaces(services, request).map(({ conversationId }) => conversationId),
        ...reached.flatMap(({ audience, sharedIn }) => (audience === 'approvers' ? (sharedIn ?? []) : [])),
      ]),
    ],
    administratorsTold: reached.some(({ toldAs, told }) => toldAs === 'administrator' && told),
    approversNotified: asked.some(({ audience, told }) => audience === 'approvers' && told),
  };
}

/** The votes on the present version that count, while it waits for more. */
async function countedVotes(services: RequestServices, request: RequestRecord): Promise<readonly CountedVote[]> {
  const { number, state, version } = request;
  if (state !== 'awaiting-approval') return [];
  const { db } = services.database;
  await triedReviewers(services, request);
  return validVotes(services, db, request, await readVotes(db, number, version));
}

/**
 * Whether the request for approval has reached the approvers; `administrators` when it has not, and these were told in
 * their place.
 */
export type ApproverNotification = 'told' | 'asking' | 'unreached' | 'administrators';

/** The delivery state of the request for approval, as shown to the requester. */
export function approversOf(report: RequestReport): ApproverNotification {
  const { request, unreached, isShownToReviewers, administratorsTold, approversNotified } = report;
  const isUnasked = request.state === 'awaiting-approval' && !isShownToReviewers;
  if (isUnasked || unreached.includes('approvers')) return administratorsTold ? 'administrators' : 'unreached';
  return approversNotified ? 'told' : 'asking';
}

/** Up to `limit` assets of a list, in the order of the preview, skipping the first `from`. */
export function assetsOf(
  services: Pick<RequestServices, 'database'>,
  number: number,
  list: AssetList,
  limit: number,
  from: number,
): Promise<RequestAsset[]> {
  const { db } = services.database;
  // Keyset pagination: a position is a row's index in the snapshot, so the database index finds a page however many
  // there are.
  if (list === 'shown') return readAssets(db, number, limit, from);
  const { step, results } = outcomes[list];
  return readAssetsWith(db, number, step, results, limit, from);
}

/** How many assets a list holds. */
export function countAssets(report: RequestReport, list: AssetList): number {
  if (list === 'shown') return report.request.progress.assetsTotal;
  const { step, results } = outcomes[list];
  const counts = step === 'exported' ? report.exportCounts : report.deleteCounts;
  return results.reduce((total, result) => total + (counts.get(result) ?? 0), 0);
}

/** The person's own request with this number, or one that approvers are shown, for one of them; null otherwise. */
export async function requestFor(
  services: RequestServices,
  person: Person,
  number: number,
): Promise<RequestRecord | null> {
  const request = await readRequest(services.database.db, number);
  if (!request || request.requester.tenantId !== person.tenantId) return null;
  if (samePerson(request.requester, person)) return request;
  if (!(await reviews(services, request, person))) return null;
  if (request.approvalsNeeded > 0) return request;
  const shown = await readDeliveryStates(services.database.db, number);
  return shown.some(({ audience }) => audience === 'approvers') ? request : null;
}

/** The newest request of a person in a conversation that asks them something, with its question; null when none does. */
export async function openChoice(
  services: RequestServices,
  person: Person,
  conversationId: string,
): Promise<{ readonly request: RequestRecord; readonly choice: PendingChoice } | null> {
  const open = await requestsOf(services.database.db, person, mostOpen, 'unfinished');
  const request = open.find((each) => each.state === 'awaiting-choice' && each.originConversationId === conversationId);
  return request === undefined || request.choice === null ? null : { request, choice: request.choice };
}

/** Of so many open requests one may be answered in words. */
const mostOpen = 25;

/** The person's newest requests, newest first. */
export function myRequests(services: RequestServices, person: Person, limit: number): Promise<RequestRecord[]> {
  return requestsOf(services.database.db, person, limit);
}

/** Whether the person may decide about the request, by what is known of owners and groups within a minute. */
export async function reviews(services: RequestServices, request: RequestRecord, person: Person): Promise<boolean> {
  await triedReviewers(services, request);
  return mayReview(services, request, person);
}

/** So many waiting requests are looked through for those that somebody may decide about. */
export const mostLookedThrough = 200;

/** The requests that wait for this person's approval, oldest first; empty for everybody who may not decide. */
export async function approvalsFor(services: RequestServices, person: Person, limit: number): Promise<RequestRecord[]> {
  const waiting = await requestsAwaitingApproval(services.database.db, person.tenantId, mostLookedThrough);
  const unknown = waiting.filter((request) => !knowsOwners(services, request));
  const places = new Map(unknown.map((request) => [request.workspace?.id, request]));
  // One look a workspace, and not longer for all than for one.
  const signal = AbortSignal.timeout(longestLookMs);
  const looks = [...places.values()].map((request) => readOwners(services, request, signal).catch(() => undefined));
  const groups = readGroups(services, entriesOfSettings(services.settings), signal).catch(() => undefined);
  await Promise.all([...looks, groups]);
  return waiting.filter((request) => mayReview(services, request, person)).slice(0, limit);
}

/**
 * True for the people named as approvers in the configuration, or in a group of the policy, as they are known now, and
 * for their deputies.
 */
export function isApprover(services: RequestServices, person: Person): boolean {
  return [person, ...(person.deputyFor ?? []).map(({ away }) => away)].some((each) => isNamedApprover(services, each));
}

/** The same without deputies. */
export function isNamedApprover(services: RequestServices, person: Person): boolean {
  const { approvers, administrators = [], helpdesk = [], policy } = services.settings;
  const asked = new Set(policy.rules.flatMap(({ reviewers = [] }) => reviewers));
  const lists = [
    approvers,
    asked.has('administrators') ? administrators : [],
    asked.has('helpdesk') ? helpdesk : [],
    ...Object.values(policy.groups ?? {}),
  ];
  return lists.some((list) => isNamedIn(peopleIn(services, list), person));
}

/** A request by its number, without a check of its owner; for workers only. */
export function findRequest(services: RequestServices, number: number): Promise<RequestRecord | null> {
  return readRequest(services.database.db, number);
}

/** A page of the files that Graph wrote, ordered by name. */
export function directoryFiles(
  services: RequestServices,
  number: number,
  from: number,
  limit: number,
): Promise<DirectoryFile[]> {
  return readDirectoryFiles(services.database.db, number, from, limit);
}

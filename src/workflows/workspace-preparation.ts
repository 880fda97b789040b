import { withLinked } from '../database/linked-identities.ts';
import { isWorkspaceDeletion, traitsOf } from '../domain/actions.ts';
import { OthersAssets } from '../domain/asset-selection.ts';
import type { Asset } from '../domain/assets.ts';
import { rolesOf } from '../domain/bot-roles.ts';
import { evaluate } from '../domain/policy.ts';
import { type PolicyTerms, reviewsOf } from '../domain/policy-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { KindTotal, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import { seesPlace } from '../domain/review-places.ts';
import { lacking, reviewWords } from '../domain/reviews.ts';
import { isDirectoryFailure, isSourceFailure } from '../domain/service-failure.ts';
import type { SnapshotChanges } from '../domain/snapshot-changes.ts';
import { isSameRemoval, type WorkspaceRemoval } from '../domain/workspace-removal.ts';
import { recordRetry, sourceRefusal } from '../requests/backoff.ts';
import { chooseWorkspace, findWorkspace, type WorkspaceFinding } from '../requests/find-workspace.ts';
import {
  addToSnapshot,
  completeSnapshot,
  type Preparation,
  recordPreparation,
  type Snapshot,
} from '../requests/preparation.ts';
import { placeWords, reviewPlaces, usablePlaces } from '../requests/review-conversations.ts';
import {
  knownReviewers,
  possibleReviewers,
  type Reviewed,
  readOwners,
  readReviewerGroups,
  toBeMet,
} from '../requests/reviewers.ts';
import { readRolesForPolicy, roleMembers } from '../requests/role-members.ts';
import { deputyPairs } from '../requests/stand-ins.ts';
import { see, type Visibility, type VisibleWorkspace, visibleWorkspaces } from '../requests/visible-workspaces.ts';
import { refusalOfPreview } from './hold-checks.ts';
import { type InAzure, policyRefusal } from './policy-refusal.ts';
import { logRefusal } from './refusal-log.ts';
import type { AssetFinding } from './selection/asset-finding.ts';
import { findAssets } from './selection/find-assets.ts';
import { inBatches } from './selection/in-batches.ts';
import { requestedAssets } from './selection/requested-assets.ts';
import { SnapshotComparison } from './selection/snapshot-comparison.ts';
import { KindCounts } from './selection/workspace-counts.ts';
import type { WorkflowServices } from './workflow-services.ts';

/** Rows of the snapshot written per statement. */
const batch = 500;

/** Prepares an action on a workspace or its assets. See `Workflow.prepare`. */
export async function prepareFromWorkspace(
  services: WorkflowServices,
  request: RequestRecord,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<void> {
  const { number } = request;
  try {
    const found = await investigate(services, request, snapshot, signal);
    await recordPreparation(services, snapshot, found);
    if (found.kind === 'refusal') logRefusal(services, request, found.refusal);
  } catch (error) {
    if (!isSourceFailure(error) && !isDirectoryFailure(error)) throw error;
    const refusal = sourceRefusal(services, error);
    if (error.transient && (await recordRetry(services, 'prepare', { number, token: null }, refusal))) return;
    await recordPreparation(services, snapshot, { kind: 'refusal', refusal, workspace: null });
  }
}

async function investigate(
  services: WorkflowServices,
  request: RequestRecord,
  into: Snapshot,
  signal: AbortSignal,
): Promise<Preparation> {
  const { requester, ask } = request;
  if (requester.addresses.length === 0) return { kind: 'refusal', refusal: { reason: 'no-email' }, workspace: null };
  const { visibility, finding } = await whichWorkspace(services, request, signal);
  // The requested workspace may be one that could not be read, so such a failure is never reported as "there is none".
  if (finding.kind === 'refusal' && visibility.obstacle !== null) throw visibility.obstacle;
  if (finding.kind !== 'found') return { ...finding, workspace: null };
  if (visibility.obstacle !== null && ask.workspaceId === undefined && ask.workspaceName === undefined) {
    // The requested workspace may be one that did not answer.
    return { kind: 'choice', choice: chooseWorkspace('which-workspace', null, visibility.visible), workspace: null };
  }

  const { workspace, role } = finding.seen;
  const snapshot: WorkspaceSnapshot = {
    id: workspace.id,
    name: workspace.name,
    accountType: workspace.accountType,
    serviceType: workspace.serviceType,
    expiresAt: workspace.expiresAt?.toISOString() ?? null,
  };
  await readRolesForPolicy(services, signal);
  const botRoles = rolesOf(roleMembers(services), request.requester);
  const question = { action: request.action, accountType: workspace.accountType, role, botRoles };
  const decision = evaluate(question, services.settings.policy);
  if (!decision.allowed) {
    return { kind: 'refusal', refusal: policyRefusal(decision, finding.seen), workspace: snapshot };
  }
  const asked = { ...request, workspace: snapshot };
  const early = await approvalObstacle(services, asked, decision.terms, finding.seen, signal);
  if (early !== null) return { kind: 'refusal', refusal: early, workspace: snapshot };
  const removal = isWorkspaceDeletion(ask.action) ? await services.source.planRemoval(workspace.id, signal) : null;
  const outcome = await takeSnapshot(services, request, into, finding.seen, removal, signal);
  if (outcome.kind !== 'taken') return { ...outcome, workspace: snapshot };
  const held = await refusalOfPreview(services, asked, finding.seen.members, into.token, signal);
  if (held !== null) return { kind: 'refusal', refusal: held, workspace: snapshot };
  const { inAzure, ...taken } = outcome;
  const assets = taken.totals.reduce((sum, { count }) => sum + count, 0);
  const facts = { ownRights: inAzure !== null, assets, othersAssets: taken.othersAssets };
  const ofPreview = evaluate({ ...question, ...facts }, services.settings.policy);
  if (!ofPreview.allowed) {
    const refusal = policyRefusal(ofPreview, finding.seen, inAzure);
    return { kind: 'refusal', refusal, workspace: snapshot };
  }
  const late = await approvalObstacle(services, asked, ofPreview.terms, finding.seen, signal);
  if (late !== null) return { kind: 'refusal', refusal: late, workspace: snapshot };
  return {
    ...taken,
    kind: 'preview',
    workspace: removal === null ? snapshot : { ...snapshot, removal },
    terms: ofPreview.terms,
    personalData: ask.data === 'customer' || ask.target === 'assets' ? 'none' : decision.personalData,
  };
}

/** Why the approvals that the terms ask for could never come, so that nobody waits in vain; null when they can. */
async function approvalObstacle(
  services: WorkflowServices,
  given: Reviewed,
  terms: PolicyTerms,
  { members }: VisibleWorkspace,
  signal: AbortSignal,
): Promise<Refusal | null> {
  const reviews = reviewsOf(terms);
  if (reviews.length === 0) return null;
  const request = { ...given, requester: await withLinked(services.database.db, given.requester) };
  const owners = members
    .filter(({ status, role }) => status === 'active' && role === 'owner')
    .map(({ email }) => email);
  const asked = { ...request, terms };
  // People whom the settings name themselves may be enough, so a failure counts only where they are not.
  const unread = await readReviewerGroups(services, asked, signal).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const pairs = await deputyPairs(services, services.database.db, given.requester.tenantId);
  const unmet = reviews.find(
    (review) => possibleReviewers(services, request, review, owners, pairs) < review.approvals,
  );
  if (unmet !== undefined && unread !== null) throw unread.error;
  if (unmet !== undefined) return { reason: 'too-few-approvers', name: reviewWords(unmet) };
  const places = reviewPlaces(services, asked);
  const usable = await usablePlaces(services.database.db, places);
  const met = reviews.flatMap((review) => toBeMet(services, request, review, usable, pairs) ?? []);
  if (met.length === 0) return null;
  await readOwners(services, asked, signal);
  const known = await knownReviewers(services, services.database.db, asked);
  const inOwnChats = known.filter(({ ownSets }) => !seesPlace(usable, ownSets));
  const [unreached] = lacking(
    met,
    inOwnChats.map(({ person, reviewsAs, standsInFor }) => ({ ...person, reviewsAs, standsInFor })),
  );
  if (unreached !== undefined && unread !== null) throw unread.error;
  if (unreached === undefined) return null;
  const closed = places.filter((place) => !usable.includes(place) && seesPlace([place], unreached.by));
  if (closed.length === 0) return { reason: 'reviewers-not-known', name: reviewWords(unreached) };
  const name = closed.map(({ conversationId }) => placeWords(services, conversationId)).join(' and ');
  return { reason: 'approvals-not-ready', name };
}

/**
 * Finds the requested workspace among those cached for the last minute, so that a preparation does not query all of
 * them, then reads that one fresh. In every other case all are read again.
 */
async function whichWorkspace(
  services: WorkflowServices,
  request: RequestRecord,
  signal: AbortSignal,
): Promise<{ visibility: Visibility; finding: WorkspaceFinding }> {
  const { requester } = request;
  const recent = await visibleWorkspaces(services, requester, signal, 'recent');
  const likely = recent.obstacle === null ? findWorkspace(services, request.ask, recent.visible) : null;
  if (likely?.kind === 'found') {
    const seen = await see(services, requester, likely.seen.workspace.id, signal, 'now');
    const visible = recent.visible.map((each) => (each === likely.seen && seen !== null ? seen : each));
    const finding = findWorkspace(services, request.ask, visible);
    if (seen !== null && finding.kind === 'found' && finding.seen === seen) {
      return { visibility: { visible, obstacle: null }, finding };
    }
  }
  const visibility = await visibleWorkspaces(services, requester, signal, 'now');
  return { visibility, finding: await narrowByAssets(services, request, visibility.visible, signal) };
}

/**
 * Chooses the workspace. When a person of several workspaces names assets but no workspace, the only one that holds
 * such assets is taken, or else the only one that holds similar ones; the card names it.
 */
async function narrowByAssets(
  services: WorkflowServices,
  request: RequestRecord,
  visible: readonly VisibleWorkspace[],
  signal: AbortSignal,
): Promise<WorkspaceFinding> {
  const { ask } = request;
  const finding = findWorkspace(services, ask, visible);
  const open = finding.kind === 'choice' && ask.workspaceName === undefined && ask.target === 'assets';
  if (!open) return finding;
  const holders: VisibleWorkspace[] = [];
  const similar: VisibleWorkspace[] = [];
  let nowhere: Refusal | null = null;
  for (const seen of visible) {
    const assets = await findAssets(services, request, seen.workspace, signal);
    if (assets.kind === 'found') {
      if (!(await isEmpty(assets.assets))) holders.push(seen);
    } else if (assets.kind === 'choice' && assets.choice.question === 'which-asset') {
      holders.push(seen);
    } else if (assets.kind === 'choice') {
      similar.push(seen);
    } else {
      nowhere ??= assets.refusal;
    }
  }
  const candidates = holders.length > 0 ? holders : similar;
  const [only, ...others] = candidates;
  // To ask in which workspace something is that is in none would lead nowhere.
  const apart = only === undefined ? await inSeveralWorkspaces(services, request, visible, signal) : null;
  if (apart !== null) return { kind: 'refusal', refusal: apart };
  if (only === undefined && nowhere?.reason === 'unknown-asset')
    return { kind: 'refusal', refusal: { ...nowhere, detail: 'any of your workspaces' } };
  if (only === undefined) return finding;
  return others.length === 0 ? { kind: 'found', seen: only } : findWorkspace(services, ask, candidates);
}

/** More names are not looked for one by one. */
const mostApart = 6;

/** Names that all exist, but in no workspace together, with where each of them is; null for anything else. */
async function inSeveralWorkspaces(
  services: WorkflowServices,
  request: RequestRecord,
  visible: readonly VisibleWorkspace[],
  signal: AbortSignal,
): Promise<Refusal | null> {
  const { mentions } = request.ask;
  if (request.ask.target !== 'assets' || mentions.length < 2 || mentions.length > mostApart) return null;
  const places: string[] = [];
  for (const mention of mentions) {
    const alone = { ...request, ask: { ...request.ask, mentions: [mention] } };
    let place: string | null = null;
    for (const { workspace } of visible) {
      const finding = await findAssets(services, alone, workspace, signal);
      const isHere =
        finding.kind === 'found' || (finding.kind === 'choice' && finding.choice.question === 'which-asset');
      if (isHere) place ??= workspace.name;
    }
    if (place === null) return { reason: 'unknown-asset', name: mention.name, detail: 'any of your workspaces' };
    places.push(`“${mention.name}” is in “${place}”`);
  }
  const detail = new Intl.ListFormat('en').format(places);
  return { reason: 'in-several-workspaces', name: mentions.map(({ name }) => name).join(', '), detail };
}

async function isEmpty(assets: AsyncIterable<Asset>): Promise<boolean> {
  for await (const _ of assets) return false;
  return true;
}

type SnapshotOutcome =
  | {
      readonly kind: 'taken';
      readonly totals: readonly KindTotal[];
      readonly changes: SnapshotChanges | null;
      readonly othersAssets: boolean;
      /**
       * The first asset or workspace whose deletion would use Steward's own rights in Azure; null when there is none.
       */
      readonly inAzure: InAzure | null;
    }
  | Extract<AssetFinding, { kind: 'choice' | 'refusal' }>;

async function takeSnapshot(
  services: WorkflowServices,
  request: RequestRecord,
  into: Snapshot,
  { workspace, members }: VisibleWorkspace,
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): Promise<SnapshotOutcome> {
  const { ask } = request;
  const finding = await requestedAssets(services, request, workspace, removal, signal);
  if (finding.kind !== 'found') return finding;
  const named = ask.target === 'assets' && traitsOf(ask.action).showsDependants;
  const dependantsOf = services.source.dependants(workspace.id, signal);
  const counts = new KindCounts();
  const others = new OthersAssets(request.requester, members);
  // The person confirmed an earlier preview, so the new one shows the differences.
  const comparison = request.changes === null ? null : new SnapshotComparison(services.database.db, request);
  let position = 0;
  let inAzure: InAzure | null =
    removal?.method === 'resource-manager' ? { name: workspace.name, url: removal.byHand.url } : null;
  for await (const some of inBatches(finding.assets, batch)) {
    const dependants = named ? await dependantsOf(some) : null;
    const rows = some.map((asset) => ({ position: position++, asset, dependants: dependants?.get(asset.id) ?? [] }));
    await addToSnapshot(services, into, rows);
    await comparison?.add(some);
    for (const { asset, dependants: users } of rows) {
      others.add(asset);
      if (named && services.source.usesOwnRights(asset)) inAzure ??= { name: asset.name, url: portalPage(asset) };
      if (named) counts.add(asset, users.length > 0);
      else counts.add(asset);
    }
  }
  await completeSnapshot(services, position);
  const refusal = finding.decision();
  if (refusal !== null) return { kind: 'refusal', refusal };
  const before = request.workspace?.removal;
  const removalDiffers = removal !== null && before !== undefined && !isSameRemoval(removal, before);
  const changes = (await comparison?.changes(removalDiffers)) ?? null;
  return { kind: 'taken', totals: counts.totals, othersAssets: others.any, changes, inAzure };
}

/** The page of the Azure portal on which a resource can be deleted by hand; its id is its path there. */
function portalPage({ id }: Pick<Asset, 'id'>): string {
  return `https://portal.azure.com/#resource${id}`;
}

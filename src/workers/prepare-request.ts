import { isTransient, SourceError } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import { evaluate, isWorkspaceDeletion } from '../domain/policy.ts';
import type { KindTotal, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import type { SnapshotChanges } from '../domain/snapshot-changes.ts';
import { isSameRemoval, type WorkspaceRemoval } from '../domain/workspace-removal.ts';
import { recordFault, recordRetry, sourceRefusal } from '../requests/backoff.ts';
import { knowsApprovers } from '../requests/contacts.ts';
import { giveUp } from '../requests/expire.ts';
import { chooseWorkspace, findWorkspace, type WorkspaceFinding } from '../requests/find-workspace.ts';
import {
  addToSnapshot,
  beginSnapshot,
  completeSnapshot,
  type Preparation,
  recordPreparation,
  type Snapshot,
} from '../requests/preparation.ts';
import { findRequest } from '../requests/report.ts';
import { see, type Visibility, type VisibleWorkspace, visibleWorkspaces } from '../requests/visible-workspaces.ts';
import { prepareDirectoryExport } from '../workflows/directory-export/prepare.ts';
import { type InAzure, policyRefusal } from '../workflows/policy-refusal.ts';
import { logRefusal } from '../workflows/refusal-log.ts';
import { type AssetFinding, findAssets } from '../workflows/selection/find-assets.ts';
import { inBatches } from '../workflows/selection/in-batches.ts';
import { requestedAssets } from '../workflows/selection/requested-assets.ts';
import { SnapshotComparison } from '../workflows/selection/snapshot-comparison.ts';
import { KindCounts } from '../workflows/selection/workspace-counts.ts';
import type { JobServices } from '../workflows/workflow-services.ts';

/** Rows that the snapshot is written in at a time. */
const batch = 500;

/**
 * Turns what a person asked for into a preview to confirm, a question, or a refusal. Passing failures of the service
 * are told to the person and tried again later, until patience ends. May run twice at once for the same request:
 * each run writes a snapshot of its own, and only the one that is recorded first counts. `retries` says how often this
 * job came to no end before.
 */
export async function prepare(services: JobServices, number: number, signal: AbortSignal, retries = 0): Promise<void> {
  const request = await findRequest(services, number);
  if (request?.state !== 'preparing') return;
  if (retries > 0 && !(await recordFault(services, { number, token: null }, 'preparation'))) {
    return giveUp(services, number);
  }
  const snapshot = beginSnapshot(services, request);
  if (request.ask.target === 'directory-person') return prepareDirectoryExport(services, request, snapshot, signal);
  try {
    const found = await investigate(services, request, snapshot, signal);
    await recordPreparation(services, snapshot, found);
    if (found.kind === 'refusal') logRefusal(services, request, found.refusal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const refusal = sourceRefusal(services, error);
    if (isTransient(error) && (await recordRetry(services, 'prepare', { number, token: null }, refusal))) return;
    await recordPreparation(services, snapshot, { kind: 'refusal', refusal, workspace: null });
  }
}

async function investigate(
  services: JobServices,
  request: RequestRecord,
  into: Snapshot,
  signal: AbortSignal,
): Promise<Preparation> {
  const { requester, ask } = request;
  if (requester.addresses.length === 0) return { kind: 'refusal', refusal: { reason: 'no-email' }, workspace: null };
  const { visibility, finding } = await whichWorkspace(services, request, signal);
  // What could not be seen may be what was meant, so a failure to look is never told as "there is none".
  if (finding.kind === 'refusal' && visibility.obstacle !== null) throw visibility.obstacle;
  if (finding.kind !== 'found') return { ...finding, workspace: null };
  if (visibility.obstacle !== null && ask.workspaceId === undefined && ask.workspaceName === undefined) {
    // Another workspace, which did not answer, may be the one that is meant.
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
  const decision = evaluate(request.action, workspace.accountType, role, services.settings.policy);
  if (!decision.allowed) {
    return { kind: 'refusal', refusal: policyRefusal(decision.refusal, finding.seen), workspace: snapshot };
  }
  if (decision.needsApproval && !(await knowsApprovers(services))) {
    return { kind: 'refusal', refusal: { reason: 'approvals-not-ready' }, workspace: snapshot };
  }
  const removal = isWorkspaceDeletion(ask.action) ? await services.source.planRemoval(workspace.id, signal) : null;
  const outcome = await takeSnapshot(services, request, into, finding.seen, removal, signal);
  if (outcome.kind !== 'taken') return { ...outcome, workspace: snapshot };
  const { inAzure, ...taken } = outcome;
  const terms = evaluate(request.action, workspace.accountType, role, services.settings.policy, inAzure !== null);
  if (!terms.allowed) {
    const refusal = policyRefusal(terms.refusal, finding.seen, inAzure);
    return { kind: 'refusal', refusal, workspace: snapshot };
  }
  if (terms.needsApproval && !decision.needsApproval && !(await knowsApprovers(services))) {
    return { kind: 'refusal', refusal: { reason: 'approvals-not-ready' }, workspace: snapshot };
  }
  return {
    ...taken,
    kind: 'preview',
    workspace: removal === null ? snapshot : { ...snapshot, removal },
    needsApproval: terms.needsApproval,
    personalData: ask.data === 'customer' || ask.target === 'assets' ? 'none' : decision.personalData,
  };
}

/**
 * Finds the workspace that is meant among those of the last minute, so that a preparation does not ask all of them
 * anew, and then asks that one alone how it is now. Whatever is not as plain as that is looked up anew.
 */
async function whichWorkspace(
  services: JobServices,
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
 * Decides the workspace. When a person of several workspaces names assets but no workspace, the only one that
 * holds such assets is meant, or else the only one that holds similar ones; the card names it.
 */
async function narrowByAssets(
  services: JobServices,
  { ask }: RequestRecord,
  visible: readonly VisibleWorkspace[],
  signal: AbortSignal,
): Promise<WorkspaceFinding> {
  const finding = findWorkspace(services, ask, visible);
  const open = finding.kind === 'choice' && ask.workspaceName === undefined && ask.target === 'assets';
  if (!open) return finding;
  const holders: VisibleWorkspace[] = [];
  const similar: VisibleWorkspace[] = [];
  for (const seen of visible) {
    const assets = await findAssets(services, ask, seen.workspace, signal);
    if (assets.kind === 'found') {
      if (!(await isEmpty(assets.assets))) holders.push(seen);
    } else if (assets.kind === 'choice' && assets.choice.question === 'which-asset') {
      holders.push(seen);
    } else if (assets.kind === 'choice') {
      similar.push(seen);
    }
  }
  const candidates = holders.length > 0 ? holders : similar;
  const [only, ...others] = candidates;
  if (only === undefined) return finding;
  return others.length === 0 ? { kind: 'found', seen: only } : findWorkspace(services, ask, candidates);
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
      /** The first thing whose deletion would use Steward's own rights in Azure; null when nothing would. */
      readonly inAzure: InAzure | null;
    }
  | Extract<AssetFinding, { kind: 'choice' | 'refusal' }>;

async function takeSnapshot(
  services: JobServices,
  request: RequestRecord,
  into: Snapshot,
  { workspace }: VisibleWorkspace,
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): Promise<SnapshotOutcome> {
  const { ask } = request;
  const finding = await requestedAssets(services, ask, workspace, removal, signal);
  if (finding.kind !== 'found') return finding;
  const named = ask.target === 'assets' && ask.action !== 'export';
  const dependantsOf = services.source.dependants(workspace.id, signal);
  const counts = new KindCounts();
  // The person has confirmed a preview before, so they see what is different now.
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
  return { kind: 'taken', totals: counts.totals, changes, inAzure };
}

/** Where a resource of Azure, whose id is its path there, can be deleted by hand. */
function portalPage({ id }: Pick<Asset, 'id'>): string {
  return `https://portal.azure.com/#resource${id}`;
}

import { isTransient, SourceError } from '../domain/asset-source.ts';
import type { Asset } from '../domain/assets.ts';
import { isWorkspaceDeletion, judge } from '../domain/policy.ts';
import type { KindTotal, RequestRecord, WorkspaceSnapshot } from '../domain/request.ts';
import { countChanges, type WorkspaceRemoval } from '../domain/workspace-removal.ts';
import { chooseWorkspace, findWorkspace } from '../requests/find-workspace.ts';
import {
  addToSnapshot,
  beginSnapshot,
  type Preparation,
  recordPreparation,
  type Snapshot,
} from '../requests/preparation.ts';
import { findRequest } from '../requests/report.ts';
import { recordSetback, sourceRefusal } from '../requests/setback.ts';
import { type VisibleWorkspace, visibleWorkspaces } from '../requests/visible-workspaces.ts';
import { findAssets } from './find-assets.ts';
import { policyRefusal } from './policy-refusal.ts';
import type { JobServices } from './services.ts';
import { goesWith, KindCounts } from './workspace-counts.ts';

/** Rows that the snapshot is written in at a time. */
const batch = 500;

/**
 * Turns what a person asked for into a preview to confirm, a question, or a refusal. Passing failures of the service
 * are told to the person and tried again later, until patience ends. May run twice at once for the same request:
 * each run writes a snapshot of its own, and only the one that is recorded first counts.
 */
export async function prepare(services: JobServices, number: number, signal: AbortSignal): Promise<void> {
  const request = await findRequest(services, number);
  if (request?.state !== 'preparing') return;
  const snapshot = beginSnapshot(services, request);
  try {
    await recordPreparation(services, snapshot, await investigate(services, request, snapshot, signal));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const refusal = sourceRefusal(services, error);
    if (isTransient(error) && (await recordSetback(services, 'prepare', number, refusal))) return;
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
  if (requester.email === null) return { kind: 'refusal', refusal: { reason: 'no-email' }, workspace: null };
  const sight = await visibleWorkspaces(services, requester, signal);
  const finding = await narrowByAssets(services, request, sight.visible, signal);
  // What could not be seen may be what was meant, so a failure to look is never told as "there is none".
  if (finding.kind === 'refusal' && sight.hindrance !== null) throw sight.hindrance;
  if (finding.kind !== 'found') return { ...finding, workspace: null };
  if (sight.hindrance !== null && ask.workspaceId === undefined && ask.workspaceName === undefined) {
    // Another workspace, which did not answer, may be the one that is meant.
    return { kind: 'choice', choice: chooseWorkspace('which-workspace', null, sight.visible), workspace: null };
  }

  const { workspace, standing } = finding.seen;
  const snapshot: WorkspaceSnapshot = {
    id: workspace.id,
    name: workspace.name,
    accountType: workspace.accountType,
    serviceType: workspace.serviceType,
    expiresAt: workspace.expiresAt?.toISOString() ?? null,
  };
  const verdict = judge(request.action, workspace.accountType, standing, services.settings.policy);
  if (!verdict.allowed) {
    return { kind: 'refusal', refusal: policyRefusal(verdict.refusal, finding.seen), workspace: snapshot };
  }
  const removal = isWorkspaceDeletion(ask.action) ? await services.source.planRemoval(workspace.id, signal) : null;
  const outcome = await takeSnapshot(services, request, into, finding.seen, removal, signal);
  if (outcome.kind !== 'totals') return { ...outcome, workspace: snapshot };
  return {
    kind: 'preview',
    workspace: removal === null ? snapshot : { ...snapshot, removal: sinceBefore(removal, request, outcome.totals) },
    totals: outcome.totals,
    needsApproval: verdict.needsApproval,
    personalData: ask.data === 'customer' || ask.target === 'assets' ? 'none' : verdict.personalData,
  };
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
): Promise<ReturnType<typeof findWorkspace>> {
  const finding = findWorkspace(services, ask, visible);
  const open = finding.kind === 'choice' && ask.workspaceName === undefined && ask.target === 'assets';
  if (!open) return finding;
  const holders: VisibleWorkspace[] = [];
  const similar: VisibleWorkspace[] = [];
  for (const seen of visible) {
    const assets = await findAssets(services, ask, seen.workspace, signal);
    if (assets.kind === 'found' || (assets.kind === 'choice' && assets.choice.question === 'which-asset')) {
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

type SnapshotOutcome =
  | { readonly kind: 'totals'; readonly totals: readonly KindTotal[] }
  | Extract<Awaited<ReturnType<typeof findAssets>>, { kind: 'choice' | 'refusal' }>;

async function takeSnapshot(
  services: JobServices,
  { ask }: RequestRecord,
  into: Snapshot,
  { workspace }: VisibleWorkspace,
  removal: WorkspaceRemoval | null,
  signal: AbortSignal,
): Promise<SnapshotOutcome> {
  const counts = new KindCounts();
  let position = 0;
  const add = async (assets: readonly Asset[], withDependants: boolean) => {
    const dependants = withDependants
      ? await services.source.dependants(workspace.id, assets, signal)
      : new Map<string, never>();
    for (let start = 0; start < assets.length; start += batch) {
      const rows = assets.slice(start, start + batch).map((asset) => ({
        position: position++,
        asset,
        dependants: dependants.get(asset.id) ?? [],
      }));
      await addToSnapshot(services, into, rows);
      for (const { asset, dependants } of rows) {
        if (withDependants) counts.add(asset, dependants.length > 0);
        else counts.add(asset);
      }
    }
  };
  if (ask.target === 'assets') {
    const finding = await findAssets(services, ask, workspace, signal);
    if (finding.kind !== 'found') return finding;
    await add(finding.assets, ask.action !== 'export');
  } else if (ask.data !== 'personal') {
    for (const kind of services.source.kinds) {
      let waiting: Asset[] = [];
      for await (const asset of services.source.list(workspace.id, kind, signal)) {
        if (removal !== null && !goesWith(asset, removal)) continue;
        waiting.push(asset);
        if (waiting.length < batch) continue;
        await add(waiting, false);
        waiting = [];
      }
      await add(waiting, false);
    }
  }
  if (position === 0 && ask.data === 'customer') {
    return { kind: 'refusal', refusal: { reason: 'nothing-to-export', name: workspace.name } };
  }
  return { kind: 'totals', totals: counts.totals };
}

/** The plan, with what changed since the preview before, when there was one. */
function sinceBefore(
  removal: WorkspaceRemoval,
  { totals, workspace }: RequestRecord,
  now: readonly KindTotal[],
): WorkspaceRemoval {
  return workspace?.removal ? { ...removal, changes: countChanges(totals, now) } : removal;
}

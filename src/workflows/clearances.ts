import { readRequestFacts } from '../database/request-rows.ts';
import { assetFingerprint } from '../domain/assets.ts';
import {
  type AskForClearance,
  assetSubject,
  type Check,
  type Clearance,
  type ClearanceDenial,
  directorySubject,
  mayStill,
  workspaceSubject,
} from '../domain/clearance.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestAsset, RequestRecord } from '../domain/request.ts';
import type { WorkspaceRemoval } from '../domain/workspace-removal.ts';
import type { Run } from '../requests/lease.ts';
import { see } from '../requests/visible-workspaces.ts';
import { checkPermission, refusalNow } from './permission.ts';
import { logRefusal } from './refusal-log.ts';
import { RecentAnswer, SharedAnswer } from './shared-answer.ts';
import type { JobServices } from './workflow-services.ts';

/**
 * How long what was found out for a call holds while the call waits for its place, in milliseconds. Such calls go first,
 * so that mostly it is used at once; this is for hosts that ask for a pause.
 */
const goodForMs = 30_000;

/** Whether a run may still go on: it is the current one, and nobody asked to stop. Read from the database each time. */
function rememberedCheck({ database }: Pick<JobServices, 'database'>, run: Run): Check {
  const role = new SharedAnswer(() => readRequestFacts(database.db, run.number));
  return async () => {
    const now = await role.get();
    if (now === null || now.state !== 'running' || now.runToken !== run.token) return { kind: 'superseded' };
    return now.stopRequested ? { kind: 'stopped' } : null;
  };
}

/** Gives, for each asset of a run, the function by which its deletion asks for a clearance. Checks are shared. */
export function assetClearances(
  services: JobServices,
  run: Run,
  signal: AbortSignal,
): (asset: RequestAsset, knownDenial: () => ClearanceDenial | null) => AskForClearance {
  const { source, clock } = services;
  const { request } = run;
  const workspaceId = request.workspace?.id ?? '';
  const seen = new RecentAnswer(clock, () => see(services, request.requester, workspaceId, signal, 'now'));
  const role = rememberedCheck(services, run);
  // One line for the run, however many assets it keeps.
  let isLogged = false;
  const logOnce = (refusal: Refusal): void => {
    if (!isLogged) logRefusal(services, request, refusal);
    isLogged = true;
  };
  return ({ asset }, knownDenial) =>
    (unanswered) => {
      let fingerprint = '';
      const present: Check = async () => {
        const now = await source.find(workspaceId, asset, signal);
        if (now === null) return { kind: 'gone' };
        fingerprint = assetFingerprint(now);
        return null;
      };
      const known: Check = async () => knownDenial();
      const unchanged: Check = async () => (fingerprint === assetFingerprint(asset) ? null : { kind: 'changed' });
      const allowed: Check = async () => {
        const refusal = refusalNow(services, request, await seen.get(), source.usesOwnRights(asset));
        if (refusal === null) return null;
        logOnce(refusal);
        return { kind: 'not-allowed', refusal };
      };
      // What may have been deleted already is looked for even after a stop, so that it is not called kept.
      const first = unanswered ? [present, known] : [known, present, known];
      const checks = [...first, unchanged, allowed];
      return mayStill({ subject: assetSubject(workspaceId, asset), checks, lastChecks: [role], goodForMs }, clock);
    };
}

/** Asks whether a whole workspace may still be deleted. Throws NotCleared, and what checks throw. */
export function workspaceClearance(
  services: JobServices,
  run: Run,
  { id, removal }: { readonly id: string; readonly removal: WorkspaceRemoval },
  hasChanged: (request: RequestRecord) => Promise<boolean>,
  signal: AbortSignal,
): Promise<Clearance> {
  const role = rememberedCheck(services, run);
  const unchanged: Check = async () => ((await hasChanged(run.request)) ? { kind: 'changed' } : null);
  const allowed: Check = async () => {
    const refusal = await checkPermission(services, run.request, signal);
    return refusal === null ? null : { kind: 'not-allowed', refusal };
  };
  const checks = [role, unchanged, allowed, role];
  const call = { subject: workspaceSubject(id, removal), checks, lastChecks: [role], goodForMs };
  return mayStill(call, services.clock);
}

/** Asks whether the export of a person's directory data may still be started. Throws NotCleared, and what checks throw. */
export function directoryClearance(
  services: JobServices,
  run: Run,
  personId: string,
  isAdministrator: () => Promise<boolean>,
): Promise<Clearance> {
  const role = rememberedCheck(services, run);
  const allowed: Check = async () => {
    if (await isAdministrator()) return null;
    const refusal: Refusal = { reason: 'not-an-administrator' };
    logRefusal(services, run.request, refusal);
    return { kind: 'not-allowed', refusal };
  };
  const call = { subject: directorySubject(personId), checks: [allowed, role], lastChecks: [role], goodForMs };
  return mayStill(call, services.clock);
}

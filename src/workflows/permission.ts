import { rolesOf } from '../domain/bot-roles.ts';
import { evaluate } from '../domain/policy.ts';
import { reviewsOf } from '../domain/policy-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestRecord } from '../domain/request.ts';
import { coversReviews, reviewsWords } from '../domain/reviews.ts';
import { requesterNow } from '../requests/requester-now.ts';
import { reviewsOfRequest } from '../requests/reviewers.ts';
import { readRolesForPolicy, roleMembers } from '../requests/role-members.ts';
import { see, type VisibleWorkspace } from '../requests/visible-workspaces.ts';
import { policyRefusal } from './policy-refusal.ts';
import { logRefusal } from './refusal-log.ts';
import type { WorkflowServices } from './workflow-services.ts';

/**
 * Evaluates the policy again just before the action, since people leave and roles change between a preview and its
 * execution. Returns null when the requester is allowed; a refusal is logged. Throws ServiceFailure.
 */
export async function checkPermission(
  services: WorkflowServices,
  request: RequestRecord,
  signal: AbortSignal,
): Promise<Refusal | null> {
  const requester = await requesterNow(services, request.requester);
  const visible = request.workspace && (await see(services, requester, request.workspace.id, signal, 'now'));
  await readRolesForPolicy(services, signal);
  const ownRights = request.workspace?.removal?.method === 'resource-manager';
  const refusal = refusalNow(services, { ...request, requester }, visible, ownRights);
  if (refusal !== null) logRefusal(services, request, refusal);
  return refusal;
}

/**
 * Why the requester may not do this, given the workspace as they see it now; null when they may. `ownRights` says that
 * it would be done with Steward's own rights in Azure. `readRolesForPolicy` has to come before, and the requester has to be
 * as `requesterNow` tells.
 */
export function refusalNow(
  services: Pick<WorkflowServices, 'settings' | 'groups' | 'clock'>,
  request: RequestRecord,
  visible: VisibleWorkspace | null,
  ownRights: boolean,
): Refusal | null {
  const name = request.workspace?.name ?? '';
  if (request.workspace === null) return { reason: 'no-longer-allowed', name };
  if (visible === null) return { reason: 'no-longer-allowed', name, detail: 'You are no longer a member.' };
  const { accountType } = visible.workspace;
  const assets = request.totals.reduce((sum, { count }) => sum + count, 0);
  const botRoles = rolesOf(roleMembers(services), request.requester);
  // A preview of an earlier release did not look whose its assets are.
  const othersAssets = request.othersAssets ?? true;
  const decision = evaluate(
    { action: request.action, accountType, role: visible.role, botRoles, ownRights, assets, othersAssets },
    services.settings.policy,
  );
  if (!decision.allowed) {
    return { reason: 'no-longer-allowed', name, detail: policyRefusal(decision, visible).detail ?? '' };
  }
  const given = reviewsOfRequest(request);
  const further = reviewsOf(decision.terms).filter((review) => !coversReviews(given, [review]));
  if (further.length > 0) {
    const detail = `It now needs the approval of ${reviewsWords(further)}. Please ask again.`;
    return { reason: 'no-longer-allowed', name, detail };
  }
  if ((decision.terms.waitMinutes ?? 0) > (request.terms?.waitMinutes ?? 0)) {
    return {
      reason: 'no-longer-allowed',
      name,
      detail: 'It now has to wait longer before it starts. Please ask again.',
    };
  }
  if (decision.terms.typedName && request.terms?.typedName !== true) {
    const detail = 'It now has to be confirmed by typing the workspace’s name. Please ask again.';
    return { reason: 'no-longer-allowed', name, detail };
  }
  if (decision.terms.reasonNeeded === true && request.requesterReason === null) {
    return { reason: 'no-longer-allowed', name, detail: 'It now needs a reason. Please ask again.' };
  }
  return null;
}

import type { AccountType, Member, MemberRole, Workspace } from './accounts.ts';
import { type Action, traitsOf } from './actions.ts';
import { hasAddress, type Person } from './people.ts';

/** Which data an export includes. */
export type DataSelection = 'all' | 'customer' | 'personal';

/** A person's role in one workspace. */
export type Role = MemberRole | 'none';

/** When a deletion needs an approval: never, when the requester is not an owner, or always. */
export type ApprovalRule = 'never' | 'members' | 'always';

/** Settings of the tenant that the policy depends on. */
export interface PolicySettings {
  readonly approvals: ApprovalRule;
  /** How many people must approve what needs an approval; default 1. */
  readonly approvalsNeeded?: number;
  /** False when no approvers or no channel for them are configured. */
  readonly approversExist: boolean;
  /**
   * When a deletion with Steward's own rights in Azure needs an approval; the default is always. An owner of a
   * workspace in Studio has no rights in the subscription, so without a second person Steward would lend them its own
   * (confused deputy).
   */
  readonly azureApprovals?: 'always' | 'as-others';
}

/** Why the policy denies an action. Each reason has its own sentence in `refusals.ts`. */
export type PolicyRefusal = 'not-a-member' | 'guest-cannot-delete' | 'owner-only' | 'azure-needs-approval';

/** The policy decision. */
export type PolicyDecision =
  | { readonly allowed: true; readonly needsApproval: boolean; readonly personalData: 'everyone' | 'own' | 'none' }
  | { readonly allowed: false; readonly refusal: PolicyRefusal };

/** How many people must approve under a decision; 0 when none has to. */
export function approvalsNeeded(decision: PolicyDecision, settings: Pick<PolicySettings, 'approvalsNeeded'>): number {
  return decision.allowed && decision.needsApproval ? (settings.approvalsNeeded ?? 1) : 0;
}

/**
 * The person's role in the workspace. A guest workspace has no accounts, so there the person who registered its
 * credential with Steward counts as the owner.
 */
export function roleOf(
  person: Pick<Person, 'addresses'>,
  workspace: Workspace,
  members: readonly Member[],
  registeredBy: string | null,
): Role {
  const active = members.filter((member) => member.status === 'active' && hasAddress(person, member.email));
  if (active.some((member) => member.role === 'owner')) return 'owner';
  if (workspace.accountType === 'guest' && hasAddress(person, registeredBy)) return 'owner';
  return active.length > 0 ? 'user' : 'none';
}

type Rule = 'yes' | 'approval-rule' | PolicyRefusal;

/**
 * The policy as a table: account type, then role, then action. Data of a guest workspace can be exported, but not
 * deleted on request (the workspace is purged when it expires). Studio itself lets every member change every asset;
 * Steward is stricter with members who are not owners, and only owners can delete a whole workspace.
 */
export const policyTable: Readonly<
  Record<AccountType, Record<Role, Record<'export' | 'delete' | 'delete-workspace', Rule>>>
> = {
  guest: {
    owner: { export: 'yes', delete: 'guest-cannot-delete', 'delete-workspace': 'guest-cannot-delete' },
    user: { export: 'yes', delete: 'guest-cannot-delete', 'delete-workspace': 'guest-cannot-delete' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
  free: {
    owner: { export: 'yes', delete: 'approval-rule', 'delete-workspace': 'approval-rule' },
    user: { export: 'yes', delete: 'approval-rule', 'delete-workspace': 'owner-only' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
  standard: {
    owner: { export: 'yes', delete: 'approval-rule', 'delete-workspace': 'approval-rule' },
    user: { export: 'yes', delete: 'approval-rule', 'delete-workspace': 'owner-only' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
};

/**
 * Evaluates the policy: whether a person with this role may do this to a workspace's data, and on what terms.
 * `ownRights` says that it would be done with Steward's own rights in Azure, rather than with the workspace's
 * credential.
 */
export function evaluate(
  action: Action,
  accountType: AccountType,
  role: Role,
  settings: PolicySettings,
  ownRights = false,
): PolicyDecision {
  const column = traitsOf(action).policy;
  // Directory data is no workspace data, so that action never grants access to a workspace.
  if (column === null) return { allowed: false, refusal: 'not-a-member' };
  const rule = policyTable[accountType][role][column];
  if (rule !== 'yes' && rule !== 'approval-rule') return { allowed: false, refusal: rule };
  const personalData = accountType === 'guest' ? 'none' : role === 'owner' ? 'everyone' : 'own';
  if (rule === 'yes') return { allowed: true, needsApproval: false, personalData };
  const byRule = settings.approvals === 'always' || (settings.approvals === 'members' && role !== 'owner');
  if (byRule && !settings.approversExist) return { allowed: false, refusal: 'owner-only' };
  const forAzure = ownRights && settings.azureApprovals !== 'as-others';
  if (forAzure && !settings.approversExist) return { allowed: false, refusal: 'azure-needs-approval' };
  return { allowed: true, needsApproval: byRule || forAzure, personalData };
}

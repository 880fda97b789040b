import type { AccountType, Member, MemberRole, Workspace } from './accounts.ts';
import { type Action, type PolicyColumn, traitsOf } from './actions.ts';
import type { BotRole } from './bot-roles.ts';
import { hasAddress, type Person } from './people.ts';
import { type PolicyRule, type PolicyRules, type PolicyTerms, reviewsOf, rulesFor, termsOf } from './policy-rules.ts';
import { approverSet } from './reviews.ts';

/** Which data an export includes. */
export type DataSelection = 'all' | 'customer' | 'personal';

/** A person's role in one workspace. */
export type Role = MemberRole | 'none';

/** Settings of the tenant that the policy depends on. */
export interface PolicySettings extends PolicyRules {
  /** False when no approvers or no channel for them are configured. */
  readonly approversExist: boolean;
}

/** Why the policy denies an action. Each reason has its own sentence in `refusals.ts`. */
export type PolicyRefusal =
  | 'not-a-member'
  | 'guest-cannot-delete'
  | 'owner-only'
  | 'azure-needs-approval'
  | 'nobody-can-approve'
  | 'refused-by-rule';

/** The policy decision. */
export type PolicyDecision =
  | {
      readonly allowed: true;
      /** What has to be met beside the requester's confirmation. */
      readonly terms: PolicyTerms;
      readonly personalData: 'everyone' | 'own' | 'none';
    }
  | {
      readonly allowed: false;
      readonly refusal: PolicyRefusal;
      /** The rule that refuses it, with what to do instead; only with `refused-by-rule`. */
      readonly rule?: PolicyRule;
    };

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

type Cell = 'by-rules' | PolicyRefusal;

/**
 * What Studio and the law of its accounts allow, as a table: account type, then role, then action. Data of a guest
 * workspace can be exported, but not deleted on request (the workspace is purged when it expires). Studio itself lets
 * every member change every asset; only owners can delete a whole workspace. Where the table says `by-rules`, the rules
 * of the deployment may ask for more, and never for less.
 */
export const policyTable: Readonly<Record<AccountType, Record<Role, Record<PolicyColumn, Cell>>>> = {
  guest: {
    owner: { export: 'by-rules', delete: 'guest-cannot-delete', 'delete-workspace': 'guest-cannot-delete' },
    user: { export: 'by-rules', delete: 'guest-cannot-delete', 'delete-workspace': 'guest-cannot-delete' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
  free: {
    owner: { export: 'by-rules', delete: 'by-rules', 'delete-workspace': 'by-rules' },
    user: { export: 'by-rules', delete: 'by-rules', 'delete-workspace': 'owner-only' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
  standard: {
    owner: { export: 'by-rules', delete: 'by-rules', 'delete-workspace': 'by-rules' },
    user: { export: 'by-rules', delete: 'by-rules', 'delete-workspace': 'owner-only' },
    none: { export: 'not-a-member', delete: 'not-a-member', 'delete-workspace': 'not-a-member' },
  },
};

/** Whose request it is, and of what. */
export interface PolicyQuestion {
  readonly action: Action;
  readonly accountType: AccountType;
  readonly role: Role;
  /** The person's roles here. */
  readonly botRoles?: readonly BotRole[];
  /**
   * True when it would be done with Steward's own rights in Azure, rather than with the workspace's credential. An owner
   * of a workspace in Studio has no rights in the subscription, so without a second person Steward would lend them its
   * own (confused deputy).
   */
  readonly ownRights?: boolean;
  /** How many assets the preview lists; left out when it is not known yet. */
  readonly assets?: number;
  /** Whether one of them is not certainly the requester's own; left out when it is not known yet. */
  readonly othersAssets?: boolean;
}

/** Evaluates the policy: whether a person with this role may do this to a workspace's data, and on what terms. */
export function evaluate(question: PolicyQuestion, settings: PolicySettings): PolicyDecision {
  const { action, accountType, role } = question;
  const column = traitsOf(action).policy;
  // Directory data is no workspace data, so that action never grants access to a workspace.
  if (column === null) return { allowed: false, refusal: 'not-a-member' };
  const cell = policyTable[accountType][role][column];
  if (cell !== 'by-rules') return { allowed: false, refusal: cell };
  if (role === 'none') return { allowed: false, refusal: 'not-a-member' };
  const fitting = rulesFor(settings, { ...question, column, role });
  const forbidding = fitting.find(({ refuse }) => refuse !== undefined);
  if (forbidding !== undefined) return { allowed: false, refusal: 'refused-by-rule', rule: forbidding };
  const terms = termsOf(settings, fitting);
  const isUnmet = reviewsOf(terms).some(({ by }) => by.every((set) => set === approverSet));
  if (isUnmet && !settings.approversExist) return { allowed: false, refusal: withoutApprovers(question) };
  return {
    allowed: true,
    terms,
    personalData: accountType === 'guest' ? 'none' : role === 'owner' ? 'everyone' : 'own',
  };
}

/** Why it cannot be done where nobody is set up to approve. */
function withoutApprovers({ role, ownRights = false }: PolicyQuestion): PolicyRefusal {
  if (role !== 'owner') return 'owner-only';
  return ownRights ? 'azure-needs-approval' : 'nobody-can-approve';
}

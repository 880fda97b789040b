import type { AccountType, MemberRole } from './accounts.ts';
import type { PolicyColumn } from './actions.ts';
import type { BotRole } from './bot-roles.ts';
import type { NamedConversation } from './conversation-id.ts';
import { type EscalateAfter, type EscalateTo, type Escalation, escalationsOf } from './escalations.ts';
import { placesOf, type ReviewPlace } from './review-places.ts';
import { allReviews, approverSet, fewestApprovals, type Review, type ReviewerSet } from './reviews.ts';

/**
 * A rule of the policy: whom and what it concerns, and what it asks for. What a rule leaves out, it does not look at.
 * Rules only add to what the table in `policy.ts` allows; none can allow what the table forbids.
 */
export interface PolicyRule {
  /** One sentence for people: shown to those who ask, and to those who decide. */
  readonly says: string;
  readonly actions: readonly PolicyColumn[];
  readonly accountTypes?: readonly AccountType[];
  readonly workspaceRoles?: readonly MemberRole[];
  /** Only requests of people with one of these roles here; `user` is whoever has none. */
  readonly botRoles?: readonly (BotRole | 'user')[];
  /** True: only what is done with Steward's own rights in Azure, rather than with the workspace's credential. */
  readonly withOwnRights?: boolean;
  /** Only requests of more assets than this. */
  readonly moreThanAssets?: number;
  /** Only requests with an asset that is not the requester's own: of somebody else, or of an owner who is not known. */
  readonly othersAssets?: true;
  /** How many people must approve. */
  readonly approvals?: number;
  /** Of which sets these people are; default: the approvers of the configuration. */
  readonly reviewers?: readonly ReviewerSet[];
  /**
   * Where its approvals are asked for; default: the approvers' conversation of the configuration. Its reviewers count
   * as members of this conversation.
   */
  readonly conversation?: NamedConversation;
  /** Whom it is brought before as well when nobody has decided by `escalateAfter`, by default half of the time. */
  readonly escalateTo?: EscalateTo;
  readonly escalateAfter?: EscalateAfter;
  /** How many reviewers must reject to end it; default 1. */
  readonly rejections?: number;
  /** Whether a reviewer who rejects has to say why. */
  readonly rejectionNeedsComment?: boolean;
  /** Cooling-off period: minutes between the last condition and the start, in which it can be stopped. */
  readonly waitMinutes?: number;
  /** Whether the requester has to type the workspace's name to confirm; for the deletion of a whole one. */
  readonly confirmByTypingName?: boolean;
  /** Whether the requester has to give a reason to confirm. */
  readonly reasonNeeded?: boolean;
  /** Nothing that fits is done. The value is what the person can do instead, as a sentence. */
  readonly refuse?: string;
}

/** The reviewed rules of a deployment, with the version that requests and audit rows carry. */
export interface PolicyRules {
  /** The version as its authors call it, with the first digits of the hash of the content. */
  readonly version: string;
  readonly rules: readonly PolicyRule[];
  /** Further sets of reviewers by name: object ids or addresses, as those of the approvers. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly holds?: HoldRules;
}

/** Everybody whom the groups and the escalations of a policy name: object ids, addresses, and groups of the directory. */
export function entriesOfPolicy({ rules, groups = {} }: Pick<PolicyRules, 'rules' | 'groups'>): readonly string[] {
  return [...Object.values(groups), ...rules.map(({ escalateTo }) => escalateTo?.people ?? [])].flat();
}

/** Who places and lifts legal holds. */
export interface HoldRules {
  /** Groups whose people may, beside the administrators, who always may. */
  readonly placedBy?: readonly string[];
  /** Whether a hold is lifted by somebody else than who placed it; default: where somebody else may lift it. */
  readonly liftedByAnother?: boolean;
}

/** What a rule is compared with. What is not known yet is left out; rules that look at it do not fit then. */
export interface PolicyFacts {
  readonly column: PolicyColumn;
  readonly accountType: AccountType;
  readonly role: MemberRole;
  /** The requester's roles here. */
  readonly botRoles?: readonly BotRole[];
  readonly ownRights?: boolean;
  /** How many assets the preview lists. */
  readonly assets?: number;
  /** Whether one of them is not certainly the requester's own. */
  readonly othersAssets?: boolean;
}

/** What a request has to meet: the conditions of all rules that fit it, together. */
export interface PolicyTerms {
  /** The version of the policy that they come from. */
  readonly version: string;
  /** How many different people must approve at least. */
  readonly approvals: number;
  /** Who has to approve. Terms that an earlier release stored have none; `reviewsOf` knows what that means. */
  readonly reviews?: readonly Review[];
  /** Where they are asked; left out where no rule names a conversation, as by earlier releases (`defaultPlaces`). */
  readonly places?: readonly ReviewPlace[];
  /** How it is escalated while nobody decides; left out where no rule says so. */
  readonly escalations?: readonly Escalation[];
  readonly rejections: number;
  readonly rejectionNeedsComment: boolean;
  /** The requester confirms by typing the workspace's name. */
  readonly typedName: boolean;
  /** Minutes to wait before it starts. Terms that an earlier release stored have none. */
  readonly waitMinutes?: number;
  /** The requester confirms with a reason, and the sentences of the rules that ask for it. */
  readonly reasonNeeded?: boolean;
  readonly reasonBecause?: readonly string[];
  /** The sentences of the rules that ask for approvals. */
  readonly because: readonly string[];
}

/** The terms of a request that needs nobody else. */
export function freeTerms(version: string): PolicyTerms {
  return { version, approvals: 0, rejections: 1, rejectionNeedsComment: false, typedName: false, because: [] };
}

/** Who has to approve under these terms. */
export function reviewsOf({ approvals, reviews }: Pick<PolicyTerms, 'approvals' | 'reviews'>): readonly Review[] {
  return reviews ?? (approvals > 0 ? [{ approvals, by: [approverSet] }] : []);
}

/** What a rule forbids and what to do instead, for a refusal. */
export function ruleWords(rule: PolicyRule | undefined): string {
  return `${rule?.says ?? ''} ${rule?.refuse ?? ''}`.trim();
}

/** "90 minutes", "2 hours", "3 days". */
export function waitWords(minutes: number): string {
  const [size, one] = minutes % 1440 === 0 ? [1440, 'day'] : minutes % 60 === 0 ? [60, 'hour'] : [1, 'minute'];
  const count = minutes / size;
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** The rules that fit, in the order of the file. */
export function rulesFor({ rules }: PolicyRules, facts: PolicyFacts): readonly PolicyRule[] {
  return rules.filter(
    (rule) =>
      rule.actions.includes(facts.column) &&
      (rule.accountTypes?.includes(facts.accountType) ?? true) &&
      (rule.workspaceRoles?.includes(facts.role) ?? true) &&
      (rule.botRoles === undefined || hasRole(rule.botRoles, facts.botRoles)) &&
      (rule.withOwnRights === undefined || rule.withOwnRights === (facts.ownRights ?? false)) &&
      (rule.moreThanAssets === undefined || (facts.assets ?? 0) > rule.moreThanAssets) &&
      (rule.othersAssets === undefined || facts.othersAssets === true),
  );
}

function hasRole(wanted: readonly (BotRole | 'user')[], own: readonly BotRole[] | undefined): boolean {
  if (own === undefined) return false;
  return own.length === 0 ? wanted.includes('user') : own.some((role) => wanted.includes(role));
}

/** The strictest of each condition: deny overrides permit, and of two numbers the one that asks for more counts. */
export function termsOf({ version }: PolicyRules, rules: readonly PolicyRule[]): PolicyTerms {
  const most = (of: (rule: PolicyRule) => number | undefined, least: number) =>
    rules.reduce((highest, rule) => Math.max(highest, of(rule) ?? least), least);
  // With two rules about rejections, the one that needs fewer counts: ending a request is the careful outcome.
  const reviews = allReviews(
    rules.flatMap(({ approvals = 0, reviewers = [approverSet] }) =>
      approvals > 0 ? { approvals, by: reviewers } : [],
    ),
  );
  const rejections = rules.flatMap((rule) => rule.rejections ?? []);
  const places = placesOf(rules);
  const escalations = escalationsOf(rules);
  return {
    version,
    approvals: fewestApprovals(reviews),
    reviews,
    ...(places === undefined ? {} : { places }),
    ...(escalations === undefined ? {} : { escalations }),
    rejections: rejections.length === 0 ? 1 : Math.min(...rejections),
    rejectionNeedsComment: rules.some(({ rejectionNeedsComment }) => rejectionNeedsComment === true),
    typedName: rules.some(({ confirmByTypingName }) => confirmByTypingName === true),
    waitMinutes: most(({ waitMinutes }) => waitMinutes, 0),
    reasonNeeded: rules.some(({ reasonNeeded }) => reasonNeeded === true),
    reasonBecause: rules.filter(({ reasonNeeded }) => reasonNeeded === true).map(({ says }) => says),
    because: rules.filter(({ approvals = 0 }) => approvals > 0).map(({ says }) => says),
  };
}

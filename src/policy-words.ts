import type { AccountType } from './domain/accounts.ts';
import { type PolicyColumn, policyColumns } from './domain/actions.ts';
import type { NamedConversation } from './domain/conversation-id.ts';
import type { EscalateAfter, EscalateTo } from './domain/escalations.ts';
import { evaluate, type PolicyQuestion, type PolicySettings, type Role } from './domain/policy.ts';
import { type PolicyRule, type PolicyTerms, reviewsOf, rulesFor, waitWords } from './domain/policy-rules.ts';
import { approverSet, type Review, reviewWords } from './domain/reviews.ts';

const whoWords: Readonly<Record<Role, string>> = {
  owner: 'An owner',
  user: 'A member who is no owner',
  none: 'Somebody who is no member',
};
const refusals = {
  'not-a-member': 'No: only members can use a workspace.',
  'guest-cannot-delete':
    'No: Studio purges a guest workspace when it expires, and nothing in it is deleted on request.',
  'owner-only': 'No: only an owner can, or nobody is set up to approve it.',
  'azure-needs-approval': 'No: it needs an approval, and nobody is set up to give it.',
  'nobody-can-approve': 'No: it needs an approval, and nobody is set up to give it.',
} as const;

/** What the policy says to a question, and which rules say so; one line each. */
export function explain(
  question: PolicyQuestion & { readonly action: PolicyColumn },
  settings: PolicySettings,
): string[] {
  const { action, accountType, role } = question;
  const asked = `${whoWords[role]} asks for “${action}” in a ${accountType} workspace (policy ${settings.version}):`;
  const fitting = role === 'none' ? [] : rulesFor(settings, { ...question, column: action, role });
  return [asked, `  ${decisionWords(question, settings)}`, ...fitting.map((rule) => `  Rule: ${ruleLine(rule)}`)];
}

function decisionWords(question: PolicyQuestion, settings: PolicySettings): string {
  const decision = evaluate(question, settings);
  if (decision.allowed) return termsWords(decision.terms);
  return decision.refusal === 'refused-by-rule'
    ? `No. ${decision.rule?.refuse ?? ''}`.trim()
    : refusals[decision.refusal];
}

function termsWords(terms: PolicyTerms): string {
  const { rejections, rejectionNeedsComment, typedName, waitMinutes = 0, reasonNeeded = false } = terms;
  const reviews = reviewsOf(terms);
  const how = [...(typedName ? ['typing the workspace’s name'] : []), ...(reasonNeeded ? ['giving a reason'] : [])];
  const confirming = how.length === 0 ? 'confirming the preview' : `confirming the preview by ${how.join(' and ')}`;
  const wait = waitMinutes === 0 ? '' : ` It then waits ${waitWords(waitMinutes)}, in which it can be stopped.`;
  if (reviews.length === 0) return `Yes, after ${confirming}.${wait}`;
  const reasons = rejectionNeedsComment ? ', with a reason' : '';
  const end = rejections === 1 ? `one rejection${reasons}` : `${rejections} rejections${reasons}`;
  return `Yes, after ${confirming}, and ${reviews.map(counted).join(', and ')}; ${end} ends it.${wait}`;
}

function counted(review: Review): string {
  const { approvals, by } = review;
  if (by.some((set) => set !== approverSet)) return `the approval of ${reviewWords(review)}`;
  return approvals === 1 ? 'one approval' : `the approvals of ${approvals} different people`;
}

function ruleLine(rule: PolicyRule): string {
  const { says, botRoles, withOwnRights, moreThanAssets, othersAssets, conversation, escalateTo, escalateAfter } = rule;
  const limits = [
    ...(botRoles === undefined ? [] : [`asked by: ${botRoles.join(', ')}`]),
    ...(withOwnRights === undefined
      ? []
      : [withOwnRights ? 'with Steward’s rights in Azure' : 'with the workspace’s credential']),
    ...(moreThanAssets === undefined ? [] : [`more than ${moreThanAssets} assets`]),
    ...(othersAssets === undefined ? [] : ['with assets of others']),
    ...(conversation === undefined ? [] : [`asked for in ${conversationWords(conversation)}`]),
    ...(escalateTo === undefined ? [] : [escalationWords(escalateTo, escalateAfter)]),
  ];
  return limits.length === 0 ? says : `${says} (${limits.join(', ')})`;
}

/** "escalated to the channel “Legal” and 2 people after 90 minutes". */
function escalationWords({ conversation, people = [] }: EscalateTo, after: EscalateAfter | undefined): string {
  const to = [
    ...(conversation === undefined ? [] : [conversationWords(conversation)]),
    ...(people.length === 0 ? [] : [people.length === 1 ? 'one person' : `${people.length} people`]),
  ];
  const share = after === undefined || !('share' in after) ? 0.5 : after.share;
  const when =
    after !== undefined && 'minutes' in after ? waitWords(after.minutes) : `${Math.round(share * 100)} % of the time`;
  return `escalated to ${to.join(' and ')} after ${when}`;
}

function conversationWords({ id, name }: NamedConversation): string {
  return name === undefined ? `the conversation ${id}` : `the channel “${name}”`;
}

/** The whole policy as the lines of a Markdown table, for the README. */
export function policyRows(settings: PolicySettings): string[] {
  const accounts: readonly AccountType[] = ['free', 'standard', 'guest'];
  const cell = (accountType: AccountType, role: Role, action: PolicyColumn): string => {
    const plain = cellWords({ action, accountType, role }, settings);
    const azure = cellWords({ action, accountType, role, ownRights: true }, settings);
    const others = cellWords({ action, accountType, role, othersAssets: true }, settings);
    return [
      plain,
      ...(azure === plain ? [] : [`with my own rights in Azure: ${azure}`]),
      ...(others === plain ? [] : [`with assets of others: ${others}`]),
    ].join('; ');
  };
  const rows = accounts.flatMap((accountType) =>
    (['owner', 'user', 'none'] as const).map((role) =>
      ['', accountType, roleWords[role], ...policyColumns.map((action) => cell(accountType, role, action)), '']
        .join(' | ')
        .trim(),
    ),
  );
  return [`| Account | Who | Export | Delete assets | Delete the workspace |`, `|---|---|---|---|---|`, ...rows];
}

const roleWords: Readonly<Record<Role, string>> = { owner: 'owner', user: 'member', none: 'anybody else' };

function cellWords(question: PolicyQuestion, settings: PolicySettings): string {
  const decision = evaluate(question, settings);
  if (!decision.allowed) return decision.refusal === 'guest-cannot-delete' ? 'no (purged when it expires)' : 'no';
  const { typedName, waitMinutes = 0, reasonNeeded = false } = decision.terms;
  const reviews = reviewsOf(decision.terms);
  const wait = waitMinutes === 0 ? '' : `, ${waitWords(waitMinutes)} later`;
  const typing = `${typedName ? ', by typing its name' : ''}${reasonNeeded ? ', with a reason' : ''}${wait}`;
  return reviews.length === 0 ? `yes${typing}` : `with ${reviews.map(cellReview).join(' and ')}${typing}`;
}

function cellReview(review: Review): string {
  const { approvals, by } = review;
  if (by.some((set) => set !== approverSet)) return `the approval of ${reviewWords(review)}`;
  return approvals === 1 ? 'an approval' : `${approvals} approvals`;
}

import { shippedPolicy } from '../../src/config-policy.ts';
import { freeTerms, type PolicyRules, type PolicyTerms } from '../../src/domain/policy-rules.ts';

/** No deletion needs anybody else. */
export const noApprovals: PolicyRules = { version: 'none+0', rules: [] };

/** The shipped rules without the one about Azure: only a member who is no owner needs an approval. */
export const membersNeedApproval: PolicyRules = {
  version: 'members+0',
  rules: shippedPolicy().rules.filter(({ withOwnRights }) => withOwnRights !== true),
};

/** Every deletion needs so many approvals. */
export function everyDeletionNeeds(approvals: number): PolicyRules {
  return {
    version: `every-${approvals}+0`,
    rules: [{ says: 'Every deletion needs an approval.', actions: ['delete', 'delete-workspace'], approvals }],
  };
}

/** The terms of a preview that needs so many approvals. */
export function termsWith(approvals: number): PolicyTerms {
  return { ...freeTerms('test+0'), approvals };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedPolicy } from '../../src/config-policy.ts';
import type { AccountType, Member, Workspace } from '../../src/domain/accounts.ts';
import { actions, isWorkspaceDeletion, policyColumns, traitsOf } from '../../src/domain/actions.ts';
import { type BotRole, botRoles } from '../../src/domain/bot-roles.ts';
import {
  evaluate,
  type PolicyQuestion,
  type PolicySettings,
  policyTable,
  type Role,
  roleOf,
} from '../../src/domain/policy.ts';
import { type PolicyRule, reviewsOf, rulesFor } from '../../src/domain/policy-rules.ts';
import { coversReviews } from '../../src/domain/reviews.ts';
import { member as person } from '../harness/people.ts';

const workspace = (accountType: AccountType): Workspace => ({
  id: '0'.repeat(32),
  name: 'Churn Lab',
  description: '',
  accountType,
  serviceType: '',
  region: 'South Central US',
  ownerEmail: '',
  createdAt: null,
  expiresAt: null,
});
const alex = person('a', 'Alex Wilber', 'alexw@example.com');
const member = (role: Member['role'], email: string, status: Member['status'] = 'active'): Member => ({
  userId: 'u',
  email,
  name: '',
  role,
  status,
});

const account = fc.constantFrom<AccountType>('guest', 'free', 'standard');
const role = fc.constantFrom<Role>('owner', 'user', 'none');
const action = fc.constantFrom(...actions);
const rule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    says: fc.constant('A rule.'),
    actions: fc.subarray([...policyColumns], { minLength: 1 }),
    accountTypes: fc.subarray<AccountType>(['guest', 'free', 'standard'], { minLength: 1 }),
    workspaceRoles: fc.subarray<'owner' | 'user'>(['owner', 'user'], { minLength: 1 }),
    withOwnRights: fc.boolean(),
    moreThanAssets: fc.integer({ min: 1, max: 50 }),
    othersAssets: fc.constant(true as const),
    approvals: fc.integer({ min: 1, max: 5 }),
    rejections: fc.integer({ min: 1, max: 5 }),
    botRoles: fc.subarray([...botRoles, 'user' as const], { minLength: 1 }),
    reviewers: fc.subarray(['approvers', 'workspace-owners', 'privacy'], { minLength: 1 }),
    rejectionNeedsComment: fc.boolean(),
    confirmByTypingName: fc.boolean(),
    reasonNeeded: fc.boolean(),
    waitMinutes: fc.constantFrom(5, 60),
    refuse: fc.constant('Ask somebody.'),
  },
  { requiredKeys: ['says', 'actions'] },
);
const settings: fc.Arbitrary<PolicySettings> = fc.record({
  version: fc.constant('generated+0'),
  rules: fc.array(rule, { maxLength: 6 }),
  approversExist: fc.boolean(),
});
const question: fc.Arbitrary<PolicyQuestion> = fc.record({
  action,
  accountType: account,
  role,
  botRoles: fc.subarray([...botRoles]),
  ownRights: fc.boolean(),
  assets: fc.nat({ max: 100 }),
  othersAssets: fc.boolean(),
});

describe('the policy', () => {
  it('never lets anybody delete in a guest workspace, whatever the rules', () => {
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        if (traitsOf(asked.action).deletes === 'nothing') return;
        expect(evaluate({ ...asked, accountType: 'guest' }, rules).allowed).toBe(false);
      }),
    );
  });

  it('never lets anybody touch a workspace that they are not a member of', () => {
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        expect(evaluate({ ...asked, role: 'none' }, rules)).toEqual({ allowed: false, refusal: 'not-a-member' });
      }),
    );
  });

  it('lets nobody but its owners delete a whole workspace, whatever the rules', () => {
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        if (isWorkspaceDeletion(asked.action) && evaluate(asked, rules).allowed) expect(asked.role).toBe('owner');
      }),
    );
  });

  it('never allows more with a rule than without it, and never asks for less', () => {
    const seen = { denied: 0, stricter: 0 };
    fc.assert(
      fc.property(question, settings, rule, (asked, rules, added) => {
        const before = evaluate(asked, rules);
        const after = evaluate(asked, { ...rules, rules: [...rules.rules, added] });
        if (!before.allowed) {
          expect(after.allowed).toBe(false);
          return;
        }
        if (!after.allowed) {
          seen.denied += 1;
          return;
        }
        expect(after.terms.approvals).toBeGreaterThanOrEqual(before.terms.approvals);
        expect(coversReviews(reviewsOf(after.terms), reviewsOf(before.terms))).toBe(true);
        if (before.terms.rejectionNeedsComment) expect(after.terms.rejectionNeedsComment).toBe(true);
        if (before.terms.reasonNeeded === true) expect(after.terms.reasonNeeded).toBe(true);
        expect(after.terms.waitMinutes).toBeGreaterThanOrEqual(before.terms.waitMinutes ?? 0);
        if (after.terms.approvals > before.terms.approvals) seen.stricter += 1;
      }),
      { numRuns: 30_000 },
    );
    expect(Math.min(seen.denied, seen.stricter)).toBeGreaterThan(20);
  });

  it('never asks for an approval that nobody could give', () => {
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        const decision = evaluate(asked, rules);
        if (!decision.allowed || rules.approversExist) return;
        for (const { by } of reviewsOf(decision.terms)) expect(by.some((set) => set !== 'approvers')).toBe(true);
      }),
    );
  });

  it('does what a rule forbids for nobody that it fits, and says what to do instead', () => {
    let seen = 0;
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        const column = traitsOf(asked.action).policy;
        const decision = evaluate(asked, rules);
        if (column === null || !decision.allowed || asked.role === 'none') return;
        expect(rulesFor(rules, { ...asked, column, role: asked.role }).some(({ refuse }) => refuse)).toBe(false);
        seen += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(seen).toBeGreaterThan(50);
    const forbidding: PolicyRule = { says: 'Nobody deletes in free.', actions: ['delete'], refuse: 'Ask Patti.' };
    const asked = { action: 'delete', accountType: 'free', role: 'owner' } as const;
    const decision = evaluate(asked, { version: '1', rules: [forbidding], approversExist: true });
    expect(decision).toEqual({ allowed: false, refusal: 'refused-by-rule', rule: forbidding });
  });

  it('asks for a reason exactly where a rule that fits does, and says with which words', () => {
    const seen = { asked: 0, free: 0 };
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        const column = traitsOf(asked.action).policy;
        const decision = evaluate(asked, rules);
        if (column === null || !decision.allowed || asked.role === 'none') return;
        const asking = rulesFor(rules, { ...asked, column, role: asked.role }).filter((each) => each.reasonNeeded);
        expect(decision.terms.reasonNeeded).toBe(asking.length > 0);
        expect(decision.terms.reasonBecause).toEqual(asking.map(({ says }) => says));
        seen[asking.length > 0 ? 'asked' : 'free'] += 1;
      }),
      { numRuns: 15_000 },
    );
    expect(Math.min(seen.asked, seen.free)).toBeGreaterThan(20);
  });

  it('shows other people’s personal data to owners only, and none of a guest', () => {
    fc.assert(
      fc.property(question, settings, (asked, rules) => {
        const decision = evaluate(asked, rules);
        if (!decision.allowed) return;
        if (decision.personalData === 'everyone') expect(asked.role).toBe('owner');
        if (asked.accountType === 'guest') expect(decision.personalData).toBe('none');
      }),
    );
  });

  it('as shipped, lets a member who is no owner delete only with an approval', () => {
    const approvers = { ...shippedPolicy(), approversExist: true };
    const asked = { action: 'delete', accountType: 'free' } as const;
    const member = evaluate({ ...asked, role: 'user' }, approvers);
    expect(member).toMatchObject({ allowed: true, terms: { approvals: 1, version: approvers.version } });
    expect(evaluate({ ...asked, role: 'owner' }, approvers)).toMatchObject({ allowed: true, terms: { approvals: 0 } });
    expect(evaluate({ ...asked, role: 'user' }, { ...approvers, approversExist: false })).toEqual({
      allowed: false,
      refusal: 'owner-only',
    });
  });

  it('as shipped, lets nobody borrow Steward’s rights in Azure without a second person', () => {
    const shipped = shippedPolicy();
    for (const what of ['delete', 'delete-workspace', 'export-then-delete-workspace'] as const) {
      const asked = { action: what, accountType: 'standard', role: 'owner', ownRights: true } as const;
      const decision = evaluate(asked, { ...shipped, approversExist: true });
      expect(decision).toMatchObject({ allowed: true, terms: { approvals: 1 } });
      const alone = evaluate(asked, { ...shipped, approversExist: false });
      expect(alone).toEqual({ allowed: false, refusal: 'azure-needs-approval' });
    }
  });

  it('looks at the number of assets once it is known', () => {
    const many: PolicyRule = { says: 'Many need two.', actions: ['delete'], moreThanAssets: 10, approvals: 2 };
    const rules = { version: '1', rules: [many], approversExist: true };
    const asked = { action: 'delete', accountType: 'free', role: 'owner' } as const;
    const needed = [undefined, 10, 11].map((assets) => {
      const decision = evaluate(assets === undefined ? asked : { ...asked, assets }, rules);
      return decision.allowed ? decision.terms.approvals : null;
    });
    expect(needed).toEqual([0, 0, 2]);
  });
});

describe('a rule about what others made', () => {
  const others: PolicyRule = { says: 'Others’ need one.', actions: ['delete'], othersAssets: true, approvals: 1 };
  const rules = { version: '1', rules: [others], approversExist: true };

  it('fits only once the preview is known to hold such an asset', () => {
    const asked = { action: 'delete', accountType: 'free', role: 'owner' } as const;
    const needed = [undefined, false, true].map((othersAssets) => {
      const decision = evaluate(othersAssets === undefined ? asked : { ...asked, othersAssets }, rules);
      return decision.allowed ? decision.terms.approvals : null;
    });
    expect(needed).toEqual([0, 0, 1]);
  });

  it('never asks for less of who deletes what others made than of who deletes what is theirs', () => {
    let stricter = 0;
    fc.assert(
      fc.property(question, settings, (asked, drawn) => {
        const own = evaluate({ ...asked, othersAssets: false }, drawn);
        const of = evaluate({ ...asked, othersAssets: true }, drawn);
        if (!own.allowed) expect(of.allowed).toBe(false);
        if (!own.allowed || !of.allowed) return;
        expect(of.terms.approvals).toBeGreaterThanOrEqual(own.terms.approvals);
        expect(of.terms.waitMinutes).toBeGreaterThanOrEqual(own.terms.waitMinutes ?? 0);
        if (own.terms.reasonNeeded === true) expect(of.terms.reasonNeeded).toBe(true);
        if (of.terms.approvals > own.terms.approvals) stricter += 1;
      }),
      { numRuns: 15_000 },
    );
    expect(stricter).toBeGreaterThan(5);
  });
});

describe('the policy table', () => {
  it('says in one place what each account type allows whom', () => {
    const lines = Object.entries(policyTable).flatMap(([type, roles]) =>
      Object.entries(roles).map(
        ([who, rules]) =>
          `${type} ${who}: export ${rules.export}, delete ${rules.delete}, whole workspace ${rules['delete-workspace']}`,
      ),
    );
    expect(lines).toEqual([
      'guest owner: export by-rules, delete guest-cannot-delete, whole workspace guest-cannot-delete',
      'guest user: export by-rules, delete guest-cannot-delete, whole workspace guest-cannot-delete',
      'guest none: export not-a-member, delete not-a-member, whole workspace not-a-member',
      'free owner: export by-rules, delete by-rules, whole workspace by-rules',
      'free user: export by-rules, delete by-rules, whole workspace owner-only',
      'free none: export not-a-member, delete not-a-member, whole workspace not-a-member',
      'standard owner: export by-rules, delete by-rules, whole workspace by-rules',
      'standard user: export by-rules, delete by-rules, whole workspace owner-only',
      'standard none: export not-a-member, delete not-a-member, whole workspace not-a-member',
    ]);
  });
});

describe('a person’s standing', () => {
  it('is matched by e-mail address without case', () => {
    expect(roleOf(alex, workspace('free'), [member('owner', 'AlexW@Example.com')], null)).toBe('owner');
  });

  it('does not come from an open invitation', () => {
    expect(roleOf(alex, workspace('free'), [member('owner', 'alexw@example.com', 'invited')], null)).toBe('none');
  });

  it('does not come from having registered the workspace, except for a guest workspace', () => {
    expect(roleOf(alex, workspace('free'), [], 'alexw@example.com')).toBe('none');
    expect(roleOf(alex, workspace('guest'), [], 'alexw@example.com')).toBe('owner');
  });

  it('is none for a person without an e-mail address, even where a member has none either', () => {
    expect(roleOf({ addresses: [] }, workspace('guest'), [member('owner', '')], null)).toBe('none');
    expect(roleOf({ addresses: [''] }, workspace('guest'), [member('owner', '')], '')).toBe('none');
  });

  it('has rules for the roles that a person has here, and for those who have none', () => {
    const rules: PolicyRule[] = [
      { says: 'The helpdesk needs two people.', actions: ['delete'], approvals: 2, botRoles: ['helpdesk'] },
      { says: 'Others need one.', actions: ['delete'], approvals: 1, botRoles: ['user', 'auditor'] },
    ];
    const asked = { action: 'delete', accountType: 'free', role: 'owner' } as const;
    const needed = (botRoles?: readonly BotRole[]) => {
      const decision = evaluate(botRoles === undefined ? asked : { ...asked, botRoles }, {
        version: '1',
        rules,
        approversExist: true,
      });
      return decision.allowed ? decision.terms.approvals : null;
    };
    expect([needed(['helpdesk']), needed(['helpdesk', 'auditor']), needed([]), needed(['approver'])]).toEqual([
      2, 2, 1, 0,
    ]);
    expect(needed()).toBe(0);
  });
});

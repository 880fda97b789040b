import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountType, Member, Workspace } from '../../src/domain/accounts.ts';
import { actions, isWorkspaceDeletion } from '../../src/domain/actions.ts';
import { type ApprovalRule, evaluate, policyTable, type Role, roleOf } from '../../src/domain/policy.ts';
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
const settings = fc.record({
  approvals: fc.constantFrom<ApprovalRule>('never', 'members', 'always'),
  approversExist: fc.boolean(),
});
const action = fc.constantFrom(...actions);

describe('the policy', () => {
  it('never lets anybody delete in a guest workspace', () => {
    fc.assert(
      fc.property(role, settings, (who, rules) => {
        expect(evaluate('delete', 'guest', who, rules).allowed).toBe(false);
        expect(evaluate('export-then-delete', 'guest', who, rules).allowed).toBe(false);
        expect(evaluate('delete-workspace', 'guest', who, rules).allowed).toBe(false);
        expect(evaluate('export-then-delete-workspace', 'guest', who, rules).allowed).toBe(false);
      }),
    );
  });

  it('never lets anybody touch a workspace that they are not a member of', () => {
    fc.assert(
      fc.property(action, account, settings, (what, type, rules) => {
        expect(evaluate(what, type, 'none', rules)).toEqual({ allowed: false, refusal: 'not-a-member' });
      }),
    );
  });

  it('lets nobody but its owners delete a whole workspace, whatever the settings', () => {
    fc.assert(
      fc.property(account, role, settings, fc.constantFrom(...actions), (type, who, rules, what) => {
        if (!isWorkspaceDeletion(what)) return;
        if (evaluate(what, type, who, rules).allowed) expect(who).toBe('owner');
      }),
    );
  });

  it('asks for the same approval for a whole workspace as for assets in it', () => {
    fc.assert(
      fc.property(account, settings, (type, rules) => {
        const { allowed: whole, ...wholeTerms } = evaluate('delete-workspace', type, 'owner', rules);
        const { allowed: assets, ...terms } = evaluate('delete', type, 'owner', rules);
        expect([whole, wholeTerms]).toEqual([assets, terms]);
      }),
    );
  });

  it('never asks for an approval that nobody could give', () => {
    fc.assert(
      fc.property(action, account, role, settings, (what, type, who, rules) => {
        const decision = evaluate(what, type, who, rules);
        if (decision.allowed && decision.needsApproval) expect(rules.approversExist).toBe(true);
      }),
    );
  });

  it('shows other people’s personal data to owners only, and none of a guest', () => {
    fc.assert(
      fc.property(account, role, settings, (type, who, rules) => {
        const decision = evaluate('export', type, who, rules);
        if (!decision.allowed) return;
        if (decision.personalData === 'everyone') expect(who).toBe('owner');
        if (type === 'guest') expect(decision.personalData).toBe('none');
      }),
    );
  });

  it('lets a member who is no owner delete only with an approval, unless approvals are off', () => {
    const approvers = { approvals: 'members', approversExist: true } as const;
    expect(evaluate('delete', 'free', 'user', approvers)).toMatchObject({ allowed: true, needsApproval: true });
    expect(evaluate('delete', 'free', 'owner', approvers)).toMatchObject({ allowed: true, needsApproval: false });
    expect(evaluate('delete', 'free', 'user', { ...approvers, approversExist: false })).toEqual({
      allowed: false,
      refusal: 'owner-only',
    });
    expect(evaluate('delete', 'free', 'user', { ...approvers, approvals: 'never' })).toMatchObject({
      allowed: true,
      needsApproval: false,
    });
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
      'guest owner: export yes, delete guest-cannot-delete, whole workspace guest-cannot-delete',
      'guest user: export yes, delete guest-cannot-delete, whole workspace guest-cannot-delete',
      'guest none: export not-a-member, delete not-a-member, whole workspace not-a-member',
      'free owner: export yes, delete approval-rule, whole workspace approval-rule',
      'free user: export yes, delete approval-rule, whole workspace owner-only',
      'free none: export not-a-member, delete not-a-member, whole workspace not-a-member',
      'standard owner: export yes, delete approval-rule, whole workspace approval-rule',
      'standard user: export yes, delete approval-rule, whole workspace owner-only',
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
});

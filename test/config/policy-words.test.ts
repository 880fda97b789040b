import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shippedPolicy } from '../../src/config-policy.ts';
import { explain, policyRows } from '../../src/policy-words.ts';

const shipped = { ...shippedPolicy(), approversExist: true };

describe('the README', () => {
  it('shows the shipped policy as its table', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const shown = /<!-- policy -->\n([\s\S]*?)\n?<!-- \/policy -->/u.exec(readme)?.[1];
    expect(shown?.split('\n')).toEqual(policyRows(shipped));
  });
});

describe('the explanation of the policy', () => {
  it('says what happens to whom, and which rule says so', () => {
    const lines = explain({ action: 'delete', accountType: 'free', role: 'user' }, shipped);
    expect(lines[0]).toContain('A member who is no owner asks for “delete” in a free workspace');
    expect(lines.slice(1)).toEqual([
      '  Yes, after confirming the preview, and one approval; one rejection ends it.',
      '  Rule: A member who does not own the workspace needs an approval to delete in it.',
    ]);
  });

  it('says who has to approve, where these are not the approvers', () => {
    const rules = [
      { says: 'An owner agrees.', actions: ['delete'], approvals: 1, reviewers: ['workspace-owners'] },
      { says: 'Two others agree.', actions: ['delete'], approvals: 2, reviewers: ['approvers', 'privacy'] },
    ] as const;
    expect(explain({ action: 'delete', accountType: 'free', role: 'user' }, { ...shipped, rules })[1]).toBe(
      '  Yes, after confirming the preview, and the approval of an owner of the workspace, and the approval of 2 different people (approvers or people of “privacy”); one rejection ends it.',
    );
  });

  it('says where an approval is asked for, where a rule has a conversation of its own', () => {
    const rule = { says: 'Finance agrees.', actions: ['delete'], approvals: 1 } as const;
    const conversation = { id: '19:fin@thread.tacv2', tenantId: null };
    const rules = [
      { ...rule, conversation: { ...conversation, name: 'Finance' } },
      { ...rule, conversation },
    ];
    const asked = { action: 'delete', accountType: 'free', role: 'user' } as const;
    expect(explain(asked, { ...shipped, rules }).slice(2)).toEqual([
      '  Rule: Finance agrees. (asked for in the channel “Finance”)',
      '  Rule: Finance agrees. (asked for in the conversation 19:fin@thread.tacv2)',
    ]);
  });

  it('says whom it is escalated to, and when', () => {
    const rule = { says: 'It needs an approval.', actions: ['delete'], approvals: 1 } as const;
    const conversation = { id: '19:law@thread.tacv2', tenantId: null, name: 'Legal' };
    const rules = [
      { ...rule, escalateTo: { conversation, people: ['a@b.cd', 'e@f.gh'] }, escalateAfter: { minutes: 90 } },
      { ...rule, escalateTo: { people: ['a@b.cd'] }, escalateAfter: { share: 0.25 } },
      { ...rule, escalateTo: { conversation } },
    ];
    const asked = { action: 'delete', accountType: 'free', role: 'user' } as const;
    expect(explain(asked, { ...shipped, rules }).slice(2)).toEqual([
      '  Rule: It needs an approval. (escalated to the channel “Legal” and 2 people after 90 minutes)',
      '  Rule: It needs an approval. (escalated to one person after 25 % of the time)',
      '  Rule: It needs an approval. (escalated to the channel “Legal” after 50 % of the time)',
    ]);
  });

  it('knows the roles of who asks', () => {
    const rules = [
      { says: 'The helpdesk needs an approval.', actions: ['delete'], approvals: 1, botRoles: ['helpdesk'] },
    ] as const;
    const asked = { action: 'delete', accountType: 'free', role: 'owner' } as const;
    expect(explain({ ...asked, botRoles: ['helpdesk'] }, { ...shipped, rules }).slice(1)).toEqual([
      '  Yes, after confirming the preview, and one approval; one rejection ends it.',
      '  Rule: The helpdesk needs an approval. (asked by: helpdesk)',
    ]);
    expect(explain({ ...asked, botRoles: [] }, { ...shipped, rules })[1]).toBe('  Yes, after confirming the preview.');
  });

  it('says how long it waits, in words', () => {
    const waiting = (waitMinutes: number) => {
      const rules = [{ says: 'It waits.', actions: ['delete'], waitMinutes }] as const;
      return explain({ action: 'delete', accountType: 'free', role: 'owner' }, { ...shipped, rules })[1];
    };
    expect(waiting(240)).toBe(
      '  Yes, after confirming the preview. It then waits 4 hours, in which it can be stopped.',
    );
    expect([waiting(1440), waiting(90), waiting(1)]).toEqual([
      expect.stringContaining('waits 1 day,'),
      expect.stringContaining('waits 90 minutes,'),
      expect.stringContaining('waits 1 minute,'),
    ]);
  });

  it('says that a reason has to be given, beside what else is asked for', () => {
    const asked = (more: object) => {
      const rules = [{ says: 'It has a reason.', actions: ['delete-workspace'], reasonNeeded: true, ...more }] as const;
      const question = { action: 'delete-workspace', accountType: 'free', role: 'owner' } as const;
      return { line: explain(question, { ...shipped, rules })[1], rows: policyRows({ ...shipped, rules }) };
    };
    expect(asked({}).line).toBe('  Yes, after confirming the preview by giving a reason.');
    expect(asked({ confirmByTypingName: true, approvals: 1 }).line).toBe(
      '  Yes, after confirming the preview by typing the workspace’s name and giving a reason, and one approval; one rejection ends it.',
    );
    expect(asked({ waitMinutes: 60 }).rows[2]).toContain('| yes, with a reason, 1 hour later |');
  });

  it('tells apart who deletes what others made', () => {
    const rules = [{ says: 'Others agree.', actions: ['delete'], othersAssets: true, approvals: 1 }] as const;
    const asked = (othersAssets: boolean) =>
      explain({ action: 'delete', accountType: 'free', role: 'owner', othersAssets }, { ...shipped, rules }).slice(1);
    expect(asked(false)).toEqual(['  Yes, after confirming the preview.']);
    expect(asked(true)).toEqual([
      '  Yes, after confirming the preview, and one approval; one rejection ends it.',
      '  Rule: Others agree. (with assets of others)',
    ]);
    expect(policyRows({ ...shipped, rules })[2]).toContain('| yes; with assets of others: with an approval |');
  });

  it('names what nobody can do, and why', () => {
    const guest = explain({ action: 'delete-workspace', accountType: 'guest', role: 'owner' }, shipped);
    expect(guest[1]).toContain('Studio purges a guest workspace when it expires');
    const stranger = explain({ action: 'export', accountType: 'standard', role: 'none' }, shipped);
    expect(stranger.slice(1)).toEqual(['  No: only members can use a workspace.']);
    const rules = [{ says: 'No exports.', actions: ['export'], refuse: 'Ask Patti.' }] as const;
    const forbidden = explain({ action: 'export', accountType: 'free', role: 'owner' }, { ...shipped, rules });
    expect(forbidden.slice(1)).toEqual(['  No. Ask Patti.', '  Rule: No exports.']);
  });
});

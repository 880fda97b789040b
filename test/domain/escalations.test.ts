import { describe, expect, it } from 'vitest';
import { escalationDelayMs, escalationsOf } from '../../src/domain/escalations.ts';
import { type PolicyRule, termsOf } from '../../src/domain/policy-rules.ts';

const rule: PolicyRule = { says: 'It needs an approval.', actions: ['delete'], approvals: 1 };
const people = ['patti@contoso.com'];

describe('an escalation', () => {
  it('is left out of the terms where no rule that asks for an approval has one', () => {
    expect(escalationsOf([rule, { ...rule, approvals: 0, escalateTo: { people } }])).toBeUndefined();
    expect(termsOf({ version: '1', rules: [] }, [rule])).not.toHaveProperty('escalations');
  });

  it('is each rule’s own, at half of the time where none is written', () => {
    const conversation = { id: 'legal', tenantId: null, name: 'Legal' };
    const rules = [
      { ...rule, escalateTo: { people } },
      { ...rule, escalateTo: { conversation }, escalateAfter: { minutes: 90 } },
    ];
    const escalations = escalationsOf(rules) ?? [];
    expect(escalations).toEqual([
      { conversationId: null, people, after: { share: 0.5 } },
      { conversationId: 'legal', people: [], after: { minutes: 90 } },
    ]);
    expect(escalations.map(({ after }) => escalationDelayMs(after, 8 * 3_600_000))).toEqual([4 * 3_600_000, 5_400_000]);
  });
});

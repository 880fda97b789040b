import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../src/domain/policy-rules.ts';
import { termsOf } from '../../src/domain/policy-rules.ts';
import { defaultPlaces, placesOf, seesPlace } from '../../src/domain/review-places.ts';

const at = (id: string) => ({ conversation: { id, tenantId: null } });
const rule: PolicyRule = { says: 'It needs an approval.', actions: ['delete'], approvals: 1 };

describe('where approvals are asked for', () => {
  it('is left out of the terms where no rule says so, so that older terms mean the same', () => {
    expect(placesOf([rule, rule])).toBeUndefined();
    expect(termsOf({ version: '1', rules: [] }, [rule])).not.toHaveProperty('places');
  });

  it('is the conversation of each rule, and the approvers’ for rules without one', () => {
    const rules = [rule, { ...rule, ...at('finance'), reviewers: ['money'] }];
    expect(placesOf(rules)).toEqual([
      { conversationId: null, seenBy: ['approvers'] },
      { conversationId: 'finance', seenBy: ['money'] },
    ]);
    expect(placesOf(rules.slice(1))).toEqual([{ conversationId: 'finance', seenBy: ['money'] }]);
  });

  it('counts no owner of a workspace as a member', () => {
    const places = placesOf([{ ...rule, ...at('finance'), reviewers: ['workspace-owners', 'money'] }]) ?? [];
    expect(seesPlace(places, ['workspace-owners'])).toBe(false);
    expect(seesPlace(places, ['workspace-owners', 'money'])).toBe(true);
  });

  it('is each conversation once, and nothing of rules that ask for no approval', () => {
    const some = fc.record({
      approvals: fc.constantFrom(0, 1, 2),
      reviewers: fc.uniqueArray(fc.constantFrom('approvers', 'money', 'workspace-owners'), { minLength: 1 }),
      where: fc.constantFrom(null, 'a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(some), (drawn) => {
        const rules = drawn.map(({ where, ...each }) => ({ ...rule, ...each, ...(where === null ? {} : at(where)) }));
        const asking = drawn.filter(({ approvals }) => approvals > 0);
        const places = placesOf(rules);
        const expected = new Set(asking.map(({ where }) => where));
        if (places === undefined) expect([...expected].filter((where) => where !== null)).toEqual([]);
        else expect(places.map(({ conversationId }) => conversationId).sort()).toEqual([...expected].sort());
        for (const { where, reviewers } of asking) {
          const seen = (places ?? defaultPlaces).find(({ conversationId }) => conversationId === where)?.seenBy ?? [];
          const members = where === null ? ['approvers'] : reviewers.filter((set) => set !== 'workspace-owners');
          expect(seen).toEqual(expect.arrayContaining(members));
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSamePersonOrAddress } from '../../src/domain/people.ts';
import { allReviews, coversReviews, isApproved, lacking, type Review, type Voter } from '../../src/domain/reviews.ts';

const sets = ['approvers', 'workspace-owners', 'privacy', 'legal'];
const review: fc.Arbitrary<Review> = fc.record({
  approvals: fc.integer({ min: 1, max: 3 }),
  by: fc.subarray(sets, { minLength: 1, maxLength: 3 }),
});
/** Few people with several accounts, so that accounts share addresses. */
const voter: fc.Arbitrary<Voter> = fc.record({
  tenantId: fc.constant('tenant'),
  objectId: fc.constantFrom('1', '2', '3', '4', '5', '6'),
  userPrincipalName: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', null),
  mail: fc.constantFrom('a@example.com', 'd@example.com', null),
  reviewsAs: fc.subarray(sets),
});
const reviews = fc.array(review, { maxLength: 4 });
const voters = fc.array(voter, { maxLength: 8 });
/** As the state machine accepts them: each is another person than those before. */
const accepted = voters.map((given) =>
  given.filter((each, index) => !given.slice(0, index).some((before) => isSamePersonOrAddress(before, each))),
);

describe('reviews', () => {
  it('are met by as many different people as each asks for, and by nobody outside its sets', () => {
    const seen = { met: 0, lacking: 0 };
    fc.assert(
      fc.property(reviews, voters, (asked, given) => {
        for (const { approvals, by } of asked) {
          const its = given.filter(({ reviewsAs }) => reviewsAs.some((set) => by.includes(set)));
          // No more people than accounts, and none of the others changes anything.
          const one = [{ approvals, by }];
          expect(isApproved(one, given)).toBe(isApproved(one, its));
          if (isApproved(one, given))
            expect(new Set(its.map(({ objectId }) => objectId)).size).toBeGreaterThanOrEqual(approvals);
        }
        expect(isApproved(asked, given)).toBe(asked.every((each) => isApproved([each], given)));
        seen[lacking(asked, given).length === 0 ? 'met' : 'lacking'] += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.met, seen.lacking)).toBeGreaterThan(100);
  });

  it('of several rules together ask for exactly what each rule asks for', () => {
    fc.assert(
      fc.property(reviews, voters, (asked, given) => {
        expect(isApproved(allReviews(asked), given)).toBe(isApproved(asked, given));
      }),
      { numRuns: 2_000 },
    );
  });

  it('that cover others are never met without them', () => {
    let seen = 0;
    fc.assert(
      fc.property(reviews, reviews, accepted, (asked, wanted, given) => {
        if (!coversReviews(asked, wanted) || !isApproved(asked, given)) return;
        seen += wanted.length > 0 ? 1 : 0;
        expect(isApproved(wanted, given)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('count two accounts with one address as one person', () => {
    const one = { tenantId: 't', objectId: '1', userPrincipalName: 'a@example.com', mail: null, reviewsAs: ['legal'] };
    const two = { ...one, objectId: '2', reviewsAs: ['legal'] };
    expect(lacking([{ approvals: 2, by: ['legal'] }], [one, two])).toEqual([{ approvals: 1, by: ['legal'] }]);
  });
});

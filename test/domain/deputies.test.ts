import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasConflictOfInterest } from '../../src/domain/conflict-of-interest.ts';
import {
  type Deputyship,
  endedBy,
  isInForce,
  mostDeputyDays,
  type NamingFacts,
  refusalOfAdmitting,
  refusalOfConfirming,
  refusalOfNaming,
  reviewingOf,
} from '../../src/domain/deputies.ts';
import { isSamePersonOrAddress, type Person, type StandIn } from '../../src/domain/people.ts';
import {
  isAdmitted,
  isApproved,
  isOneVote,
  type Review,
  type ReviewerSet,
  type Voter,
} from '../../src/domain/reviews.ts';
import { approvalsIn, hasVoted, type Vote, voterWords } from '../../src/domain/votes.ts';

const tenantId = 'tenant';
const sets = ['approvers', 'privacy', 'legal'];
const day = 86_400_000;

/** Few people, some with a second account or an address in common. */
const person: fc.Arbitrary<Person> = fc.record({
  tenantId: fc.constant(tenantId),
  objectId: fc.constantFrom('1', '2', '3', '4', '5'),
  name: fc.constant('Somebody'),
  role: fc.constant('member' as const),
  userPrincipalName: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', null, null),
  mail: fc.constantFrom('d@example.com', null, null, null),
  addresses: fc.constant([]),
});
const standIn: fc.Arbitrary<StandIn> = fc.record({ away: person, admittedBy: fc.option(person, { nil: null }) });
const reviewer: fc.Arbitrary<Person> = fc
  .tuple(person, fc.array(standIn, { maxLength: 3 }))
  .map(([each, deputyFor]) => ({ ...each, deputyFor }));
const belonging: fc.Arbitrary<Readonly<Record<string, readonly ReviewerSet[]>>> = fc.dictionary(
  fc.constantFrom('1', '2', '3', '4', '5'),
  fc.subarray(sets),
);
const review: fc.Arbitrary<Review> = fc.record({
  approvals: fc.integer({ min: 1, max: 2 }),
  by: fc.subarray(sets, { minLength: 1, maxLength: 2 }),
});
const reviews = fc.array(review, { minLength: 1, maxLength: 2 });
const request = fc.record({
  requester: person,
  subject: fc.option(
    person.map(({ objectId, userPrincipalName, mail }) => ({ objectId, userPrincipalName, mail })),
    { nil: null },
  ),
});

describe('as what somebody reviews', () => {
  it('is never their own request or data, nor for somebody whose it is, whatever deputyships there are', () => {
    const seen = { own: 0, asDeputy: 0, refused: 0 };
    fc.assert(
      fc.property(request, reviews, reviewer, belonging, (asked, rules, who, belongs) => {
        const setsOf = ({ objectId }: Person) => belongs[objectId] ?? [];
        const as = reviewingOf(asked, rules, who, setsOf);
        if (as === null) {
          seen.refused += 1;
          return;
        }
        expect(hasConflictOfInterest(asked, who)).toBe(false);
        expect(isAdmitted(rules, as.reviewsAs)).toBe(true);
        for (const away of as.standsInFor) {
          expect(hasConflictOfInterest(asked, away)).toBe(false);
          expect(isSamePersonOrAddress(away, who)).toBe(false);
          // Who is away gives what they may themselves now, so somebody without rights gives nothing.
          expect(isAdmitted(rules, setsOf(away))).toBe(true);
        }
        // Every set that is not their own comes from somebody away, through an administrator without an interest in it.
        const lent = as.reviewsAs.filter((set) => !setsOf(who).includes(set));
        for (const set of lent) {
          const lenders = (who.deputyFor ?? []).filter(
            ({ away, admittedBy }) =>
              as.standsInFor.includes(away) &&
              admittedBy !== null &&
              !hasConflictOfInterest(asked, admittedBy) &&
              setsOf(away).includes(set),
          );
          expect(lenders.length).toBeGreaterThan(0);
        }
        seen[lent.length > 0 ? 'asDeputy' : 'own'] += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(Math.min(seen.own, seen.asDeputy, seen.refused)).toBeGreaterThan(50);
  });

  it('takes nothing from anybody that they have without a deputyship, and nothing from whom their principal stands in for', () => {
    fc.assert(
      fc.property(request, reviews, reviewer, reviewer, belonging, (asked, rules, who, away, belongs) => {
        const setsOf = ({ objectId }: Person) => belongs[objectId] ?? [];
        const { deputyFor: _none, ...alone } = who;
        const without = reviewingOf(asked, rules, alone, setsOf);
        const as = reviewingOf(asked, rules, who, setsOf);
        if (without !== null) expect(as?.reviewsAs).toEqual(expect.arrayContaining([...without.reviewsAs]));
        // A deputy of a deputy is nothing.
        const chained = { ...who, deputyFor: [{ away, admittedBy: null }, ...(who.deputyFor ?? [])] };
        const { deputyFor: _chain, ...plain } = away;
        const unchained = { ...who, deputyFor: [{ away: plain, admittedBy: null }, ...(who.deputyFor ?? [])] };
        expect(reviewingOf(asked, rules, chained, setsOf)?.reviewsAs).toEqual(
          reviewingOf(asked, rules, unchained, setsOf)?.reviewsAs,
        );
      }),
      { numRuns: 3_000 },
    );
  });

  const lee = { ...someone('lee'), deputyFor: [] };
  const adele = someone('adele');
  const megan = someone('megan');
  const approvers: readonly Review[] = [{ approvals: 1, by: ['approvers'] }];
  const setsOf = ({ objectId }: Person) => (objectId === 'adele' ? ['approvers'] : []);
  const of = (requester: Person) => ({ requester, subject: null });

  it('needs an administrator where the rules do not admit the deputy', () => {
    const named = { ...lee, deputyFor: [{ away: adele, admittedBy: null }] };
    const admitted = { ...lee, deputyFor: [{ away: adele, admittedBy: megan }] };
    expect(reviewingOf(of(someone('alex')), approvers, named, setsOf)).toBeNull();
    expect(reviewingOf(of(someone('alex')), approvers, admitted, setsOf)).toMatchObject({
      reviewsAs: ['approvers'],
      ownSets: [],
      standsInFor: [{ objectId: 'adele' }],
    });
    // Neither in a request of the person away, nor of the administrator who chose the deputy.
    expect(reviewingOf(of(adele), approvers, admitted, setsOf)).toBeNull();
    expect(reviewingOf(of(megan), approvers, admitted, setsOf)).toBeNull();
  });

  it('is their own right in a request of the person away, too, where the rules admit them', () => {
    const both = ({ objectId }: Person) => (['adele', 'lee'].includes(objectId) ? ['approvers'] : []);
    const named = { ...lee, deputyFor: [{ away: adele, admittedBy: null }] };
    expect(reviewingOf(of(adele), approvers, named, both)).toMatchObject({ standsInFor: [] });
  });
});

function someone(objectId: string): Person {
  return {
    tenantId,
    objectId,
    name: objectId,
    role: 'member',
    userPrincipalName: `${objectId}@example.com`,
    mail: null,
    addresses: [],
  };
}

describe('votes of deputies', () => {
  const voter: fc.Arbitrary<Voter> = fc
    .tuple(person, fc.array(person, { maxLength: 2 }), fc.subarray(sets))
    .map(([each, standsInFor, reviewsAs]) => ({ ...each, standsInFor, reviewsAs }));

  it('count once with those of whom they stand in for, and never more than without a deputyship', () => {
    const seen = { less: 0 };
    fc.assert(
      fc.property(reviews, fc.array(voter, { maxLength: 6 }), (rules, voters) => {
        const votes = voters.map(
          (each) => ({ ...each, name: '', vote: 'approve', comment: null, at: new Date(0) }) as const,
        );
        const counted = approvalsIn(votes);
        for (const [index, each] of counted.entries()) {
          for (const other of counted.slice(index + 1)) expect(isOneVote(each, other)).toBe(false);
        }
        const plain = votes.map(({ standsInFor: _none, ...each }) => each);
        expect(counted.length).toBeLessThanOrEqual(approvalsIn(plain).length);
        if (isApproved(rules, counted)) {
          const people = new Set(counted.map(({ objectId }) => objectId)).size;
          expect(people).toBeGreaterThanOrEqual(Math.max(...rules.map(({ approvals }) => approvals)));
        }
        seen.less += counted.length < approvalsIn(plain).length ? 1 : 0;
      }),
      { numRuns: 3_000 },
    );
    expect(seen.less).toBeGreaterThan(100);
  });

  it('are one vote either way round, also of two deputies of one person, and of a deputy’s own right', () => {
    const [lee, adele, patti] = [someone('lee'), someone('adele'), someone('patti')];
    const asDeputy = { ...lee, standsInFor: [adele] };
    expect([isOneVote(asDeputy, adele), isOneVote(adele, asDeputy), isOneVote(asDeputy, patti)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isOneVote(asDeputy, { ...patti, standsInFor: [adele] })).toBe(true);
    expect(hasVoted([adele], asDeputy)).toBe(true);
    const both: readonly Review[] = [{ approvals: 2, by: ['approvers'] }];
    const vote = (by: Voter) => ({ ...by, reviewsAs: ['approvers'] });
    expect(isApproved(both, [vote({ ...asDeputy, reviewsAs: [] }), vote({ ...adele, reviewsAs: [] })])).toBe(false);
    const { name: _name, ...given } = asDeputy;
    expect(voterWords({ ...given, name: 'Lee Gu' } as Pick<Vote, 'name' | 'standsInFor'>)).toBe('Lee Gu (for adele)');
  });
});

describe('a deputyship', () => {
  const facts: NamingFacts = {
    now: 0,
    by: someone('adele'),
    away: someone('adele'),
    deputy: someone('lee'),
    isAdministrator: false,
    decides: true,
    startsAt: 0,
    endsAt: 3 * day,
    others: [],
  };
  const named: Deputyship = {
    number: 1,
    tenantId,
    awayId: 'adele',
    deputyId: 'lee',
    namedBy: 'adele',
    admittedBy: null,
    startsAt: 0,
    endsAt: 3 * day,
    timeZone: 'UTC',
    expiresAt: day,
    outcome: 'named',
    endedBecause: null,
  };
  const megan = { by: someone('megan'), isAdministrator: true };

  it.each<[string, Partial<NamingFacts>, string | null]>([
    ['by the person away', {}, null],
    ['of oneself', { deputy: someone('adele') }, 'own-deputy'],
    ['of another account of oneself', { deputy: { ...someone('x'), mail: 'adele@example.com' } }, 'own-deputy'],
    ['by anybody for somebody else', { by: someone('patti') }, 'not-an-administrator'],
    ['by an administrator', megan, null],
    ['by an administrator, of themselves', { ...megan, deputy: someone('megan') }, 'names-themselves'],
    ['of somebody who decides nothing', { decides: false }, 'decides-nothing'],
    ['that is over', { endsAt: 0 }, 'over'],
    ['that ends before it begins', { startsAt: 4 * day }, 'over'],
    ['of as many days as there may be', { endsAt: mostDeputyDays * day }, null],
    ['of more days than there may be', { endsAt: (mostDeputyDays + 1) * day + 1 }, 'too-long'],
    ['beside another', { others: [named] }, 'has-deputy'],
    ['after another', { others: [named], startsAt: 3 * day, endsAt: 4 * day }, null],
    ['of somebody who is away', { others: [{ ...named, awayId: 'lee', deputyId: 'x' }] }, 'deputy-is-away'],
    ['of somebody who is a deputy already', { others: [{ ...named, awayId: 'x', deputyId: 'lee' }] }, null],
  ])('is named %s', (_what, given, refusal) => {
    expect(refusalOfNaming({ ...facts, ...given })).toBe(refusal);
  });

  it('is confirmed once, in time, by who saw it, and only while it may be named', () => {
    const preview = { ...named, outcome: null };
    expect(refusalOfConfirming(preview, facts)).toBeNull();
    expect(refusalOfConfirming(preview, { ...facts, ...megan })).toBe('not-your-preview');
    expect(refusalOfConfirming(named, facts)).toBe('already-decided');
    expect(refusalOfConfirming(preview, { ...facts, now: day })).toBe('expired');
    expect(refusalOfConfirming(preview, { ...facts, decides: false })).toBe('decides-nothing');
  });

  it('is admitted by an administrator who is neither of the two, nor an account of theirs', () => {
    const two = { now: 1, away: someone('adele'), deputy: someone('lee') };
    expect(refusalOfAdmitting(named, { ...two, ...megan })).toBeNull();
    expect(refusalOfAdmitting(named, { ...two, ...megan, isAdministrator: false })).toBe('not-an-administrator');
    for (const by of [someone('adele'), someone('lee'), { ...someone('x'), mail: 'lee@example.com' }])
      expect(refusalOfAdmitting(named, { ...two, by, isAdministrator: true })).toBe('own-deputyship');
    expect(refusalOfAdmitting({ ...named, admittedBy: 'megan' }, { ...two, ...megan })).toBe('already-admitted');
    expect(refusalOfAdmitting({ ...named, endedBecause: 'deputy' }, { ...two, ...megan })).toBe('already-ended');
    expect(refusalOfAdmitting(named, { ...two, ...megan, now: 3 * day })).toBe('already-ended');
  });

  it('is ended by either of the two or an administrator, and holds from its beginning up to its end', () => {
    const two = { now: 1, away: someone('adele'), deputy: someone('lee'), isAdministrator: false };
    expect(endedBy(named, { ...two, by: someone('adele') })).toEqual({ because: 'person-away' });
    expect(endedBy(named, { ...two, by: someone('lee') })).toEqual({ because: 'deputy' });
    expect(endedBy(named, { ...two, ...megan })).toEqual({ because: 'administrator' });
    expect(endedBy(named, { ...two, by: someone('patti') })).toEqual({ refusal: 'not-yours' });
    expect(endedBy({ ...named, outcome: null }, { ...two, by: someone('lee') })).toEqual({ refusal: 'already-ended' });
    const at = (now: number, each: Partial<Deputyship> = {}) => isInForce({ ...named, startsAt: 5, ...each }, now);
    expect([at(4), at(5), at(3 * day - 1), at(3 * day)]).toEqual([false, true, true, false]);
    expect([at(5, { outcome: null }), at(5, { outcome: 'declined' }), at(5, { endedBecause: 'time' })]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictOfInterest } from '../../src/domain/conflict-of-interest.ts';
import { isSamePersonOrAddress, type LinkedIdentity, namesSameHuman, type Person } from '../../src/domain/people.ts';
import { approvalsIn, hasVoted, type Vote } from '../../src/domain/votes.ts';
import { member } from '../harness/people.ts';

const people = 4;
/** Accounts of a few people: each person has up to three accounts that share no address. */
const accounts = fc.uniqueArray(fc.record({ human: fc.nat({ max: people - 1 }), account: fc.nat({ max: 2 }) }), {
  minLength: 1,
  maxLength: 8,
  selector: ({ human, account }) => `${human}-${account}`,
});
type Known = { readonly human: number; readonly account: number };

const idOf = ({ human, account }: Known) => `id-${human}-${account}`;
const addressOf = ({ human, account }: Known) => `a${account}@person${human}.example`;
const accountOf = (known: Known) => member(idOf(known), `Person ${known.human}`, addressOf(known));

/** What the links tell of a human: all their accounts, and the addresses of those. */
function linkedOf(all: readonly Known[], { human }: Known): LinkedIdentity {
  const own = all.filter((each) => each.human === human);
  return { objectIds: own.map(idOf), addresses: own.map(addressOf) };
}
const linkedAccount = (all: readonly Known[], known: Known): Person => ({
  ...accountOf(known),
  linked: linkedOf(all, known),
});
const voteOf = (person: Person): Vote => ({ ...person, vote: 'approve', comment: null, at: new Date(0) });

describe('accounts that are linked', () => {
  it('are the same human when the links of one of the two are known, and nobody else is', () => {
    fc.assert(
      fc.property(accounts, fc.nat(), fc.nat(), (all, one, other) => {
        const [left, right] = [all[one % all.length] as Known, all[other % all.length] as Known];
        const same = left.human === right.human;
        expect(isSamePersonOrAddress(linkedAccount(all, left), accountOf(right))).toBe(same);
        expect(isSamePersonOrAddress(accountOf(left), linkedAccount(all, right))).toBe(same);
        // Without links they are two.
        expect(isSamePersonOrAddress(accountOf(left), accountOf(right))).toBe(idOf(left) === idOf(right));
      }),
    );
  });

  it('have as many votes as there are people, in any order', () => {
    const seen = { fewer: 0 };
    fc.assert(
      fc.property(
        accounts.chain((all) => fc.shuffledSubarray(all, { minLength: 1 }).map((voters) => ({ all, voters }))),
        ({ all, voters }) => {
          const counted = approvalsIn(voters.map((known) => voteOf(linkedAccount(all, known))));
          const humans = new Set(voters.map(({ human }) => human)).size;
          expect(counted).toHaveLength(humans);
          if (humans < voters.length) seen.fewer += 1;
        },
      ),
    );
    expect(seen.fewer).toBeGreaterThan(10);
  });

  it('neither approve what another of them asked for, nor what is about one of them, nor twice', () => {
    fc.assert(
      fc.property(accounts, fc.nat(), fc.nat(), fc.nat(), (all, by, asking, about) => {
        const [voter, requester, subject] = [by, asking, about].map((at) => all[at % all.length] as Known) as [
          Known,
          Known,
          Known,
        ];
        const { userPrincipalName, mail, objectId } = accountOf(subject);
        const conflict = conflictOfInterest(
          { requester: accountOf(requester), subject: { objectId, userPrincipalName, mail } },
          linkedAccount(all, voter),
        );
        const isInvolved = voter.human === requester.human || voter.human === subject.human;
        expect(conflict !== null).toBe(isInvolved);
        expect(hasVoted([voteOf(accountOf(requester))], linkedAccount(all, voter))).toBe(
          voter.human === requester.human,
        );
      }),
    );
  });

  it('are named by an entry of the settings that names any of them', () => {
    fc.assert(
      fc.property(accounts, fc.nat(), fc.nat(), (all, one, other) => {
        const [named, person] = [all[one % all.length] as Known, all[other % all.length] as Known];
        const same = named.human === person.human;
        expect(namesSameHuman(addressOf(named), linkedAccount(all, person))).toBe(same);
      }),
    );
  });

  it('of two tenants are two people', () => {
    const [here, there] = [member('1', 'A', 'a@x.example', 't'), member('2', 'B', 'b@x.example', 'u')];
    expect(isSamePersonOrAddress({ ...here, linked: { objectIds: ['1', '2'], addresses: [] } }, there)).toBe(false);
  });
});

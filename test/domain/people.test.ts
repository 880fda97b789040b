import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountRole,
  type Addresses,
  countingAddresses,
  hasAddress,
  isNamedIn,
  isSamePersonOrAddress,
  plainAddress,
  sameAddress,
  samePerson,
  sharesAddress,
} from '../../src/domain/people.ts';

const names = ['megan', 'm.bowen', 'jörg', 'i\u0307lker', '\u00e9va', 'alex_w'];
const address = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('example.com', 'example.org'))
  .map(([name, domain]) => `${name}@${domain}`);
/** The same address as people, directories and services write it. */
const spelt = (plain: string) =>
  fc
    .constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.normalize('NFD'),
      (text: string) => ` ${text.normalize('NFD').toUpperCase()}\n`,
    )
    .map((write) => write(plain));
const missing = fc.constantFrom(null, '', '  ', 'no address', undefined);
const facts: fc.Arbitrary<Addresses> = fc.record({
  userPrincipalName: fc.oneof(address, fc.constant(null)),
  mail: fc.oneof(address, fc.constant(null)),
});
const account = fc.record({ tenantId: fc.constantFrom('t', 'u'), objectId: fc.constantFrom('a', 'b', 'A') });

describe('an address', () => {
  it('is the same in every spelling that directories take for one', () => {
    fc.assert(
      fc.property(
        address.chain((plain) => fc.tuple(fc.constant(plain), spelt(plain), spelt(plain))),
        ([plain, one, other]) => {
          expect(sameAddress(one, other)).toBe(true);
          expect(plainAddress(one)).toBe(plainAddress(plain));
        },
      ),
    );
  });

  it('that is missing, or none, equals nothing', () => {
    fc.assert(
      fc.property(missing, fc.oneof(missing, address), (none, other) => {
        expect(sameAddress(none, other)).toBe(false);
        expect(hasAddress({ addresses: [none ?? ''] }, other)).toBe(false);
        expect(isNamedIn([none ?? ''], { objectId: none ?? '', addresses: [none ?? ''] })).toBe(false);
      }),
    );
  });
});

describe('the addresses that give rights', () => {
  it('are the user principal name of everybody and the mail of whoever may be matched by it, and nothing else', () => {
    const role = fc.constantFrom<AccountRole>('member', 'guest', 'unknown');
    fc.assert(
      fc.property(facts, role, fc.boolean(), ({ userPrincipalName, mail }, who, guestsMatchByMail) => {
        const counting = countingAddresses({ userPrincipalName, mail, role: who }, { guestsMatchByMail });
        const mailCounts = who === 'member' || (who === 'guest' && guestsMatchByMail);
        const expected = [userPrincipalName, mailCounts ? mail : null].flatMap((each) => plainAddress(each) ?? []);
        expect(new Set(counting)).toEqual(new Set(expected));
      }),
    );
  });
});

describe('two people', () => {
  it('are one for the ban on deciding in their own matter when account or any address is the same', () => {
    fc.assert(
      fc.property(account, facts, account, facts, (who, one, whom, other) => {
        const [left, right] = [
          { ...who, ...one },
          { ...whom, ...other },
        ];
        const shared = [one.userPrincipalName, one.mail].some(
          (each) => each !== null && [other.userPrincipalName, other.mail].includes(each),
        );
        expect(sharesAddress(left, right)).toBe(shared);
        expect(sharesAddress(right, left)).toBe(shared);
        expect(isSamePersonOrAddress(left, right)).toBe(shared || samePerson(left, right));
      }),
    );
  });

  it('are one account only with the same object id in the same tenant, whatever the case', () => {
    expect(samePerson({ tenantId: 'T', objectId: 'a' }, { tenantId: 't', objectId: 'A' })).toBe(true);
    expect(samePerson({ tenantId: 't', objectId: 'a' }, { tenantId: 'u', objectId: 'a' })).toBe(false);
  });

  it('are one for the ban when one is the guest account of the other', () => {
    const guest = { userPrincipalName: 'jane_doe_contoso.com#EXT#@fabrikam.onmicrosoft.com', mail: null };
    const atHome = { userPrincipalName: null, mail: 'Jane_Doe@contoso.com' };
    expect(sharesAddress(guest, atHome)).toBe(true);
    expect(sharesAddress(guest, { userPrincipalName: 'jane@contoso.com', mail: null })).toBe(false);
    // The address at home gives no rights.
    expect(countingAddresses({ ...guest, role: 'guest' }, { guestsMatchByMail: true })).toEqual([
      'jane_doe_contoso.com#ext#@fabrikam.onmicrosoft.com',
    ]);
  });
});

describe('a list of people in the settings', () => {
  const objectId = '5C8AE4F0-3F6B-4D0F-9E3A-0A7B1C2D3E4F';
  const megan = { objectId, addresses: ['mbowen@example.com', 'meganb@example.com'] };

  it.each([
    ['the object id', objectId.toLowerCase(), true],
    ['the user principal name', 'MBowen@example.com', true],
    ['the mail address', 'meganb@example.com', true],
    ['somebody else’s object id', '5c8ae4f0-3f6b-4d0f-9e3a-0a7b1c2d3e40', false],
    ['somebody else’s address', 'm.bowen@example.com', false],
  ])('names a person by %s', (_case, entry, expected) => {
    expect(isNamedIn(['pattif@example.com', entry], megan)).toBe(expected);
  });

  it('that holds an object id is not met by an address of that form', () => {
    expect(isNamedIn([objectId], { objectId: 'other', addresses: [objectId] })).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, identifySpeaker, notServedSentence, type RosterFacts } from '../../src/domain/speaker.ts';

const own = '11111111-1111-4111-8111-111111111111';
const foreign = '99999999-9999-4999-8999-999999999999';
const [one, other] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
const claimed: Claim = {
  ownTenantId: own,
  tenantIsSet: true,
  senderTenantId: own,
  objectId: one,
  isPersonalChat: false,
};
const listed: RosterFacts = {
  name: 'Megan Bowen',
  objectId: one,
  tenantId: own,
  userPrincipalName: 'MBowen@example.com',
  mail: 'meganb@example.com',
  userRole: 'user',
};

const maybe = <T>(...values: T[]) => fc.constantFrom<T | null>(...values, null);
const claim: fc.Arbitrary<Claim> = fc.record({
  ownTenantId: fc.constant(own),
  tenantIsSet: fc.boolean(),
  senderTenantId: maybe(own, foreign, ''),
  objectId: maybe(one, one.toUpperCase(), other, ' '),
  isPersonalChat: fc.boolean(),
});
const roster: fc.Arbitrary<RosterFacts> = fc.record({
  name: maybe('Megan Bowen'),
  objectId: maybe(one, one.toUpperCase(), other, ''),
  tenantId: maybe(own, own.toUpperCase(), foreign, ''),
  userPrincipalName: maybe('mbowen@example.com', 'meganb_home.org#EXT#@example.com', ''),
  mail: maybe('meganb@example.com', 'no address'),
  userRole: maybe('user', 'User', 'owner', 'guest', 'GUEST', 'anonymous', 'Anonymous', 'bot', 'federated', ''),
});
const plain = (id: string | null) => (id ?? '').trim().toLowerCase();

describe('a speaker', () => {
  it('is served only when nothing that is told speaks against it, whatever is left out', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(claim, fc.option(roster), (told, found) => {
        const speaker = identifySpeaker(told, found);
        seen.add(speaker.served ? speaker.facts.role : speaker.reason);
        if (!speaker.served) {
          expect(notServedSentence(speaker.reason)).toMatch(/did nothing/u);
          return;
        }
        if (found === null) throw new Error('served without a roster');
        expect(['anonymous', 'bot']).not.toContain(plain(found.userRole));
        expect([own, '']).toContain(plain(found.tenantId));
        if (plain(found.tenantId) === '') expect([own, '']).toContain(plain(told.senderTenantId));
        const ids = [plain(told.objectId), plain(found.objectId)].filter((id) => id !== '');
        expect(ids.length).toBeGreaterThan(0);
        expect(new Set([...ids, speaker.facts.objectId]).size).toBe(1);
        expect(speaker.facts.tenantId).toBe(own);
        const isGuest = plain(found.userRole) === 'guest' || found.userPrincipalName?.includes('#EXT#');
        if (isGuest) expect(speaker.facts.role).toBe('guest');
        if (speaker.facts.role === 'member') {
          expect(plain(found.tenantId) === own || told.isPersonalChat || !told.tenantIsSet).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
    const outcomes = ['member', 'guest', 'unknown', 'anonymous', 'bot', 'foreign-account', 'contradictory-ids'];
    expect([...seen].sort()).toEqual([...outcomes, 'no-account', 'not-in-roster'].sort());
  });

  it.each<[string, Partial<Claim>, Partial<RosterFacts> | null, object]>([
    ['a member', {}, {}, { served: true, facts: { role: 'member', objectId: one, mail: 'meganb@example.com' } }],
    ['a member whose object id only the roster tells', { objectId: null }, {}, { served: true }],
    ['a member whose object id only the activity tells', {}, { objectId: null }, { served: true }],
    ['a member under two object ids', { objectId: other }, {}, { served: false, reason: 'contradictory-ids' }],
    ['somebody without any object id', { objectId: null }, { objectId: null }, { reason: 'no-account' }],
    ['somebody of another tenant', {}, { tenantId: foreign }, { reason: 'foreign-account' }],
    [
      'somebody of another tenant, in their own chat',
      { isPersonalChat: true },
      { tenantId: foreign },
      { served: false },
    ],
    [
      'somebody whose activity alone names another tenant',
      { senderTenantId: foreign },
      { tenantId: null },
      { served: false },
    ],
    ['somebody who has not signed in', {}, { userRole: 'anonymous' }, { reason: 'anonymous' }],
    ['somebody who is not listed', {}, null, { reason: 'not-in-roster' }],
    ['a shared channel that tells no tenant', {}, { tenantId: null }, { facts: { role: 'unknown' } }],
    ['an own chat that tells no tenant', { isPersonalChat: true }, { tenantId: null }, { facts: { role: 'member' } }],
  ])('%s is taken for what they are', (_case, differs, found, expected) => {
    expect(identifySpeaker({ ...claimed, ...differs }, found && { ...listed, ...found })).toMatchObject(expected);
  });
});

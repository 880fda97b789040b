import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/domain/accounts.ts';
import {
  assetCover,
  coversWorkspace,
  type HeldPerson,
  type HeldPlace,
  isInForce,
  type LegalHold,
  mayBeTheirs,
  refusalOfLifting,
  refusalOfPlacing,
  type StandingHold,
} from '../../src/domain/legal-hold.ts';

/** Seed of the generated cases; change it to try others, keep it to repeat a failure. */
const seed = 20_261_201;

const memberOf = (name: string, email: string, role: Member['role'] = 'user'): Member => ({
  userId: email,
  email,
  name,
  role,
  status: 'active',
});
const janeMember = memberOf('Jane Doe', 'jane@contoso.com');
const meganMember = memberOf('Megan Bowen', 'meganb@contoso.com', 'owner');
const jane: HeldPerson = { objectIds: ['1'], addresses: ['jane@contoso.com'], names: ['Jane Doe'] };
const placeWith = (members: readonly Member[] | null): HeldPlace => ({ workspaceId: 'w', members, registeredBy: null });
const bothIn = placeWith([janeMember, meganMember]);
const withoutJane = placeWith([meganMember]);
const onPerson = (person: HeldPerson): StandingHold => ({
  number: 1,
  target: { kind: 'person', objectId: '1', name: null, addresses: [] },
  person,
});
const onWorkspace: StandingHold = {
  number: 2,
  target: { kind: 'workspace', workspaceId: 'w', name: 'Lab' },
  person: null,
};
const onAsset: StandingHold = {
  number: 3,
  target: {
    kind: 'asset',
    workspaceId: 'w',
    workspaceName: 'Lab',
    assetKind: 'dataset',
    familyId: 'f',
    name: 'churn.csv',
  },
  person: null,
};
const at = Date.UTC(2026, 10, 1);
const placed: LegalHold = {
  number: 1,
  tenantId: 't',
  target: onWorkspace.target,
  reference: 'M-1',
  reason: 'A dispute.',
  state: 'placed',
  from: new Date(at),
  until: new Date(at + 1_000),
  placedBy: { objectId: 'patti', name: 'Patti' },
  placedAt: new Date(at),
  reviewAt: new Date(at + 5_000),
  expiresAt: new Date(at + 500),
  lifted: null,
};
const account = (objectId: string, address = `${objectId}@contoso.com`) => ({
  tenantId: 't',
  objectId,
  userPrincipalName: address,
  mail: null,
});

describe('a legal hold on a person', () => {
  const isTheirs = (owner: string, place = bothIn, person = jane) => mayBeTheirs(person, place)(owner);

  it('covers what is theirs by name, address and account, however it is written', () => {
    const written = ['Jane Doe', 'JANE DOE', ' jane  doe', 'Doe, Jane', 'jane@contoso.com', 'J. Doe', 'janedoe'];
    expect(written.filter((owner) => !isTheirs(owner, withoutJane))).toEqual([]);
  });

  it('covers what has no known owner where they are a member, or may be one, and not elsewhere', () => {
    for (const owner of ['', ' ', 'Python SDK']) {
      expect([isTheirs(owner), isTheirs(owner, placeWith(null)), isTheirs(owner, withoutJane)]).toEqual([
        true,
        true,
        false,
      ]);
    }
    expect(isTheirs('', { ...withoutJane, registeredBy: 'jane@contoso.com' })).toBe(true);
  });

  it('covers nothing that is certainly somebody else’s, not even where a word is shared', () => {
    const namesake = memberOf('Jane Smith', 'jane.smith@contoso.com');
    const place = placeWith([janeMember, meganMember, namesake]);
    const others = ['Megan Bowen', 'meganb@contoso.com', 'Jane Smith', 'jane.smith@contoso.com'];
    expect(others.filter((owner) => isTheirs(owner, place))).toEqual([]);
    expect(isTheirs('patti@contoso.com')).toBe(false);
  });

  it('finds a member by a linked address, and so what has only the name that the workspace knows', () => {
    const linked: HeldPerson = { objectIds: ['1', '2'], addresses: ['old@contoso.com'], names: [] };
    const place = placeWith([memberOf('J. D.', 'old@contoso.com'), meganMember]);
    expect([isTheirs('J. D.', place, linked), isTheirs('', place, linked)]).toEqual([true, true]);
  });

  it('keeps every workspace of which they are a member, or may be', () => {
    const covers = (place: HeldPlace) => coversWorkspace(onPerson(jane), place);
    expect([bothIn, placeWith(null), withoutJane].map(covers)).toEqual([true, true, false]);
  });

  it('never covers less when less is known of the members', () => {
    const owners = fc.constantFrom('', 'Jane Doe', 'Megan Bowen', 'Python SDK', 'meganb@contoso.com', 'x@y.example');
    const places = fc.subarray([janeMember, meganMember]).map(placeWith);
    fc.assert(
      fc.property(owners, places, (owner, place) => {
        expect(!isTheirs(owner, place) || isTheirs(owner, placeWith(null))).toBe(true);
      }),
      { seed },
    );
  });

  it('never covers less the more of the person is known', () => {
    const known = fc.subarray(['old@contoso.com', 'doe@example.com', 'jane@contoso.com']);
    const owner = fc.constantFrom('old@contoso.com', 'Doe', '', 'doe@example.com', 'somebody@else.example');
    fc.assert(
      fc.property(known, known, owner, (some, more, text) => {
        const fewer = { objectIds: [], names: [], addresses: some };
        const all = { ...fewer, addresses: [...new Set([...some, ...more])] };
        expect(!isTheirs(text, bothIn, fewer) || isTheirs(text, bothIn, all)).toBe(true);
      }),
      { seed: seed + 1 },
    );
  });
});

describe('a legal hold on a thing', () => {
  const kinds = fc.constantFrom('dataset' as const, 'experiment' as const);
  const ids = fc.constantFrom('f', 'g');

  it('covers all versions of one asset, or everything of a workspace, and nothing elsewhere', () => {
    fc.assert(
      fc.property(kinds, ids, fc.constantFrom('w', 'v'), fc.string(), (kind, familyId, workspaceId, owner) => {
        const place = { ...bothIn, workspaceId };
        const asset = { kind, familyId, owner };
        const isHere = workspaceId === 'w';
        expect(assetCover(onWorkspace, place)(asset)).toBe(isHere);
        expect(assetCover(onAsset, place)(asset)).toBe(isHere && kind === 'dataset' && familyId === 'f');
        expect([onWorkspace, onAsset].map((hold) => coversWorkspace(hold, place))).toEqual([isHere, isHere]);
      }),
      { seed: seed + 2 },
    );
  });
});

describe('the time of a legal hold', () => {
  it('begins and ends by itself, and nothing stands before it is confirmed or after it is lifted', () => {
    expect([at - 1, at, at + 999, at + 1_000].map((now) => isInForce(placed, now))).toEqual([false, true, true, false]);
    for (const state of ['proposed', 'declined', 'lifted', 'ended'] as const) {
      expect(isInForce({ ...placed, state }, at)).toBe(false);
    }
    expect(isInForce({ ...placed, until: null }, at + 1e12)).toBe(true);
  });
});

describe('a press', () => {
  const proposed: LegalHold = { ...placed, state: 'proposed', until: null };
  const facts = { now: at, by: account('patti'), mayHold: true };

  it('places only what its own preview showed, by who still may, while it waits', () => {
    expect(refusalOfPlacing(proposed, facts)).toBeNull();
    expect(refusalOfPlacing(proposed, { ...facts, by: account('megan') })).toBe('not-your-preview');
    expect(refusalOfPlacing(proposed, { ...facts, mayHold: false })).toBe('may-not-hold');
    expect(refusalOfPlacing(proposed, { ...facts, now: at + 500 })).toBe('expired');
    expect(refusalOfPlacing({ ...proposed, until: new Date(at) }, facts)).toBe('wrong-dates');
    for (const state of ['placed', 'declined', 'lifted', 'ended'] as const) {
      expect(refusalOfPlacing({ ...proposed, state }, facts)).toBe('already-ended');
    }
  });

  it('lifts by another person where that is asked for, by whatever account, and never one’s own hold', () => {
    const lift = { ...facts, by: account('megan'), placer: account('patti'), byAnother: true, held: null };
    expect(refusalOfLifting(placed, lift)).toBeNull();
    const alias = account('other', 'patti@contoso.com');
    expect(refusalOfLifting(placed, { ...lift, by: alias })).toBe('placed-by-you');
    expect(refusalOfLifting(placed, { ...lift, by: alias, byAnother: false })).toBeNull();
    expect(refusalOfLifting(placed, { ...lift, mayHold: false })).toBe('may-not-hold');
    expect(refusalOfLifting({ ...placed, state: 'lifted' }, lift)).toBe('not-standing');
    const held = { objectIds: [], addresses: ['megan@contoso.com'], names: [] };
    expect(refusalOfLifting(placed, { ...lift, held })).toBe('held-yourself');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothExcepted, pickOrders } from '../../src/domain/asset-mentions.ts';
import {
  certainlyOwnedBy,
  keyOf,
  OthersAssets,
  OwnersFound,
  ownedBy,
  PickedAssets,
  type SelectableAsset,
  selectedKinds,
  selects,
} from '../../src/domain/asset-selection.ts';
import { assetKinds } from '../../src/domain/assets.ts';

const asker = { name: 'Alex Wilber', addresses: ['alexw@example.com'] };

function asset(more: Partial<SelectableAsset> = {}): SelectableAsset {
  return {
    kind: 'dataset',
    familyId: 'f',
    name: 'churn.csv',
    sizeBytes: 10,
    createdAt: new Date('2020-05-05T10:00:00Z'),
    owner: 'Megan Bowen',
    ...more,
  };
}

const anyAsset = fc.record({
  kind: fc.constantFrom(...assetKinds),
  familyId: fc.uuid(),
  name: fc.string({ maxLength: 10 }),
  sizeBytes: fc.option(fc.nat({ max: 20 })),
  createdAt: fc.option(fc.nat({ max: 20 }).map((day) => new Date(Date.UTC(2020, 0, 1 + day)))),
  owner: fc.constantFrom('Megan Bowen', 'meganb@example.com', 'Alex Wilber', ''),
});

describe('a selection by size', () => {
  it('holds what lies within its bounds, and nothing whose size the source does not tell', () => {
    fc.assert(
      fc.property(anyAsset, fc.option(fc.nat({ max: 20 })), fc.option(fc.nat({ max: 20 })), (each, over, under) => {
        const size = { ...(over === null ? {} : { over }), ...(under === null ? {} : { under }) };
        const { sizeBytes } = each;
        const isWithin = sizeBytes !== null && sizeBytes >= (over ?? 0) && sizeBytes <= (under ?? 20);
        expect(selects({ size }, asker)(each)).toBe(isWithin);
        expect(selects({}, asker)(each)).toBe(true);
      }),
    );
  });
});

describe('assets that are picked by age or size', () => {
  it('are the first of all in that order, whatever the order in which they come, unless the border is a tie', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyAsset, { selector: keyOf, maxLength: 40 }),
        fc.constantFrom(...pickOrders),
        fc.integer({ min: 1, max: 12 }),
        (assets, by, count) => {
          const value = ({ sizeBytes, createdAt }: SelectableAsset) =>
            by === 'oldest' || by === 'newest' ? (createdAt?.getTime() ?? null) : sizeBytes;
          const sign = by === 'oldest' || by === 'smallest' ? 1 : -1;
          const picked = new PickedAssets({ by, count });
          for (const each of assets) picked.add(each);
          const known = assets.filter((each) => value(each) !== null);
          const sorted = known.toSorted((a, b) => sign * ((value(a) ?? 0) - (value(b) ?? 0)));
          const [last, next] = [sorted[count - 1], sorted[count]];
          const isTie = last !== undefined && next !== undefined && value(last) === value(next);
          if (assets.length > 0 && known.length === 0) expect(picked.refusal()?.reason).toBe('nothing-to-compare');
          else if (isTie) expect(picked.refusal()?.reason).toBe('picked-alike');
          else {
            expect(picked.refusal()).toBeNull();
            expect([...picked.keys].sort()).toEqual(sorted.slice(0, count).map(keyOf).sort());
          }
        },
      ),
    );
  });
});

describe('more than can be picked', () => {
  it('is refused, since “all but the 1,500 newest” would keep too few', () => {
    const picked = new PickedAssets({ by: 'newest', count: 1_500, rest: true });
    for (let day = 0; day < 2_000; day += 1)
      picked.add(asset({ familyId: `f${day}`, createdAt: new Date(day * 86_400_000) }));
    expect(picked.refusal()?.reason).toBe('too-many-picked');
  });

  it('is told from what cannot be compared', () => {
    const picked = new PickedAssets({ by: 'biggest', count: 1, rest: true });
    expect(picked.compares(asset())).toBe(true);
    expect(picked.compares(asset({ sizeBytes: null }))).toBe(false);
  });
});

describe('an owner that is named', () => {
  it.each([
    ['Megan', 'Megan Bowen', true],
    ['megan bowen', 'Bowen, Megan', true],
    ['Bowen', 'megan.bowen@example.com', true],
    ['Megan', 'Meganb', false],
    ['Meg', 'Megan Bowen', false],
    ['meganb@example.com', 'meganb@example.com', true],
    ['meganb@example.com', 'meganb@other.example', false],
    ['example', 'meganb@example.com', false],
    ['me', 'Alex Wilber', true],
    ['me', 'ALEXW@example.com', true],
    ['me', 'Alex', false],
    ['me', '', false],
  ])('“%s” and the owner “%s”: %s', (said, owner, same) => {
    expect(ownedBy(said, asker)(owner)).toBe(same);
  });

  it('is known by name and address alike, when they are a member’s', () => {
    const members = [{ name: 'Megan Bowen', email: 'meganb@example.com' }];
    expect(ownedBy('Megan', asker, members)('meganb@example.com')).toBe(true);
    expect(ownedBy('meganb@example.com', asker, members)('Megan Bowen')).toBe(true);
    expect(ownedBy('Megan', asker, members)('adelev@example.com')).toBe(false);
    expect(ownedBy('meganb@example.com', asker, members)('Bowen, Megan')).toBe(true);
    expect(ownedBy('meganb@example.com', asker, members)('Megan Fox')).toBe(false);
    expect(ownedBy('meganb@example.com', asker, members)('Megan')).toBe(false);
    const two = [...members, { name: 'Bowen Megan', email: 'other@example.com' }];
    expect(ownedBy('meganb@example.com', asker, two)('Bowen, Megan')).toBe(false);
    expect(selects({ exceptOwner: 'meganb@example.com' }, asker, two)(asset({ owner: 'Bowen, Megan' }))).toBe(false);
    const found = new OwnersFound(members);
    found.add('Megan Bowen');
    found.add('meganb@example.com');
    expect(found.refusal('Megan')).toBeNull();
  });

  it('is asked for when two addresses or two names could be meant, and when a name is shared', () => {
    const of = (...owners: string[]) => {
      const found = new OwnersFound();
      for (const owner of owners) found.add(owner);
      return found.refusal('Megan')?.reason;
    };
    expect(of('megan@contoso.com', 'megan@fabrikam.com')).toBe('several-owners');
    expect(of('Megan', 'Megan Bowen')).toBe('several-owners');
    const members = [
      { name: 'Alex Wilber', email: 'alexw@example.com' },
      { name: 'Alex Wilber', email: 'alex2@example.com' },
    ];
    expect(ownedBy('me', asker, members)('Alex Wilber')).toBe(false);
    expect(ownedBy('me', asker, members)('alexw@example.com')).toBe(true);
    expect(ownedBy('me', asker, members)('alex2@example.com')).toBe(false);
  });

  it('who could be two people is a refusal with both; two forms of one name are one', () => {
    const found = new OwnersFound();
    found.add('Megan Bowen');
    found.add('megan.bowen@example.com');
    expect(found.refusal('Megan')).toBeNull();
    found.add('Megan Fox');
    expect(found.refusal('Megan')).toMatchObject({ reason: 'several-owners', detail: '“Megan Bowen” and “Megan Fox”' });
    expect(found.refusal('me')).toBeNull();
    expect(found.refusal(undefined)).toBeNull();
  });
});

describe('what a selection holds', () => {
  it('leaves out what the source does not tell enough about', () => {
    expect(selects({ status: 'failed' }, asker)(asset())).toBe(false);
    expect(selects({ status: 'failed' }, asker)(asset({ kind: 'experiment', status: 'failed' }))).toBe(true);
    expect(selects({ before: '2021-01-01' }, asker)(asset({ createdAt: null }))).toBe(false);
    expect(selects({ owner: 'me' }, asker)(asset({ owner: '' }))).toBe(false);
  });

  it('is only what every one of its limits allows', () => {
    const limits = { kind: 'dataset', filter: 'churn', after: '2020-01-01', owner: 'Megan' } as const;
    expect(selects(limits, asker)(asset())).toBe(true);
    for (const other of [{ kind: 'model' }, { name: 'x' }, { createdAt: new Date(0) }, { owner: 'Lee' }] as const)
      expect(selects(limits, asker)(asset(other))).toBe(false);
  });

  it('has no kind that was excepted', () => {
    expect(selectedKinds({ exceptKinds: ['model', 'notebook'] })).not.toContain('model');
    expect(selectedKinds({ kind: 'model', exceptKinds: ['model'] })).toEqual([]);
    expect(selects({ exceptKinds: ['dataset'] }, asker)(asset())).toBe(false);
  });
});

describe('an owner whose things are left out', () => {
  const members = [
    { name: 'Megan Bowen', email: 'meganb@example.com' },
    { name: 'Alex Wilber', email: 'alexw@example.com' },
  ];

  it.each([
    ['Megan', 'Megan Bowen', false],
    ['Megan', 'meganb@example.com', false],
    ['Megan Bowen', 'meganb@example.com', false],
    ['Megan', 'meganb', false],
    ['Megan Bowen', 'mbowen', false],
    ['Megan', 'Megan Fox', false],
    ['Megan Bowen', 'Megan Fox', false],
    ['Megan Bowen', 'Megan B.', false],
    ['Megan Bowen', 'M. Bowen', false],
    ['Megan', 'mbowen', false],
    ['Bo Li', 'boli', false],
    ['Megan', 'Alex Wilber', true],
    ['Megan', 'PowerShell', true],
    ['Megan', '', false],
    ['me', 'Alex Wilber', false],
    ['me', 'alexw@example.com', false],
    ['me', 'alexw', false],
    ['me', 'awilber', false],
    ['me', 'Wilber, Alex', false],
    ['me', 'A. Wilber', false],
    ['me', 'alex.wilber', false],
    ['me', 'Megan Bowen', true],
    ['me', '', false],
  ])('“not %s” and the owner “%s”: %s', (exceptOwner, owner, isSelected) => {
    expect(selects({ exceptOwner }, asker, members)(asset({ owner }))).toBe(isSelected);
  });

  it.each([
    [['Megan', 'me'], 'Megan Bowen', false],
    [['Megan', 'me'], 'alexw@example.com', false],
    [['Megan', 'me'], '', false],
    [['Megan', 'me'], 'Lee Gu', true],
  ])('“not %j” and the owner “%s”: %s', (exceptOwner, owner, isSelected) => {
    expect(selects({ exceptOwner }, asker, members)(asset({ owner }))).toBe(isSelected);
  });

  it('is left out by a further exception, too, and nothing comes back', () => {
    const person = fc.constantFrom('Megan', 'me', 'Lee Gu', 'Adele', 'adelev@example.com');
    const owner = fc.constantFrom(
      'Megan Bowen',
      'alexw',
      'Lee Gu',
      'Adele Vance',
      'adelev@example.com',
      '',
      'PowerShell',
    );
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 4 }),
        fc.array(person, { maxLength: 4 }),
        owner,
        (a, b, of) => {
          const one = asset({ owner: of });
          const isIn = (exceptOwner: readonly string[]) => selects({ exceptOwner }, asker, members)(one);
          const { exceptOwner = [] } = bothExcepted(a, b);
          expect(selects({ exceptOwner }, asker, members)(one)).toBe(isIn(a) && isIn(b));
        },
      ),
    );
  });

  it('is never also what is selected as theirs', () => {
    const part = fc.constantFrom('Megan', 'Bowen', 'Alex', 'Wilber', 'me', 'meganb', 'al', 'A.', '李', 'Ann-Kathrin');
    const named = fc.tuple(part, part).map(([a, b]) => `${a} ${b}`);
    const anyOwner = fc.oneof(
      part,
      named,
      fc.constantFrom('', 'PowerShell', 'alexw@example.com', 'meganb@example.com'),
    );
    fc.assert(
      fc.property(fc.oneof(part, named), anyOwner, (person, owner) => {
        const isTheirs = selects({ owner: person }, asker, members)(asset({ owner }));
        const isOthers = selects({ exceptOwner: person }, asker, members)(asset({ owner }));
        expect(isTheirs && isOthers).toBe(false);
      }),
    );
  });
});

describe('an asset that is certainly the asker’s', () => {
  const members = [
    { name: 'Alex Wilber', email: 'AlexW@example.com' },
    { name: 'Megan Bowen', email: 'meganb@example.com' },
  ];

  it.each([
    ['their address', 'alexw@example.com', true],
    ['their address in capitals', 'ALEXW@EXAMPLE.COM', true],
    ['their name, which one member has', 'Alex Wilber', true],
    ['somebody else’s name', 'Megan Bowen', false],
    ['somebody else’s address', 'meganb@example.com', false],
    ['an address that only begins like theirs', 'alexw@example.com.invalid', false],
    ['a client', 'Python SDK', false],
    ['nobody', '', false],
    ['a part of their name', 'Alex', false],
  ])('is told by its owner: %s', (_case, owner, own) => {
    expect(certainlyOwnedBy(asker, members)(owner)).toBe(own);
  });

  it('is not told by a name that two members have, that no member has, or that was only taken in the source', () => {
    const twice = [...members, { name: 'alex wilber', email: 'other@example.com' }];
    expect(certainlyOwnedBy(asker, twice)('Alex Wilber')).toBe(false);
    expect(certainlyOwnedBy(asker, [])('Alex Wilber')).toBe(false);
    const renamed = [{ name: 'Isaiah Langer', email: 'alexw@example.com' }];
    expect(certainlyOwnedBy(asker, renamed)('Isaiah Langer')).toBe(false);
    const asAddress = [{ name: 'isaiahl@example.com', email: 'alexw@example.com' }];
    expect(certainlyOwnedBy({ ...asker, name: 'isaiahl@example.com' }, asAddress)('isaiahl@example.com')).toBe(false);
  });

  const form = fc.constantFrom(
    'Alex Wilber',
    'alex  wilber',
    'Megan Bowen',
    'alexw@example.com',
    'x@example.com',
    '',
    'R',
  );
  const someMembers = fc.array(fc.record({ name: form, email: form }), { maxLength: 4 });

  it('is always one that “mine” selects too, and the first that is not is seen among any number', () => {
    const seen = { own: 0, others: 0 };
    fc.assert(
      fc.property(fc.array(form, { maxLength: 8 }), someMembers, (owners, known) => {
        const isOwn = certainlyOwnedBy(asker, known);
        for (const owner of owners) if (isOwn(owner)) expect(ownedBy('me', asker, known)(owner)).toBe(true);
        const others = new OthersAssets(asker, known);
        for (const owner of owners) others.add({ owner });
        expect(others.any).toBe(!owners.every(isOwn));
        seen[others.any ? 'others' : 'own'] += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.own, seen.others)).toBeGreaterThan(50);
  });
});

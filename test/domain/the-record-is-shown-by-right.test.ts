import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecordRow, recordEvents } from '../../src/domain/record-events.ts';
import { type RecordReader, recordView } from '../../src/domain/record-rights.ts';

const flags = ['isAuditor', 'isRequester', 'decides', 'ownsWorkspace', 'wasTold', 'isShownHere'] as const;
const nobody = Object.fromEntries(flags.map((flag) => [flag, false])) as unknown as RecordReader;
const readers = fc.record(
  Object.fromEntries(flags.map((flag) => [flag, fc.boolean()])),
) as fc.Arbitrary<unknown> as fc.Arbitrary<RecordReader>;

describe('the right to read a record', () => {
  it.each(['isAuditor', 'isRequester', 'decides', 'ownsWorkspace'] as const)(
    'is one to names for %s, in their own chat',
    (flag) => {
      expect(recordView({ ...nobody, [flag]: true }, 'personal')).toBe('names');
    },
  );

  it('is one to roles for those who were told, and none for everybody else', () => {
    expect(recordView({ ...nobody, wasTold: true }, 'personal')).toBe('roles');
    expect(recordView(nobody, 'personal')).toBe('none');
    expect(recordView(nobody, 'shared')).toBe('none');
  });

  it('never shows a name where others read along', () => {
    fc.assert(fc.property(readers, (reader) => recordView(reader, 'shared') !== 'names'));
  });

  it('shows a request in a shared conversation only where its cards stand, or to those whom its status is shown to there', () => {
    expect(recordView({ ...nobody, isAuditor: true }, 'shared')).toBe('none');
    expect(recordView({ ...nobody, ownsWorkspace: true }, 'shared')).toBe('none');
    expect(recordView({ ...nobody, isShownHere: true }, 'shared')).toBe('roles');
  });

  it('is not lost by a further relation', () => {
    const rank = { none: 0, roles: 1, names: 2 };
    fc.assert(
      fc.property(readers, fc.constantFrom(...flags), fc.constantFrom('personal', 'shared'), (reader, flag, place) => {
        const more = recordView({ ...reader, [flag]: true }, place);
        return rank[more] >= rank[recordView({ ...reader, [flag]: false }, place)];
      }),
    );
  });
});

const secret = fc.constantFrom(
  'Zoë Secret',
  'secret@example.com',
  'Secret.csv',
  'SECRET comment; do not show',
  'secret_1',
);
const keys = fc.constantFrom(
  'name',
  'to',
  'because',
  'from',
  'objectId',
  'resource',
  'address',
  'kind',
  'other',
  'comment',
);
const rows: fc.Arbitrary<RecordRow> = fc.record({
  action: fc.constantFrom(
    'request.disapproved',
    'request.asked',
    'asset.delete.done',
    'request.refused',
    'archive.removed',
  ),
  actor: fc.constantFrom('id-1', 'id-2', 'system', 'pseudonym-secret'),
  at: fc.constant(new Date(1_000)),
  lastAt: fc.constant(new Date(2_000)),
  count: fc.integer({ min: 1, max: 3 }),
  detail: fc.dictionary(keys, fc.oneof(secret, fc.array(secret), fc.dictionary(keys, secret))),
  policyVersion: fc.constant('p+1'),
  firstEntry: fc.constant(1),
  lastEntry: fc.constant(2),
  unsealed: fc.constant(0),
});
const facts = {
  requester: 'id-1',
  names: new Map([
    ['id-1', 'Zoë Secret'],
    ['id-2', 'Secret Two'],
  ]),
  comments: [{ objectId: 'id-2', at: new Date(1_500), comment: 'SECRET comment; do not show' }],
};

describe('a row of the record', () => {
  it('tells who sees roles no name, comment, id or text, whatever its detail holds', () => {
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 5 }), (some) => {
        expect(JSON.stringify(recordEvents(some, facts, 'roles'))).not.toMatch(/secret|zoë|id-\d|\.csv/iu);
      }),
      { numRuns: 500 },
    );
  });

  it('tells who sees names who it was, and what they wrote', () => {
    const base = {
      at: new Date(1_000),
      lastAt: new Date(1_000),
      count: 1,
      detail: { to: 'rejected', name: 'Secret.csv' },
    };
    const row = { ...base, policyVersion: null, firstEntry: 7, lastEntry: 7, unsealed: 0 };
    const [vote, asset] = recordEvents(
      [
        { ...row, action: 'request.disapproved', actor: 'ID-2' },
        { ...row, action: 'asset.delete.done', actor: 'id-1' },
      ],
      facts,
      'names',
    );
    expect(vote).toMatchObject({
      role: 'decider',
      name: 'Secret Two',
      comment: 'SECRET comment; do not show',
      to: 'rejected',
    });
    expect(asset).toMatchObject({ role: 'requester', assetName: 'Secret.csv', comment: null });
  });
});

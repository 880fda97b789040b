import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditRow,
  type ChainEntry,
  commitmentOf,
  type EntryBody,
  genesis,
  hashOf,
  type JsonObject,
  type PseudonymOwner,
  pseudonymOf,
  sealRow,
} from '../../src/domain/audit-chain.ts';
import { removalActions } from '../../src/domain/audit-removals.ts';
import { type Anchor, type Evidence, type SealedRow, verifyChain } from '../../src/domain/audit-verification.ts';

const seed = 20_261_130;
console.log(`audit chain: properties with seed ${seed}`);
const property = { seed, numRuns: 200 };
const start = Date.parse('2026-11-01T10:00:00Z');

interface Chain {
  readonly rows: readonly SealedRow[];
  readonly people: Map<string, PseudonymOwner>;
}

type Draft = Pick<AuditRow, 'actor' | 'action' | 'requestNumber' | 'detail'>;

/** Seals these drafts one after the other, a minute apart. */
function seal(drafts: readonly Draft[]): Chain {
  const people = new Map<string, PseudonymOwner>();
  const known = new Map<string, string>();
  let salts = 0;
  const newSalt = () => {
    salts += 1;
    return `${salts}`.padStart(32, 'a');
  };
  const pseudonym = (objectId: string) => {
    const before = known.get(objectId);
    if (before !== undefined) return before;
    const owner = { tenantId: 'tenant', objectId, salt: `salt of ${objectId}` };
    known.set(objectId, pseudonymOf(owner));
    people.set(pseudonymOf(owner), owner);
    return pseudonymOf(owner);
  };
  const rows: SealedRow[] = [];
  for (const [index, draft] of drafts.entries()) {
    const at = new Date(start + index * 60_000);
    const row = {
      ...draft,
      sequence: index * 2 + 1,
      at,
      recordedAt: at,
      tenantId: 'tenant',
      workspaceId: 'Churn Lab',
      policyVersion: 'p+0',
    };
    const sealed = sealRow(row, rows.at(-1)?.entry ?? genesis, { sealedAt: at, newSalt, pseudonym });
    rows.push({ entry: sealed.entry, row: { ...row, salts: sealed.salts } });
  }
  return { rows, people };
}

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonObject[string]>;
const drafts = fc.array(
  fc.record({
    actor: fc.constantFrom('system', 'alex', 'megan', 'patti'),
    action: fc.constantFrom('request.asked', 'request.approved', 'asset.delete.done'),
    requestNumber: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
    detail: fc.record({
      name: fc.string(),
      personId: fc.constantFrom('lee', 'alex'),
      from: fc.constant('running'),
      more: json,
    }),
  }),
  { minLength: 3, maxLength: 12 },
) as fc.Arbitrary<Draft[]>;
/** A chain and two different places in it, the first one earlier. */
const chainAndPlaces = fc.tuple(drafts, fc.nat(), fc.nat()).map(([given, a, b]) => {
  const chain = seal(given);
  const first = a % (chain.rows.length - 1);
  return { ...chain, first, second: first + 1 + (b % (chain.rows.length - 1 - first)) };
});

const verify = (evidence: Partial<Evidence> & Pick<Evidence, 'rows' | 'people'>) =>
  verifyChain({ anchors: [], ...evidence });
const anchorOf = ({ entry }: SealedRow): Anchor => ({
  entry: entry.entry,
  hash: entry.hash,
  at: '2026-11-02T00:00:00.000Z',
});
const with_ = (rows: readonly SealedRow[], index: number, change: (row: SealedRow) => SealedRow): SealedRow[] =>
  rows.map((row, at) => (at === index ? change(row) : row));
const edited = (row: SealedRow, change: object): SealedRow => ({
  ...row,
  entry: { ...row.entry, body: { ...row.entry.body, ...change } as EntryBody },
});
/** The chain as somebody writes it again from a place on, with all hashes right. */
function rehash(rows: readonly SealedRow[], from: number, change: object): SealedRow[] {
  const written = rows.slice(0, from);
  for (const row of rows.slice(from)) {
    const previous = written.at(-1)?.entry.hash ?? genesis.hash;
    const body = { ...row.entry.body, ...(written.length === from ? change : {}), previous } as EntryBody;
    written.push({ ...row, entry: { entry: row.entry.entry, hash: hashOf(body), body } as ChainEntry });
  }
  return written;
}

describe('a chain', () => {
  it('verifies when nobody touched it, with anchors and without', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first }) => {
        const result = await verify({ rows, people, anchors: [anchorOf(rows[first] as SealedRow)] });
        expect(result.problems).toEqual([]);
        expect(result).toMatchObject({ rows: rows.length, removals: [], anchoredUpTo: first + 1 });
        expect(result.head.hash).toBe(rows.at(-1)?.entry.hash);
      }),
      property,
    );
    expect(await verify({ rows: [], people: new Map() })).toMatchObject({ problems: [], head: genesis });
  });

  it('holds no text that may name somebody, and no object id', () => {
    const detail = {
      name: 'Ada’s own file.csv',
      objectId: 'lee',
      comment: 'Ask Bob',
      from: 'running',
      odd: { '#': 'Carl' },
    };
    const { rows } = seal([{ actor: 'alex', action: 'request.asked', requestNumber: 7, detail }]);
    const body = JSON.stringify(rows[0]?.entry.body);
    for (const secret of ['Ada', 'lee', 'Bob', 'Carl', 'alex', 'Churn Lab']) expect(body).not.toContain(secret);
    expect(body).toContain('"from":"running"');
  });

  it('names the row that was edited', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first }) => {
        const result = await verify({ rows: with_(rows, first, (row) => edited(row, { action: 'forged' })), people });
        expect(result.problems.map(({ kind, entry }) => [kind, entry])).toEqual([['changed', first + 1]]);
      }),
      property,
    );
  });

  it('names the rows that were taken out', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first, second }) => {
        const left = rows.filter((_row, index) => index < first || index >= second);
        const result = await verify({ rows: left, people });
        expect(result.problems.map(({ kind, entry, last }) => [kind, entry, last])).toEqual([
          ['missing', first + 1, second],
        ]);
      }),
      property,
    );
  });

  it('names the row from which later ones were numbered again, and those that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first, second }) => {
        const at = (index: number) => rows[index] as SealedRow;
        const swapped = rows.map((row, index) => {
          const from = index === first ? at(second) : index === second ? at(first) : row;
          return { ...from, entry: { ...from.entry, entry: row.entry.entry } };
        });
        const result = await verify({ rows: swapped, people });
        expect(result.problems.slice(0, 2).map(({ kind, entry }) => [kind, entry])).toEqual([
          ['moved', first + 1],
          ['moved', second + 1],
        ]);
        const closed = rows.filter((_row, index) => index !== first);
        const renumbered = closed.map((row, index) => ({ ...row, entry: { ...row.entry, entry: index + 1 } }));
        const named = (await verify({ rows: renumbered, people })).problems[0];
        expect(named).toMatchObject({ kind: 'moved', entry: first + 1 });
      }),
      property,
    );
  });

  it('that lost its end is found by an anchor or by what is left beside it, and by nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first, second }) => {
        const left = rows.slice(0, first + 1);
        expect((await verify({ rows: left, people })).problems).toEqual([]);
        const cut = [{ kind: 'cut', entry: first + 2, last: second + 1 }];
        const anchors = [anchorOf(rows[second] as SealedRow), anchorOf(rows[first] as SealedRow)];
        expect((await verify({ rows: left, people, anchors })).problems).toMatchObject(cut);
        expect((await verify({ rows: left, people, highestNamed: second + 1 })).problems).toMatchObject(cut);
      }),
      property,
    );
  });

  it('that was written again from a row on is found by an anchor behind it', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first, second }) => {
        const forged = rehash(rows, first, { sealedAt: '2020-01-01T00:00:00.000Z' });
        expect((await verify({ rows: forged, people })).problems).toEqual([]);
        const anchors = [anchorOf(rows[second] as SealedRow)];
        expect((await verify({ rows: forged, people, anchors })).problems).toMatchObject([
          { kind: 'not-anchored', entry: second + 1 },
        ]);
        // One row alone written again, with a right hash of its own.
        const one = with_(rows, first, () => forged[first] as SealedRow);
        expect((await verify({ rows: one, people })).problems[0]).toMatchObject({ kind: 'unlinked', entry: first + 2 });
      }),
      property,
    );
  });

  it('names the first row whose side row is another’s, is changed, or is lost', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlaces, async ({ rows, people, first, second }) => {
        const side = (index: number) => rows[index]?.row as AuditRow;
        const swapped = rows.map((row, index) => ({
          ...row,
          row: index === first ? side(second) : index === second ? side(first) : row.row,
        }));
        expect((await verify({ rows: swapped, people })).problems.map(({ kind, entry }) => [kind, entry])).toEqual([
          ['side-row', first + 1],
          ['side-row', second + 1],
        ]);
        for (const change of [
          { detail: { ...side(first).detail, name: `${side(first).detail.name}!` } },
          { detail: { ...side(first).detail, added: 1 } },
          { actor: side(first).actor === 'megan' ? 'patti' : 'megan' },
          { salts: { ...side(first).salts, '/workspace': 'b'.repeat(32) } },
          { at: new Date(0) },
        ]) {
          const forged = with_(rows, first, (row) => ({ ...row, row: { ...side(first), ...change } }));
          expect((await verify({ rows: forged, people })).problems).toMatchObject([
            { kind: 'side-row', entry: first + 1 },
          ]);
        }
        const lost = with_(rows, first, (row) => ({ ...row, row: null }));
        expect((await verify({ rows: lost, people })).problems).toMatchObject([{ kind: 'lost', entry: first + 1 }]);
      }),
      property,
    );
  });

  it('names people whose object ids were exchanged', async () => {
    const { rows, people } = seal(
      ['alex', 'megan'].map((actor) => ({ actor, action: 'a', requestNumber: 1, detail: {} })),
    );
    const [[a, alex], [m, megan]] = [...people] as [[string, PseudonymOwner], [string, PseudonymOwner]];
    const exchanged = new Map([
      [a, { ...alex, objectId: 'megan' }],
      [m, { ...megan, objectId: 'alex' }],
    ]);
    const actors = rows.map(({ entry, row }, index) => ({
      entry,
      row: { ...row, actor: index === 0 ? 'megan' : 'alex' } as AuditRow,
    }));
    expect((await verify({ rows: actors, people: exchanged })).problems.map(({ entry }) => entry)).toEqual([1, 2]);
  });
});

describe('what is missing', () => {
  const erasedOf = (pseudonym: string) => ({
    actor: 'system',
    action: removalActions.person,
    requestNumber: 12,
    detail: { objectId: pseudonym },
  });
  const deletion = {
    actor: 'megan',
    action: 'asset.delete.done',
    requestNumber: 7,
    detail: { name: 'churn.csv', id: 'id-1' },
  };

  /** The rows with nothing left of this person. */
  const without = (chain: Chain, pseudonym: string): Chain => {
    const objectId = chain.people.get(pseudonym)?.objectId;
    const people = new Map([...chain.people].filter(([key]) => key !== pseudonym));
    const rows = chain.rows.map(({ entry, row }) => ({
      entry,
      row: row?.actor === objectId ? ({ ...row, actor: pseudonym } as AuditRow) : row,
    }));
    return { rows, people };
  };
  const pseudonymIn = (chain: Chain) => [...chain.people.keys()][0] as string;

  it('is a person who was erased when an entry says so, and a lost one otherwise', async () => {
    const pseudonym = pseudonymIn(seal([deletion, deletion]));
    const recorded = without(seal([deletion, deletion, erasedOf(pseudonym)]), pseudonym);
    const proof = await verify(recorded);
    expect(proof.problems).toEqual([]);
    expect(proof.removals).toEqual([
      { kind: 'person', key: pseudonym, parts: 3, first: 1, on: '2026-11-01T10:02:00.000Z', under: 3, request: 12 },
    ]);
    const unrecorded = without(seal([deletion, deletion]), pseudonym);
    expect((await verify(unrecorded)).problems).toMatchObject([{ kind: 'lost', entry: 1 }]);
    // An entry that erases does not cover what was written after it.
    const early = without(seal([erasedOf(pseudonym), deletion, deletion]), pseudonym);
    expect((await verify(early)).problems.map(({ kind }) => kind)).toContain('lost');
  });

  it('is a name at the end of its time when an entry says so, and a lost text otherwise', async () => {
    const forgotten = { actor: 'system', action: removalActions.names, requestNumber: 7, detail: {} };
    const nameless = (chain: Chain): Chain => ({
      people: chain.people,
      rows: with_(chain.rows, 0, ({ entry, row }) => {
        const { '/detail/name': _salt, ...salts } = row?.salts ?? {};
        return { entry, row: { ...row, detail: { id: 'id-1' }, salts } as AuditRow };
      }),
    });
    expect(await verify(nameless(seal([deletion, forgotten])))).toMatchObject({
      problems: [],
      removals: [{ kind: 'text', under: 2 }],
    });
    expect((await verify(nameless(seal([deletion, { ...forgotten, requestNumber: 8 }])))).problems).toMatchObject([
      { kind: 'lost', entry: 1 },
    ]);
    const unsealed = { ...forgotten, at: new Date(start) };
    const waiting = await verify({ ...nameless(seal([deletion])), pending: [unsealed] });
    expect(waiting).toMatchObject({ problems: [], removals: [{ under: null }] });
  });

  it('is nothing else than the name at the end of its time: which asset was deleted is lost with its id', async () => {
    const forgotten = { actor: 'system', action: removalActions.names, requestNumber: 7, detail: {} };
    const chain = seal([deletion, forgotten]);
    const forged = with_(chain.rows, 0, ({ entry, row }) => {
      const salts = Object.fromEntries(Object.entries(row?.salts ?? {}).filter(([at]) => !at.startsWith('/detail')));
      return { entry, row: { ...row, detail: {}, salts } as AuditRow };
    });
    expect((await verify({ ...chain, rows: forged })).problems).toMatchObject([{ kind: 'lost', entry: 1 }]);
  });

  it('is an old row before a recorded cut-off, and a lost one behind it', async () => {
    const removed = (before: number) => ({
      actor: 'system',
      action: removalActions.rows,
      requestNumber: null,
      detail: { before: new Date(before).toISOString() },
    });
    const gone = (chain: Chain): Chain => ({
      ...chain,
      rows: with_(chain.rows, 0, ({ entry }) => ({ entry, row: null })),
    });
    expect(await verify(gone(seal([deletion, deletion, removed(start + 1)])))).toMatchObject({
      problems: [],
      removals: [{ kind: 'row', parts: 1, under: 3 }],
    });
    expect((await verify(gone(seal([deletion, deletion, removed(start)])))).problems).toMatchObject([
      { kind: 'lost', entry: 1 },
    ]);
  });
});

it('a commitment binds the place too: the same text elsewhere has another hash', () => {
  expect(commitmentOf('s', '/detail/name', 'x')).not.toBe(commitmentOf('s', '/detail/id', 'x'));
});

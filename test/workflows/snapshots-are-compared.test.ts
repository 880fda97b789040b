import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertAssets } from '../../src/database/request-assets.ts';
import { insertRequest, updateRequest } from '../../src/database/request-rows.ts';
import { storedJson } from '../../src/database/storable.ts';
import { type Asset, assetKinds } from '../../src/domain/assets.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { SnapshotComparison } from '../../src/workflows/selection/snapshot-comparison.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';

/** An asset when it was confirmed and now; null when it did not or does not exist. */
interface Fate {
  readonly kind: Asset['kind'];
  readonly before: Asset | null;
  readonly now: Asset | null;
}

const version = fc.record({
  id: fc.nat({ max: 2 }),
  name: fc.nat({ max: 2 }),
  sizeBytes: fc.option(fc.nat({ max: 2 })),
});
const fates: fc.Arbitrary<readonly Fate[]> = fc
  .array(fc.record({ kind: fc.constantFrom(...assetKinds), before: fc.option(version), now: fc.option(version) }), {
    maxLength: 30,
  })
  .map((drawn) =>
    drawn.map(({ kind, before, now }, index) => {
      // The same family id in two kinds means two different assets.
      const asset = (of: typeof before): Asset | null =>
        of && {
          kind,
          familyId: `family-${drawn.slice(0, index).filter((other) => other.kind === kind).length}`,
          id: `version-${of.id}`,
          name: `name ${of.name}`,
          sizeBytes: of.sizeBytes,
          createdAt: null,
          owner: '',
          versions: 1,
          revision: 'r',
        };
      return { kind, before: asset(before), now: asset(now) };
    }),
  );

describeOnEachDatabase('a snapshot compared with what is there now', (open) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  /** A request whose confirmed snapshot has these assets; the rows of another snapshot must be ignored. */
  async function confirmed(assets: readonly Asset[]): Promise<RequestRecord> {
    const { db } = opened.database;
    const at = new Date(0);
    const request = await insertRequest(db, {
      tenantId: 't',
      requesterObjectId: 'alex',
      requesterName: 'Alex Wilber',
      requesterUserPrincipalName: null,
      requesterMail: null,
      requesterRole: 'member',
      requesterAddresses: storedJson([]),
      originConversationId: 'chat',
      originActivityId: null,
      ask: storedJson({ action: 'export', target: 'workspace', data: 'all', mentions: [] }),
      action: 'export',
      state: 'running',
      version: 1,
      needsApproval: false,
      stopRequested: false,
      createdAt: at,
      updatedAt: at,
    });
    if (!request) throw new Error('no request');
    const rows = assets.map((asset, position) => ({ position, asset, dependants: [] }));
    await insertAssets(db, request.number, 'confirmed', rows);
    const stray = rows.map((row) => ({ ...row, asset: { ...row.asset, name: 'of another preparation' } }));
    await insertAssets(db, request.number, 'stray', stray);
    await updateRequest(db, request.number, { snapshot: 'confirmed' });
    return { ...request, progress: { ...request.progress, assetsTotal: assets.length } };
  }

  it('tells every new, renamed, changed and vanished asset, in whatever batches the list comes', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 7 }), async (drawn, size) => {
        const present = drawn.flatMap(({ before }) => before ?? []);
        const now = drawn.flatMap((each) => each.now ?? []);
        const request = await confirmed(present);
        const comparison = new SnapshotComparison(opened.database.db, request);
        for (let start = 0; start < now.length; start += size) await comparison.add(now.slice(start, start + size));
        const both = drawn.flatMap(({ before, now: after }) => (before && after ? [{ before, after }] : []));
        const renamed = both.filter(({ before, after }) => before.name !== after.name);
        const updated = both.filter(
          ({ before, after }) =>
            before.name === after.name && (before.id !== after.id || before.sizeBytes !== after.sizeBytes),
        );
        const added = drawn.filter(({ before, now: after }) => before === null && after !== null);
        const gone = drawn.filter(({ before, now: after }) => before !== null && after === null);
        expect(comparison.differs).toBe(renamed.length + updated.length + added.length > 0);
        expect(comparison.missing).toBe(gone.length);
        const changes = await comparison.changes(false);
        // A new asset with the kind and name of a missing one counts as its new version.
        const replaced = added.length - changes.added.count;
        expect(changes.renamed.count).toBe(renamed.length);
        expect(changes.updated.count).toBe(updated.length + replaced);
        expect(changes.gone.count).toBe(gone.length - replaced);
        expect(replaced).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  it('does not count what the list holds beside what is meant', async () => {
    const meant = { kind: 'dataset', id: 'v', familyId: 'f', name: 'a.csv', sizeBytes: 1 } as const;
    const asset = { ...meant, createdAt: null, owner: '', versions: 1, revision: 'r' };
    const comparison = new SnapshotComparison(opened.database.db, await confirmed([asset]));
    await comparison.add([{ ...asset, familyId: 'other' }], 'known');
    expect(comparison.differs).toBe(false);
    expect(comparison.missing).toBe(1);
    await comparison.add([{ ...asset, name: 'b.csv' }], 'known');
    expect(comparison.differs).toBe(true);
    expect(comparison.missing).toBe(0);
  });
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../src/domain/assets.ts';
import { AssetSpool } from '../../../src/sources/studio-classic/asset-spool.ts';
import { inTurn, json, startScriptedServer, status } from './scripted-server.ts';
import { datasetPayload, patient, sourceAt, workspaceId, workspacePath } from './small-studio.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const moment = fc.constantFrom(null, new Date(0), new Date('2016-02-29T12:00:00Z'), new Date('2019-06-20T08:40:00Z'));
const version = fc.record({
  asset: fc.record({
    kind: fc.constant('dataset' as const),
    id: text,
    familyId: fc.constantFrom<string>('a', 'b', 'c'),
    name: text,
    sizeBytes: fc.option(fc.nat(), { nil: null }),
    createdAt: moment,
    owner: text,
    versions: fc.constant(1),
    revision: fc.constantFrom('r1', 'r2'),
  }),
  isLatest: fc.constantFrom(true, false, null),
});
type Version = { readonly asset: Asset; readonly isLatest: boolean | null };

function spooled(versions: readonly Version[]): readonly Asset[] {
  const spool = new AssetSpool();
  for (const { asset, isLatest } of versions) spool.add(asset, isLatest);
  return [...spool.newestFirst()];
}

describe('assets on their way through a list', () => {
  it('come out one a family, as they went in, with the number of versions', () => {
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const byFamily = Map.groupBy(versions, ({ asset }) => asset.familyId);
        const out = spooled(versions);
        expect(out.map(({ familyId }) => familyId).sort()).toEqual([...byFamily.keys()].sort());
        for (const { versions: count, ...asset } of out) {
          const family = byFamily.get(asset.familyId) ?? [];
          expect(count).toBe(family.length);
          expect(family.map((each) => each.asset)).toContainEqual({ ...asset, versions: 1 });
        }
      }),
    );
  });

  it('are the version that the service calls the latest, otherwise the newest', () => {
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const worth = ({ asset, isLatest }: Version) =>
          [isLatest === true ? 2 : isLatest === null ? 1 : 0, asset.createdAt?.getTime() ?? 0] as const;
        for (const asset of spooled(versions)) {
          const family = versions.filter((each) => each.asset.familyId === asset.familyId);
          const chosen = family.filter((each) => each.asset.id === asset.id && each.asset.name === asset.name);
          const best = family.map(worth).sort(([a, b], [c, d]) => c - a || d - b)[0];
          expect(chosen.map(worth)).toContainEqual(best);
        }
      }),
    );
  });

  it('come newest first, in an order that does not depend on the list’s', () => {
    fc.assert(
      fc.property(fc.array(version), fc.infiniteStream(fc.nat()), (versions, random) => {
        const shuffled = versions
          .map((each) => ({ each, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const out = spooled(versions);
        expect(spooled(shuffled)).toEqual(out);
        const moments = out.map(({ createdAt }) => createdAt?.getTime() ?? 0);
        expect(moments).toEqual([...moments].sort((a, b) => b - a));
      }),
    );
  });

  it('take no part of JavaScript’s heap with their names, however long these are', async () => {
    const program = `
      import { AssetSpool } from ${JSON.stringify(new URL('../../../src/sources/studio-classic/asset-spool.ts', import.meta.url).href)};
      const spool = new AssetSpool();
      gc();
      const before = process.memoryUsage().heapUsed;
      for (let nth = 0; nth < 2_000; nth += 1) {
        const names = { id: \`\${nth}\`, familyId: \`\${nth}\`, name: \`\${nth} \${'x'.repeat(20_000)}\`, owner: '' };
        spool.add({ kind: 'dataset', ...names, sizeBytes: 1, createdAt: null, versions: 1, revision: "r" });
      }
      gc();
      const grown = process.memoryUsage().heapUsed - before;
      console.log(JSON.stringify({ grown, longest: Math.max(...[...spool.newestFirst()].map(({ name }) => name.length)) }));
    `;
    const options = ['--expose-gc', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const { grown, longest } = JSON.parse(stdout);
    expect(longest).toBe(20_000 + '1999 '.length);
    // All names together take forty megabytes.
    expect(grown).toBeLessThan(4 * 2 ** 20);
  });
});

describe('assets that only their list can tell', () => {
  const list = `GET ${workspacePath}/trainedmodels`;
  const model = (nth: number) => ({ Id: `${workspaceId}.f${nth}.v1`, FamilyId: `f${nth}`, Name: `model ${nth}` });
  const asset = (nth: number) => ({ kind: 'model', id: model(nth).Id, familyId: model(nth).FamilyId }) as const;

  it('are found together when they are sought together', async () => {
    await using server = await startScriptedServer({
      [list]: json(Array.from({ length: 40 }, (_, nth) => model(nth))),
    });
    const source = sourceAt(server.url);
    const found = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => source.find(workspaceId, asset(nth), patient)),
    );
    expect(found.map((each) => each?.name ?? null)).toEqual(
      Array.from({ length: 50 }, (_, nth) => (nth < 40 ? `model ${nth}` : null)),
    );
    expect(server.seen).toHaveLength(1);
  });

  it('are told as they are after the question, never as a list showed them that was asked for before', async () => {
    const answered = Promise.withResolvers<void>();
    await using server = await startScriptedServer({
      [list]: inTurn((response, request, nth) => {
        void answered.promise.then(() => json([model(1)])(response, request, nth));
      }, json([])),
    });
    const source = sourceAt(server.url);
    const first = source.find(workspaceId, asset(1), patient);
    await server.called(1);
    const second = source.find(workspaceId, asset(1), patient);
    answered.resolve();
    expect([(await first)?.name, await second]).toEqual(['model 1', null]);
  });

  it('are sought anew after a failure', async () => {
    await using server = await startScriptedServer({ [list]: inTurn(status(403, ''), json([model(1)])) });
    const source = sourceAt(server.url);
    await expect(source.find(workspaceId, asset(1), patient)).rejects.toMatchObject({ reason: 'forbidden' });
    expect((await source.find(workspaceId, asset(1), patient))?.name).toBe('model 1');
  });

  it('are not lost to somebody whose search is given up', async () => {
    await using server = await startScriptedServer({ [list]: json([model(1)]) });
    const source = sourceAt(server.url);
    const givenUp = source.find(workspaceId, asset(1), AbortSignal.abort(new Error('stop')));
    const patiently = source.find(workspaceId, asset(1), patient);
    await expect(givenUp).rejects.toThrow('stop');
    expect((await patiently)?.name).toBe('model 1');
  });
});

describe('a list that breaks off', () => {
  it('is read again from its beginning, and nothing counts twice', async () => {
    const versions = [1, 2, 3].map((nth) =>
      datasetPayload('http://127.0.0.1:1', { Id: `${workspaceId}.f00d.v${nth}`, IsLatest: nth === 3 }),
    );
    const whole = JSON.stringify(versions);
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/datasources`]: inTurn(status(200, whole.slice(0, -40)), status(200, whole)),
    });
    const listed = await Array.fromAsync(sourceAt(server.url).list(workspaceId, 'dataset', patient));
    expect(listed).toMatchObject([{ id: `${workspaceId}.f00d.v3`, versions: 3 }]);
    expect(server.seen).toHaveLength(2);
  });
});

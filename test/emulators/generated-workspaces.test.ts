import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetKinds } from '../../src/domain/assets.ts';
import { generatedPieces } from '../../src/emulators/studio-classic/generated/contents.ts';
import { firstVersion, versionAt, versionsOf } from '../../src/emulators/studio-classic/generated/family-pattern.ts';
import { hexId, placeOfHexId } from '../../src/emulators/studio-classic/generated/ids.ts';
import { shareOut } from '../../src/emulators/studio-classic/generated/plan.ts';
import type { WorkspaceRegistration } from '../../src/emulators/studio-classic/studio-emulator.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';

const patient = new AbortController().signal;
const entry = path.resolve(import.meta.dirname, '../../src/local/workspace-command.ts');

/** Runs the command as `npm run local:workspace` does. Rejects with its output when it fails. */
async function make(data: string, ...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [entry, '--data', data, ...options]);
  return stdout;
}

interface Endpoint {
  readonly BaseUri: string;
  readonly Location: string;
  readonly AccessCredential: string;
  readonly Size: number;
}
interface Listed {
  readonly Id: string;
  readonly FamilyId: string;
  readonly Name: string;
  readonly Size: number;
  readonly CreatedDate: string;
  readonly DownloadLocation: Endpoint;
}

describe('a workspace made by npm run local:workspace', () => {
  let data: string;
  let emulator: TestEmulator;
  let workspace: WorkspaceRegistration;

  beforeAll(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'steward-generated-'));
    await make(data, '--assets', '300', '--bytes', '6MB', '--seed', '7', '--name', 'Big lab');
    await make(
      data,
      '--kinds',
      'datasets=5',
      '--type',
      'standard',
      '--name',
      'Paid one',
      '--owner',
      'meganb@example.com',
    );
    await make(data, '--kinds', 'datasets=5', '--type', 'guest', '--name', 'Visitor');
    emulator = await startTestEmulator({ furtherSeeds: path.join(data, 'workspaces') });
    workspace = emulator.workspace('Big lab');
  });
  afterAll(async () => {
    await emulator?.close();
    await rm(data, { recursive: true, force: true });
  });

  const call = (target: string, options: RequestInit = {}) =>
    fetch(`${workspace.endpoint}workspaces/${workspace.workspaceId}/${target}`, {
      ...options,
      headers: { 'x-ms-metaanalytics-authorizationtoken': workspace.token },
    });
  const listed = async (list: string): Promise<Listed[]> => {
    const all = (await (await call(list)).json()) as Listed[];
    return all.filter(({ Id }) => Id.startsWith(workspace.workspaceId));
  };
  const download = async ({ BaseUri, Location, AccessCredential }: Endpoint, headers: Record<string, string> = {}) =>
    fetch(BaseUri + Location + AccessCredential, { headers });
  const source = () => createStudioSource({ connections: emulator.registrations(), clock: systemClock });

  it('belongs to the person named, with the type named', async () => {
    expect(workspace.registeredBy).toBe('alexw@example.com');
    expect(emulator.workspace('Paid one').registeredBy).toBe('meganb@example.com');
    const type = async (name: string) =>
      (await source().workspace(emulator.workspace(name).workspaceId, patient)).accountType;
    expect(await Promise.all(['Big lab', 'Paid one', 'Visitor'].map(type))).toEqual(['free', 'standard', 'guest']);
  });

  it('holds the number of assets asked for, of every kind', async () => {
    const counts = new Map<string, number>();
    for (const kind of assetKinds) {
      for await (const asset of source().list(workspace.workspaceId, kind, patient)) {
        counts.set(asset.kind, (counts.get(asset.kind) ?? 0) + 1);
      }
    }
    expect([...counts.keys()]).toEqual([...assetKinds]);
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBe(300);
  });

  it('holds about the bytes asked for, and every file is as long as told and the same each time', async () => {
    let bytes = 0;
    const hashes: string[] = [];
    for (const list of ['datasources', 'trainedmodels', 'transformmodules']) {
      for (const item of await listed(list)) {
        const response = await download(item.DownloadLocation);
        const content = Buffer.from(await response.arrayBuffer());
        expect(content.length).toBe(item.Size);
        expect(response.headers.get('content-md5')).toBe(createHash('md5').update(content).digest('base64'));
        bytes += content.length;
        hashes.push(createHash('sha256').update(content).digest('hex'));
      }
    }
    // Older versions, which lists do not show, account for the rest.
    expect(bytes).toBeGreaterThan(3.5e6);
    expect(bytes).toBeLessThan(6.1e6);
    expect(new Set(hashes).size).toBe(hashes.length);
    const [first] = await listed('datasources');
    if (!first) throw new Error('no dataset');
    await emulator.restart();
    workspace = emulator.workspace('Big lab');
    const [again] = await listed('datasources');
    expect({ ...again, DownloadLocation: null }).toMatchObject({ Id: first.Id, Name: first.Name, Size: first.Size });
    if (!again) throw new Error('no dataset');
    const content = Buffer.from(await (await download(again.DownloadLocation)).arrayBuffer());
    expect(createHash('sha256').update(content).digest('hex')).toBe(hashes[0]);
  });

  it('has names in many scripts, some of them twice, and dates over years', async () => {
    const datasets = await listed('datasources');
    const names = datasets.map(({ Name }) => Name);
    expect(new Set(names).size).toBeLessThan(names.length);
    for (const script of ['Latin', 'Cyrillic', 'Han', 'Arabic']) {
      expect(
        names.some((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)),
        script,
      ).toBe(true);
    }
    const years = new Set(
      datasets.map(({ CreatedDate }) => new Date(Number(/\d+/u.exec(CreatedDate)?.[0])).getFullYear()),
    );
    expect(years.size).toBeGreaterThan(4);
  });

  it('has families with several versions, graphs that use datasets, histories, notes and promoted models', async () => {
    const one = source();
    const { workspaceId } = workspace;
    const datasets = (await listed('datasources')).map(({ Id }) => Id);
    const versions = datasets.map((id) => Number(id.slice(id.lastIndexOf('-') + 1)) - 1640);
    expect(new Set(versions)).toEqual(new Set([1, 2, 3]));
    const experiments = [];
    for await (const asset of one.list(workspaceId, 'experiment', patient)) experiments.push(asset);
    const graph = JSON.stringify(await (await call(`experiments/${experiments[2]?.id}`)).json());
    const [used] = datasets.filter((id) => graph.includes(id));
    expect(used).toBeDefined();
    const files = await Promise.all(experiments.slice(0, 20).map((asset) => one.files(workspaceId, asset, patient)));
    expect(files.flat().map(({ role }) => role)).toContain('content');
    expect(experiments.some(({ versions }) => versions > 1)).toBe(true);
    expect(files.flat().some(({ name }) => /annotation/iu.test(name))).toBe(true);
    const models = await listed('trainedmodels');
    expect(JSON.stringify(models)).toContain('"PromotedFrom":"');
  });

  it('answers ranges, conditions, expired and forged links as storage does', async () => {
    const [dataset] = (await listed('datasources')).filter(({ Size }) => Size > 1_000);
    if (!dataset) throw new Error('no dataset');
    const at = dataset.DownloadLocation;
    const whole = Buffer.from(await (await download(at)).arrayBuffer());
    const part = await download(at, { range: 'bytes=100-299' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-299/${whole.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 300));
    const rest = await download(at, { range: 'bytes=70-', 'if-match': part.headers.get('etag') ?? '' });
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(whole.subarray(70));
    expect((await download(at, { range: `bytes=${whole.length}-` })).status).toBe(416);
    expect((await download(at, { 'if-match': '"0x1"' })).status).toBe(412);
    const { AccessCredential } = at;
    expect(
      (await download({ ...at, AccessCredential: AccessCredential.replace(/sig=..../u, 'sig=0000') })).status,
    ).toBe(403);
    expect((await download({ ...at, AccessCredential: AccessCredential.replace(/se=20../u, 'se=2999') })).status).toBe(
      403,
    );
    expect((await download({ ...at, AccessCredential: '' })).status).toBe(403);
  });

  it('loses what is deleted, bytes and versions too, and remembers that after a restart', async () => {
    const [dataset, other] = (await listed('datasources')).filter(({ Id }) => Id.endsWith('1643'));
    if (!dataset || !other) throw new Error('no datasets');
    expect((await call(`datasources/family/${dataset.FamilyId}`, { method: 'DELETE' })).status).toBe(200);
    const gone = async () => {
      const ids = (await listed('datasources')).map(({ Id }) => Id);
      expect(ids).not.toContain(dataset.Id);
      expect(ids).toContain(other.Id);
      expect((await call(`datasources/${dataset.Id}`)).status).toBe(404);
      expect((await call(`datasources/${dataset.Id.replace('1643', '1641')}`)).status).toBe(404);
      expect((await call(`datasources/${other.Id}`)).status).toBe(200);
    };
    await gone();
    expect((await download(dataset.DownloadLocation)).status).toBe(404);
    await emulator.restart();
    workspace = emulator.workspace('Big lab');
    await gone();
  });

  it('is refused under the name of another one, and for words that mean nothing', async () => {
    await expect(make(data, '--assets', '10', '--name', 'Big lab')).rejects.toThrow(/different workspace/u);
    await expect(make(data, '--kinds', 'tables=10')).rejects.toThrow(/--kinds accepts datasets/u);
    await expect(make(data, '--bytes', 'much')).rejects.toThrow(/2GiB/u);
    await expect(make(data, '--assets', '5', '--kinds', 'datasets=10')).rejects.toThrow(/more than 5/u);
  });
});

describe('what a generated workspace is computed from', () => {
  const place = fc.nat({ max: 10_000_000 });

  it('gives every place an id of its own, from which the place is read back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffff_ffff }), place, (seed, at) => {
        const id = hexId(seed, 3, at);
        expect(id).toMatch(/^[0-9a-f]{32}$/u);
        expect(placeOfHexId(seed, 3, id)).toBe(at);
        expect(hexId(seed, 4, at)).not.toBe(id);
      }),
    );
  });

  it('finds a version’s family, and a family’s versions, one after the other', () => {
    fc.assert(
      fc.property(place, (family) => {
        for (let version = 1; version <= versionsOf(family); version += 1) {
          expect(versionAt(firstVersion(family) + version - 1)).toEqual({ family, version });
        }
      }),
    );
  });

  it('makes the same bytes whatever range is read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GenericCSV', 'PlainText', 'iLearnerDotNet'),
        fc.nat({ max: 200_000 }),
        fc.nat({ max: 200_000 }),
        (type, one, other) => {
          const [start, end] = one < other ? [one, other] : [other, one];
          const whole = Buffer.concat([...generatedPieces(type, 42, 0, 200_000)]);
          expect(whole.length).toBe(200_000);
          expect(Buffer.concat([...generatedPieces(type, 42, start, end)])).toEqual(whole.subarray(start, end));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('shares out every asset, and leaves fixed numbers alone', () => {
    fc.assert(
      fc.property(fc.nat({ max: 200_000 }), fc.nat({ max: 50 }), (more, datasets) => {
        const counts = shareOut(more + datasets, { datasets });
        expect(counts.datasets).toBe(datasets);
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(more + datasets);
        expect(Math.min(...Object.values(counts))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

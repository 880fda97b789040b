import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetSource } from '../../../src/domain/asset-source.ts';
import { type Asset, type AssetKind, assetFingerprint, assetKinds } from '../../../src/domain/assets.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';
import { startTestEmulator, type TestEmulator } from '../../harness/emulator.ts';
import { HurriedClock, patient } from './small-studio.ts';

let studio: TestEmulator;
let source: AssetSource;
let workspaceId = '';

beforeAll(async () => {
  studio = await startTestEmulator();
  workspaceId = studio.workspace('Fraud Detection').workspaceId;
  const { endpoint, token } = studio.resourceManager;
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
  source = createStudioSource({
    connections: studio.registrations(),
    clock: new HurriedClock(),
    http: { retryDelayMs: 0, maxRetries: 1, idleTimeoutMs: 2_000_000 },
    resourceManager: { endpoint, credential },
  });
});
afterAll(() => studio.close());

const list = (kind: AssetKind): Promise<Asset[]> => Array.fromAsync(source.list(workspaceId, kind, patient));

/** Edits a record of the emulator, as somebody does in the web application, in Jupyter or in Azure. */
async function edit(table: string, id: string, change: object, owner = workspaceId): Promise<void> {
  const body = JSON.stringify({ workspaceId: owner, table, id, change });
  const response = await fetch(`${studio.url}/_control/edits`, { method: 'POST', body });
  expect([table, response.status]).toEqual([table, 200]);
}

const subscription = '3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90';
const later = Date.parse('2026-11-24T12:00:00Z');

/** An edit in place of one asset of each kind; null where such an edit is not possible. */
const edits: readonly (readonly [string, AssetKind, (asset: Asset) => Promise<void> | null])[] = [
  ['a notebook that is saved', 'notebook', ({ id }) => edit('notebook', id, { modifiedAt: later })],
  ['an experiment whose draft is saved', 'experiment', ({ id }) => edit('experiment', id, { revision: 4_711 })],
  ['an experiment that is archived', 'experiment', ({ id }) => edit('experiment', id, { archived: true })],
  ['a project that gets another content', 'project', ({ id }) => edit('project', id, { contents: { Dataset: ['x'] } })],
  ['a project that is described anew', 'project', ({ id }) => edit('project', id, { description: 'now for Q3' })],
  [
    'a classic web service that is described anew',
    'webservice',
    ({ id }) => (id.startsWith('/') ? null : edit('webservice', id, { description: 'now for Q3' })),
  ],
  [
    'a classic web service whose endpoint is set otherwise',
    'webservice',
    ({ id }) => (id.startsWith('/') ? null : edit('endpoint', `${id}/default`, { maxConcurrentCalls: 77 })),
  ],
  [
    'a new web service that is changed in Azure',
    'webservice',
    ({ id }) => {
      const [, group = '', name = ''] = /resourceGroups\/([^/]+)\/.*\/webServices\/(.+)$/iu.exec(id) ?? [];
      const key = `${group}/${name}`.toLowerCase();
      return id.startsWith('/') ? edit('arm-web-service', key, { modifiedAt: later }, subscription) : null;
    },
  ],
  ['a custom module that is described anew', 'module', ({ id }) => edit('module', id, { description: 'now for Q3' })],
  ['a trained model that is described anew', 'model', ({ id }) => edit('model', id, { description: 'now for Q3' })],
  ['a transform that is described anew', 'transform', ({ id }) => edit('transform', id, { description: 'for Q3' })],
  ['a dataset that is described anew', 'dataset', ({ id }) => edit('dataset', id, { description: 'now for Q3' })],
];

describe('every kind', () => {
  it('has assets whose list and whose own address give the same revision, again and again', async () => {
    for (const kind of assetKinds) {
      const assets = await list(kind);
      expect([kind, assets.length]).not.toEqual([kind, 0]);
      expect((await list(kind)).map(assetFingerprint)).toEqual(assets.map(assetFingerprint));
      for (const asset of assets) {
        expect(asset.revision).not.toBe('');
        const found = await source.find(workspaceId, asset, patient);
        expect(found && assetFingerprint(found)).toBe(assetFingerprint(asset));
      }
    }
  });

  it.each(edits)('shows %s, in its list and by its own address', async (_what, kind, change) => {
    let changed: Asset | null = null;
    for (const asset of await list(kind)) {
      const editing = change(asset);
      if (editing === null) continue;
      await editing;
      changed = asset;
      break;
    }
    if (changed === null) throw new Error(`there is no such ${kind}`);
    const { familyId } = changed;
    const found = await source.find(workspaceId, changed, patient);
    const listed = (await list(kind)).find((each) => each.familyId === familyId);
    for (const now of [found, listed]) {
      expect(now).toMatchObject({ id: changed.id, name: changed.name });
      expect(now?.revision).not.toBe(changed.revision);
    }
    expect(found?.revision).toBe(listed?.revision);
  });
});

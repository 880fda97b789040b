import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetSource } from '../../../src/domain/asset-source.ts';
import type { Asset } from '../../../src/domain/assets.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';
import { clearedAsset, clearedWorkspace } from '../../harness/clearances.ts';
import { startTestEmulator, type TestEmulator } from '../../harness/emulator.ts';
import { HurriedClock, patient } from './small-studio.ts';

const newServices = ['Chargeback alert', 'Fraud scoring'];

describe('Azure Resource Manager, asked by the official packages', () => {
  let studio: TestEmulator;
  let source: AssetSource;
  let standard: string;

  beforeEach(async () => {
    studio = await startTestEmulator();
    standard = studio.workspace('Fraud Detection').workspaceId;
    source = sourceWith();
  });
  afterEach(() => studio.close());

  const sourceWith = (change: { endpoint?: string; token?: string } = {}): AssetSource => {
    const { endpoint, token } = { ...studio.resourceManager, ...change };
    const credential = { getToken: async () => ({ token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
    return createStudioSource({
      connections: studio.registrations(),
      clock: new HurriedClock(),
      http: { retryDelayMs: 0, maxRetries: 1, idleTimeoutMs: 2_000_000 },
      resourceManager: { endpoint, credential },
    });
  };
  const inAzure = async (): Promise<Asset[]> => {
    const services = await Array.fromAsync(source.list(standard, 'webservice', patient));
    return services.filter(({ id }) => id.startsWith('/subscriptions/'));
  };
  const log = async (): Promise<{ method: string; path: string; status: number }[]> =>
    (await fetch(`${studio.url}/_control/log`)).json() as Promise<{ method: string; path: string; status: number }[]>;
  const fault = (method: string, pathPattern: string, status: number) =>
    fetch(`${studio.url}/_control/faults`, {
      method: 'POST',
      body: JSON.stringify([{ match: { method, pathPattern }, fault: { kind: 'status', status, shape: 'arm' } }]),
    });

  it('lists the new web services of the workspace beside the classic ones, over several pages, and no neighbour’s', async () => {
    expect((await inAzure()).map(({ name }) => name).sort()).toEqual(newServices);
    const classic = (await Array.fromAsync(source.list(standard, 'webservice', patient))).length - newServices.length;
    expect(classic).toBeGreaterThan(0);
    const pages = (await log()).filter(({ path }) => /webServices\?.*skiptoken/iu.test(path));
    expect(pages.length).toBeGreaterThan(0);
  });

  it('asks nothing of Azure for a free workspace', async () => {
    await Array.fromAsync(source.list(studio.workspace('Churn Lab').workspaceId, 'webservice', patient));
    expect((await log()).filter(({ path }) => path.includes('subscriptions'))).toEqual([]);
  });

  it('exports a web service’s whole definition without a secret in it', async () => {
    for (const asset of await inAzure()) {
      const [file] = await source.files(standard, asset, patient);
      const text = file ? (await buffer(await file.open(patient))).toString() : '';
      const { properties } = JSON.parse(text);
      expect(properties).toMatchObject({ title: asset.name, packageType: 'Graph', package: { nodes: {} } });
      expect(properties.keys).toBeUndefined();
      expect(properties.storageAccount).toEqual({ name: 'storage' });
      expect(text).not.toMatch(/bm90LWEtcmVhbC|sig=|"credentials": "[^"]/u);
      if (asset.name === 'Fraud scoring') {
        expect(properties.parameters).toEqual({ Threshold: { value: '0.8' }, 'Account Key': { value: '' } });
        // The example rows belong to the person, so they are exported.
        expect(properties.exampleRequest.inputs.input1).toHaveLength(1);
      }
    }
    expect((await log()).filter(({ path }) => /listKeys|listWorkspaceKeys/iu.test(path))).toEqual([]);
  });

  it('exports the commitment plan with its associations and every page of its usage', async () => {
    const files = await source.workspaceFiles(standard, patient);
    const plan = files.find(({ name }) => name === 'commitment-plan fraud-plan.json');
    const described = JSON.parse(plan ? (await buffer(await plan.open(patient))).toString() : '{}');
    expect(described.plan).toMatchObject({ name: 'fraud-plan', sku: { name: 'S1' } });
    expect(described.associations).toHaveLength(1);
    expect(described.usageHistory).toHaveLength(3);
    expect(files.some(({ name }) => name.includes('shared-plan'))).toBe(false);
  });

  it('deletes a new web service, waiting through the polls that it takes', async () => {
    const [asset] = await inAzure();
    if (!asset) throw new Error('no web service');
    expect(await source.delete(standard, asset, clearedAsset(standard, asset), patient)).toBe('deleted');
    expect((await log()).filter(({ path }) => path.includes('operationsStatus')).length).toBeGreaterThan(1);
    expect(await source.find(standard, asset, patient)).toBeNull();
    expect(await source.delete(standard, asset, clearedAsset(standard, asset), patient)).toBe('gone');
  });

  it('plans a workspace’s deletion by its resource id, and names what is tied to it', async () => {
    const removal = await source.planRemoval(standard, patient);
    expect(removal).toMatchObject({ method: 'resource-manager', tiedKnown: true, storageAccount: 'contosofraudstg' });
    expect(removal.resourceId).toMatch(/\/workspaces\/fraud-detection$/u);
    expect(removal.byHand.url).toContain(removal.resourceId ?? '-');
    const kinds = removal.tied.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['classic-web-service', 'web-service', 'commitment-plan']));
    expect(await source.presence(standard, removal, patient)).toBe('there');
  });

  it('deletes the workspace, after which neither Azure nor Studio knows it, but its web services stay', async () => {
    const removal = await source.planRemoval(standard, patient);
    expect(await source.removeWorkspace(standard, removal, await clearedWorkspace(standard, removal), patient)).toBe(
      'accepted',
    );
    expect(await source.presence(standard, removal, patient)).toBe('gone');
    await expect(source.workspace(standard, patient)).rejects.toMatchObject({ reason: 'unauthorized' });
    expect(await source.removeWorkspace(standard, removal, await clearedWorkspace(standard, removal), patient)).toBe(
      'gone',
    );
    const { endpoint, token } = studio.resourceManager;
    const id = removal.tied.find(({ kind }) => kind === 'web-service')?.id ?? '';
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${endpoint}${id}?api-version=2017-01-01`, { headers })).status).toBe(200);
  });

  it('deletes a free workspace through Studio', async () => {
    const free = studio.workspace('Churn Lab').workspaceId;
    const removal = await source.planRemoval(free, patient);
    expect(removal).toMatchObject({ method: 'source', resourceId: null, storageAccount: null });
    expect(await source.removeWorkspace(free, removal, await clearedWorkspace(free, removal), patient)).toBe(
      'accepted',
    );
    // No other service knows about a free workspace.
    expect(await source.presence(free, removal, patient)).toBe('closed');
  });

  it('never takes a deletion whose answer was lost for done, nor asks for it a second time', async () => {
    const free = studio.workspace('Churn Lab').workspaceId;
    for (const workspaceId of [free, standard]) {
      const removal = await source.planRemoval(workspaceId, patient);
      const before = (await log()).filter(({ method }) => method === 'DELETE').length;
      await fetch(`${studio.url}/_control/faults`, {
        method: 'POST',
        body: JSON.stringify([{ match: { method: 'DELETE' }, fault: { kind: 'reset', after: 'effect' }, times: 1 }]),
      });
      const clearance = await clearedWorkspace(workspaceId, removal);
      await expect(source.removeWorkspace(workspaceId, removal, clearance, patient)).rejects.toMatchObject({
        reason: 'unreachable',
        mayHaveActed: true,
      });
      expect((await log()).filter(({ method }) => method === 'DELETE').length).toBe(before + 1);
    }
  });

  it('says what cannot be deleted by Steward where Studio has no such call', async () => {
    const free = studio.workspace('Churn Lab').workspaceId;
    const removal = await source.planRemoval(free, patient);
    await fault('DELETE', '.', 405);
    await expect(
      source.removeWorkspace(free, removal, await clearedWorkspace(free, removal), patient),
    ).rejects.toMatchObject({ reason: 'unsupported' });
  });

  it('can tell a workspace whose token was changed from a deleted one', async () => {
    const removal = await source.planRemoval(standard, patient);
    await fault('GET', `^/api/workspaces/${standard}$`, 401);
    expect(await source.presence(standard, removal, patient)).toBe('there');
  });

  it('passes on that Azure gives no right to delete', async () => {
    const removal = await source.planRemoval(standard, patient);
    await fault('DELETE', 'Microsoft.MachineLearning/workspaces', 403);
    const refused = source.removeWorkspace(standard, removal, await clearedWorkspace(standard, removal), patient);
    await expect(refused).rejects.toMatchObject({ reason: 'forbidden', status: 403 });
    await expect(refused).rejects.toThrow(/Azure/u);
  });

  it('without the right to look exports what Studio has, and says in the archive what is missing', async () => {
    const shutOut = sourceWith({ token: 'not-the-token' });
    const services = await Array.fromAsync(shutOut.list(standard, 'webservice', patient));
    expect(services.every(({ id }) => !id.startsWith('/'))).toBe(true);
    const missing = (await shutOut.workspaceFiles(standard, patient)).at(-1);
    await expect(missing?.open(patient)).rejects.toMatchObject({ reason: 'unauthorized' });
    const removal = await shutOut.planRemoval(standard, patient);
    expect(removal).toMatchObject({ method: 'by-hand', tiedKnown: false });
    expect(removal.byHand.lookFor).toEqual(['Contoso Research', 'Fraud Detection']);
  });

  it('never sends its token over plain http beyond this machine, nor to where a next page points', async () => {
    expect(() => sourceWith({ endpoint: 'http://management.azure.com' })).toThrow(/https/u);
    // The emulator uses the host name of the request in its links, which differs from the configured one.
    const elsewhere = sourceWith({ endpoint: studio.url.replace('127.0.0.1', 'localhost') });
    expect(await elsewhere.planRemoval(standard, patient)).toMatchObject({ method: 'resource-manager' });
  });
});

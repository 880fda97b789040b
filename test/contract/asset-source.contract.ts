import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { type Asset, type AssetKind, assetFingerprint, assetKinds } from '../../src/domain/assets.ts';
import { isSourceFailure, ServiceFailure } from '../../src/domain/service-failure.ts';
import { isSameRemoval } from '../../src/domain/workspace-removal.ts';
import { clearedAsset, clearedWorkspace } from '../harness/clearances.ts';

/** A system under test, filled with something to find, and what is known about it beforehand. */
export interface SourceUnderTest {
  readonly source: AssetSource;
  /** A workspace with at least one dataset and one experiment that uses it; the suite deletes from it. */
  readonly workspaceId: string;
  /** How many assets of a kind the workspace holds at the start. */
  readonly counts: Readonly<Partial<Record<AssetKind, number>>>;
  /** A dataset's exact bytes. */
  readonly knownDataset: { readonly name: string; readonly bytes: Buffer };
  /** A dataset, and an experiment that uses it. */
  readonly dependency: { readonly dataset: string; readonly experiment: string };
  /** Values that must never come out of the source. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** What every asset source promises. `start` brings up one that nothing else uses. */
export function assetSourceContract(name: string, start: () => Promise<SourceUnderTest>): void {
  describe(`${name} keeps the promises of an asset source`, () => {
    let subject: SourceUnderTest;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(() => subject?.close());
    const patient = new AbortController().signal;
    const list = (kind: AssetKind): Promise<Asset[]> =>
      Array.fromAsync(subject.source.list(subject.workspaceId, kind, patient));
    const named = async (kind: AssetKind, assetName: string): Promise<Asset> => {
      const asset = (await list(kind)).find((each) => each.name === assetName);
      if (!asset) throw new Error(`There is no ${kind} called ${assetName}.`);
      return asset;
    };
    const everything = async (): Promise<Asset[]> => (await Promise.all(assetKinds.map(list))).flat();

    it('knows its workspaces, and says who registered them', async () => {
      expect(subject.source.workspaceIds()).toContain(subject.workspaceId);
      expect(subject.source.registeredBy(subject.workspaceId)).toMatch(/@/);
      const workspace = await subject.source.workspace(subject.workspaceId, patient);
      expect(workspace.id).toBe(subject.workspaceId);
      expect(workspace.name).not.toBe('');
    });

    it('tells the members, with at least one active owner', async () => {
      const members = await subject.source.members(subject.workspaceId, patient);
      expect(members.some(({ role, status }) => role === 'owner' && status === 'active')).toBe(true);
    });

    it('refuses a workspace it holds no credential for', async () => {
      const stranger = '00000000000000000000000000000000';
      expect(subject.source.registeredBy(stranger)).toBeNull();
      await expect(subject.source.workspace(stranger, patient)).rejects.toBeInstanceOf(ServiceFailure);
      await expect(Array.fromAsync(subject.source.list(stranger, 'dataset', patient))).rejects.toBeInstanceOf(
        ServiceFailure,
      );
    });

    describe.each(assetKinds)('of kind %s', (kind) => {
      it('lists what is there, each family once, in an order that stays', async () => {
        const assets = await list(kind);
        expect(assets).toHaveLength(subject.counts[kind] ?? 0);
        expect(new Set(assets.map(({ familyId }) => familyId)).size).toBe(assets.length);
        expect(assets.every((asset) => asset.kind === kind && asset.name !== '' && asset.versions >= 1)).toBe(true);
        expect(await list(kind)).toEqual(assets);
      });

      it('finds each listed asset as it was listed', async () => {
        for (const asset of await list(kind)) {
          const found = await subject.source.find(subject.workspaceId, asset, patient);
          expect(found && assetFingerprint(found)).toBe(assetFingerprint(asset));
        }
      });

      it('exports each as files: content before metadata, as long as announced, the same each time', async () => {
        for (const asset of await list(kind)) {
          const files = await subject.source.files(subject.workspaceId, asset, patient);
          expect(files.length).toBeGreaterThan(0);
          const firstMetadata = files.findIndex(({ role }) => role === 'metadata');
          if (firstMetadata >= 0)
            expect(files.slice(firstMetadata).every(({ role }) => role === 'metadata')).toBe(true);
          for (const file of files) {
            const bytes = await readOrReason(file.open(patient));
            if (typeof bytes === 'string') {
              expect(bytes).toBe('unsupported');
              continue;
            }
            if (file.sizeBytes !== null) expect(bytes.length).toBe(file.sizeBytes);
            expect((await buffer(await file.open(patient))).equals(bytes)).toBe(true);
          }
        }
      });
    });

    it('gives a dataset byte for byte', async () => {
      const asset = await named('dataset', subject.knownDataset.name);
      const [content] = await subject.source.files(subject.workspaceId, asset, patient);
      if (!content) throw new Error('The dataset has no content.');
      expect((await buffer(await content.open(patient))).equals(subject.knownDataset.bytes)).toBe(true);
    });

    it('gives away no secret, in no file and no field', async () => {
      const texts = [
        JSON.stringify(await subject.source.workspace(subject.workspaceId, patient)),
        JSON.stringify(await subject.source.members(subject.workspaceId, patient)),
      ];
      const read = async (files: Awaited<ReturnType<AssetSource['files']>>): Promise<void> => {
        for (const file of files) {
          texts.push(JSON.stringify(file));
          const bytes = await readOrReason(file.open(patient));
          if (typeof bytes !== 'string') texts.push(bytes.toString('latin1'));
        }
      };
      await read(await subject.source.workspaceFiles(subject.workspaceId, patient));
      for (const asset of await everything()) {
        texts.push(JSON.stringify(asset));
        await read(await subject.source.files(subject.workspaceId, asset, patient));
      }
      expect(subject.secrets.length).toBeGreaterThan(0);
      for (const secret of subject.secrets) {
        expect(texts.filter((text) => text.includes(secret)).map((text) => text.slice(0, 120))).toEqual([]);
      }
      expect(texts.filter((text) => /[?&]sig=\w|"AccessCredential":\s*"\?/.test(text))).toEqual([]);
    });

    it('describes the workspace itself in files, each of which is there or says why not', async () => {
      const files = await subject.source.workspaceFiles(subject.workspaceId, patient);
      expect(files.map(({ name }) => name)).toContain('settings.json');
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
      for (const file of files) {
        const bytes = await readOrReason(file.open(patient));
        if (typeof bytes !== 'string') expect(() => JSON.parse(bytes.toString())).not.toThrow();
        expect(file).toMatchObject({ role: 'metadata', source: expect.stringMatching(/^https?:[^?]*$/u) });
      }
      const people = await subject.source.members(subject.workspaceId, patient);
      const settings = files.find(({ name }) => name === 'settings.json');
      const text = settings ? await readOrReason(settings.open(patient)) : '';
      for (const { email } of people) if (email !== '') expect(text.toString()).not.toContain(email);
    });

    it.each(['gateway', 'endpoint', 'plan'] as const)(
      'lists what is a %s with a name, the same each time',
      async (kind) => {
        const found = await subject.source.workspaceResources(subject.workspaceId, kind, patient);
        expect(found.every((each) => each.kind === kind && each.name !== '')).toBe(true);
        expect(await subject.source.workspaceResources(subject.workspaceId, kind, patient)).toEqual(found);
      },
    );

    it('tells what uses a dataset', async () => {
      const dataset = await named('dataset', subject.dependency.dataset);
      const dependants = await subject.source.dependants(subject.workspaceId, patient)([dataset]);
      expect(dependants.get(dataset.id)).toContainEqual(
        expect.objectContaining({ kind: 'experiment', name: subject.dependency.experiment }),
      );
    });

    it('does nothing once its signal has aborted', async () => {
      const aborted = AbortSignal.abort(new Error('stop'));
      await expect(subject.source.workspace(subject.workspaceId, aborted)).rejects.toThrow('stop');
      await expect(Array.fromAsync(subject.source.list(subject.workspaceId, 'dataset', aborted))).rejects.toThrow(
        'stop',
      );
    });

    it('never finds or deletes what is not the workspace’s own', async () => {
      const foreign: Asset = {
        ...(await named('dataset', subject.knownDataset.name)),
        id: '506153734175476c4f62416c57734963.aaaa.v1',
        familyId: 'aaaa',
      };
      expect(await subject.source.find(subject.workspaceId, foreign, patient)).toBeNull();
      await expect(
        subject.source.delete(subject.workspaceId, foreign, clearedAsset(subject.workspaceId, foreign), patient),
      ).rejects.toMatchObject({
        reason: 'rejected',
      });
    });

    it('deletes one asset of each kind and nothing else; a second time it is gone', async () => {
      for (const kind of assetKinds) {
        const before = await list(kind);
        const [asset] = before;
        if (!asset) continue;
        const cleared = clearedAsset(subject.workspaceId, asset);
        expect(await subject.source.delete(subject.workspaceId, asset, cleared, patient)).toBe('deleted');
        expect(await subject.source.find(subject.workspaceId, asset, patient)).toBeNull();
        const after = await list(kind);
        expect(after.map(({ id }) => id)).toEqual(before.slice(1).map(({ id }) => id));
        expect(await subject.source.delete(subject.workspaceId, asset, cleared, patient)).toBe('gone');
      }
    });

    it('plans how the workspace itself would be deleted, and changes nothing by that', async () => {
      const removal = await subject.source.planRemoval(subject.workspaceId, patient);
      expect(isSameRemoval(removal, await subject.source.planRemoval(subject.workspaceId, patient))).toBe(true);
      expect(removal.byHand.url).toMatch(/^https:/);
      expect(await subject.source.presence(subject.workspaceId, removal, patient)).toBe('there');
      expect(subject.secrets.filter((secret) => JSON.stringify(removal).includes(secret))).toEqual([]);
    });

    it('deletes the whole workspace, or says that a person has to', async () => {
      const removal = await subject.source.planRemoval(subject.workspaceId, patient);
      const clearance = await clearedWorkspace(subject.workspaceId, removal);
      const removed = subject.source.removeWorkspace(subject.workspaceId, removal, clearance, patient);
      if (removal.method === 'by-hand') {
        await expect(removed).rejects.toMatchObject({ reason: 'unsupported' });
        expect(await subject.source.presence(subject.workspaceId, removal, patient)).toBe('there');
      } else {
        expect(await removed).toBe('accepted');
        expect(await subject.source.presence(subject.workspaceId, removal, patient)).not.toBe('there');
      }
    });
  });
}

/** The bytes of a file, or the reason why there are none. */
async function readOrReason(
  opening: ReturnType<Awaited<ReturnType<AssetSource['files']>>[number]['open']>,
): Promise<Buffer | string> {
  try {
    return await buffer(await opening);
  } catch (error) {
    if (isSourceFailure(error)) return error.reason;
    throw error;
  }
}

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';
import type { z } from 'zod';
import {
  type ArchiveOptions,
  type ArchiveSummary,
  type PlacedAsset,
  type WrittenPart,
  writeArchive,
} from '../../src/archive/archive-writer.ts';
import { manifestSchema } from '../../src/archive/manifest.ts';
import type { ArchiveStorage } from '../../src/archive/storage.ts';
import type { AssetFile } from '../../src/domain/asset-source.ts';
import type { Asset, AssetKind } from '../../src/domain/assets.ts';
import { fastClock } from './impatient-clock.ts';

/** An asset of a test, with its files. */
export interface TestAsset {
  readonly asset: Asset;
  readonly files: readonly AssetFile[] | Error;
}

/** A file whose content is in memory. */
export function fileOf(name: string, content: Buffer | string, more: Partial<AssetFile> = {}): AssetFile {
  const bytes = Buffer.from(content);
  return {
    name,
    role: 'content',
    sizeBytes: bytes.length,
    compressed: false,
    source: `https://studio.example/files/${encodeURIComponent(name)}`,
    open: async () => Readable.from([bytes]),
    ...more,
  };
}

export function assetOf(
  name: string,
  files: readonly AssetFile[] | Error,
  more: Partial<Asset> & { readonly kind?: AssetKind } = {},
): TestAsset {
  const asset: Asset = {
    kind: 'dataset',
    id: `ws.${name}.1`,
    familyId: `family-${name}`,
    name,
    sizeBytes: null,
    createdAt: new Date('2016-03-04T05:06:08Z'),
    owner: 'PowerShell',
    versions: 1,
    revision: 'r',
    ...more,
  };
  return { asset, files };
}

/** The result of one call of the writer. */
export interface Export {
  readonly summary: ArchiveSummary;
  readonly written: WrittenPart[];
  readonly waits: readonly number[];
}

/** Runs the writer over assets in memory. */
export async function exportAssets(
  storage: ArchiveStorage,
  assets: readonly TestAsset[],
  more: Partial<ArchiveOptions> = {},
): Promise<Export> {
  const written: WrittenPart[] = [];
  const clock = fastClock(Date.UTC(2026, 0, 2));
  const files = new Map(assets.map(({ asset, files }) => [asset.id, files]));
  const summary = await writeArchive({
    storage,
    clock,
    signal: new AbortController().signal,
    requestId: 'DSR-1001',
    attempt: 'a1',
    workspace: { id: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27', name: 'Churn lab', accountType: 'free' },
    requestedBy: 'Alex Wilber (alexw@example.com)',
    requestedAt: new Date('2026-01-02T03:04:06Z'),
    data: 'all',
    onlyNamed: false,
    personal: { scope: 'none', members: [] },
    assets: inOrder(assets.map(({ asset }, position) => ({ position, asset }))),
    filesOf: async (asset) => {
      const found = files.get(asset.id) ?? [];
      if (found instanceof Error) throw found;
      return found;
    },
    workspaceFiles: null,
    recorded: [],
    onPart: async (part) => {
      written.push(part);
    },
    ...more,
  });
  return { summary, written, waits: clock.waits };
}

export async function* inOrder(assets: readonly PlacedAsset[]): AsyncGenerator<PlacedAsset, void, void> {
  yield* assets;
}

/** A part as an independent reader (yauzl) reads it. */
export interface Unpacked {
  readonly sha256: string;
  readonly entries: ReadonlyMap<
    string,
    { readonly bytes: Buffer; readonly date: string; readonly packedBytes: number }
  >;
  readonly manifest: z.infer<typeof manifestSchema>;
  text(path: string): string;
}

/** Reads a zip from storage. yauzl checks names and sizes, and inflating checks the contents. */
export async function unpack(storage: ArchiveStorage, blobName: string): Promise<Unpacked> {
  const zip = await buffer(await storage.read(blobName));
  const entries = new Map<string, { bytes: Buffer; date: string; packedBytes: number }>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (failed, file) => {
      if (failed) return reject(failed);
      file.on('error', reject).on('end', resolve);
      file.on('entry', (entry) => {
        file.openReadStream(entry, (error, stream) => {
          if (error) return reject(error);
          buffer(stream).then((bytes) => {
            if (entries.has(entry.fileName)) reject(new Error(`${entry.fileName} is there twice`));
            const date = entry.getLastModDate({ timezone: 'UTC' }).toISOString();
            entries.set(entry.fileName, { bytes, date, packedBytes: entry.compressedSize });
            file.readEntry();
          }, reject);
        });
      });
      file.readEntry();
    });
  });
  const text = (path: string) => entries.get(path)?.bytes.toString('utf8') ?? '';
  return { sha256: sha256(zip), entries, manifest: manifestSchema.parse(JSON.parse(text('manifest.json'))), text };
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

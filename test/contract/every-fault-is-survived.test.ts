import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { assetKinds } from '../../src/domain/assets.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';

const patient = new AbortController().signal;
/** Calls that fail, each hundred. */
const rate = 0.1;

/** What a bad day may bring; `everywhere` strikes downloads as well as the API. */
const faults = [
  { kind: 'status', status: 500 },
  { kind: 'html', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'Retry-After': '0' } },
  { kind: 'reset' },
  { kind: 'truncate', bytes: 100 },
  { kind: 'truncate', bytes: 1500 },
  { kind: 'html' },
  { kind: 'malformed' },
  { kind: 'latency', milliseconds: 5 },
] as const;

describe('a full export reads the same bytes when one call in ten fails with', () => {
  let emulator: TestEmulator;
  let source: AssetSource;
  let workspaceId: string;
  let expected: ReadonlyMap<string, string>;

  beforeAll(async () => {
    emulator = await startTestEmulator({ blobProxy: true });
    ({ workspaceId } = emulator.workspace('Churn Lab'));
    source = createStudioSource({
      connections: emulator.registrations(),
      clock: systemClock,
      http: { retryDelayMs: 1, maxRetryDelayMs: 5, maxRetries: 8, maxResumes: 8 },
    });
    expected = await exported();
  });
  afterAll(() => emulator?.close());

  /** Every file of the workspace by name, as a hash. */
  async function exported(): Promise<ReadonlyMap<string, string>> {
    const hashes = new Map<string, string>();
    for (const kind of assetKinds) {
      for await (const asset of source.list(workspaceId, kind, patient)) {
        for (const file of await source.files(workspaceId, asset, patient)) {
          hashes.set(`${asset.id} ${file.name}`, await hashOf(file));
        }
      }
    }
    return hashes;
  }

  const control = async (method: string, body: string | null): Promise<void> => {
    const answer = await fetch(`${emulator.url}/_control/faults`, { method, body });
    expect(answer.ok).toBe(true);
  };

  it.each(faults)('the fault %o', async (fault) => {
    await control('POST', JSON.stringify([{ match: { method: 'GET' }, fault, rate, seed: 7 }]));
    try {
      const found = await exported();
      expect([...found.keys()]).toEqual([...expected.keys()]);
      // Descriptions hold links' lifetimes and the like only in what is blanked, so they are the same too.
      expect(found).toEqual(expected);
    } finally {
      await control('DELETE', null);
    }
  });
});

async function hashOf(file: Awaited<ReturnType<AssetSource['files']>>[number]): Promise<string> {
  const hash = createHash('sha256');
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done();
    },
  });
  const opening = file.open(patient).catch((error: { reason?: string }) => error.reason);
  const opened = await opening;
  if (opened === undefined || typeof opened === 'string') return String(opened);
  await pipeline(opened, sink);
  return hash.digest('hex');
}

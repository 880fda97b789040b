import type { HttpSettings } from '../../../src/azure/http/http-settings.ts';
import type { AssetSource } from '../../../src/domain/asset-source.ts';
import type { Asset } from '../../../src/domain/assets.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { SharedLimits } from '../../../src/domain/host-limits.ts';
import { revisionOf } from '../../../src/sources/studio-classic/revisions.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';

export const workspaceId = '7c0e6a1f52b84d0fa3c9d1e4b6f80a27';
export const token = 'token-of-the-workspace-0123456789';
export const workspacePath = `/api/workspaces/${workspaceId}`;

/** A signal that never aborts. */
export const patient = new AbortController().signal;

/**
 * A clock for tests of waiting. Waits of up to `longest` milliseconds end at once and are recorded; longer ones (idle
 * guards) end only by their signal.
 */
export class HurriedClock implements Clock {
  readonly waits: number[] = [];
  readonly #longest: number;
  #now = Date.parse('2026-11-24T12:00:00Z');

  constructor(longest = 1_000_000) {
    this.#longest = longest;
  }

  now(): number {
    return this.#now;
  }

  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds <= this.#longest) {
      if (milliseconds > 0) this.waits.push(milliseconds);
      this.#now += Math.max(0, milliseconds);
      return;
    }
    await new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
}

/** Settings without real waits. */
export const hurried: Partial<HttpSettings> = {
  maxRetries: 2,
  retryDelayMs: 0,
  maxRetryDelayMs: 0,
  maxResumes: 2,
  idleTimeoutMs: 2_000_000,
};

/** A source with one workspace at the given address. */
export function sourceAt(
  endpoint: string,
  options: { http?: Partial<HttpSettings>; clock?: Clock; limits?: SharedLimits; log?: (line: string) => void } = {},
): AssetSource {
  return createStudioSource({
    connections: [{ workspaceId, endpoint, token, registeredBy: 'alexw@example.com' }],
    clock: options.clock ?? new HurriedClock(),
    http: { ...hurried, ...options.http },
    random: () => 0,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(options.log ? { log: options.log } : {}),
  });
}

/** A dataset in Studio's format, with its bytes at `base`. */
export function datasetPayload(base: string, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    Id: `${workspaceId}.f00d.v1`,
    FamilyId: 'f00d',
    Name: 'churn.csv',
    DataTypeId: 'GenericCSV',
    Owner: 'Python SDK',
    Size: 11,
    CreatedDate: '/Date(1561020000000)/',
    IsLatest: true,
    UploadedFromFilename: 'churn.csv',
    DownloadLocation: {
      BaseUri: `${base}/`,
      Location: 'blob/churn',
      AccessCredential: '?sv=1&sig=SECRETSIG',
      Size: 11,
    },
    ...fields,
  };
}

/** The asset that corresponds to `datasetPayload`. */
export const churn: Asset = {
  kind: 'dataset',
  id: `${workspaceId}.f00d.v1`,
  familyId: 'f00d',
  name: 'churn.csv',
  sizeBytes: 11,
  createdAt: new Date(1561020000000),
  owner: 'Python SDK',
  versions: 1,
  revision: revisionOf('', 'GenericCSV', '', null),
};

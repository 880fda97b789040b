import { type ArchiveStorage, type ArchiveStorageOptions, createArchiveStorage } from '../../src/archive/storage.ts';
import type { Azurite } from '../../src/local/azurite.ts';
import { fastClock } from './impatient-clock.ts';

/** Archive storage on a test's Azurite. Failed calls are not retried. */
export function openStorage(azurite: Azurite, more: Partial<ArchiveStorageOptions> = {}): ArchiveStorage {
  const { url, accountName, accountKey } = azurite;
  return createArchiveStorage({
    url,
    signIn: { kind: 'key', accountName, accountKey },
    container: 'archives',
    allowHttp: true,
    clock: fastClock(Date.now()),
    retry: { maxTries: 1 },
    ...more,
  });
}

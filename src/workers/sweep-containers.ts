import { keyLifetimeMs } from '../archive/signer.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { isDueForRemoval, unfinishedKeptMs, unknownKeptMs } from '../domain/archive-retention.ts';
import { containerPrefix } from '../requests/directory-export-run.ts';
import type { JobServices } from '../workflows/workflow-services.ts';
import { removeArchive } from './remove-archive.ts';

/**
 * Removes drop-off containers that no request needs: those whose time is over, those that were made again after their
 * removal was recorded, and, once they are older than any can be, those that no request of this database names.
 */
export async function sweepContainers(services: JobServices, signal: AbortSignal): Promise<number> {
  const { db } = services.database;
  // Graph may write for the life of a key, and what it wrote is kept no longer than any archive.
  const longestLifeMs = keyLifetimeMs + Math.max(unknownKeptMs, services.settings.archiveRetentionMs);
  let removed = 0;
  for await (const container of services.dropOff.containers(containerPrefix, signal)) {
    const number = Number(/^(\d+)-/u.exec(container.name.slice(containerPrefix.length))?.[1] ?? Number.NaN);
    if (container.ageMs < unfinishedKeptMs || !Number.isSafeInteger(number)) continue;
    const request = await readRequest(db, number);
    const isNamed = (await readDirectoryExport(db, number))?.container === container.name;
    if (isNamed && request !== null && request.archiveRemovedAt === null) {
      if (!isDueForRemoval(request, services.clock.now())) continue;
      await removeArchive(services, number, signal);
    } else {
      if (!isNamed && container.ageMs <= longestLifeMs) continue;
      await services.dropOff.remove(container.name, signal);
    }
    removed += 1;
  }
  return removed;
}

import { keyLifetimeMs } from '../archive/signer.ts';
import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/request-rows.ts';
import { isDueForRemoval, unfinishedKeptMs, unknownKeptMs } from '../domain/archive-retention.ts';
import { isRequestHeld } from '../requests/keep-held.ts';
import { containerPrefix } from '../workflows/directory-export/records.ts';
import type { WorkflowServices } from '../workflows/workflow-services.ts';
import { removeArchive } from './remove-archive.ts';

/**
 * Removes drop-off containers that no request needs: those whose retention has expired, those created again after their
 * removal was recorded, and those that no request of this database names, once they are older than any retention.
 * Returns how many were removed.
 */
export async function sweepContainers(services: WorkflowServices, signal: AbortSignal): Promise<number> {
  const { db } = services.database;
  // Graph can write for the lifetime of a signing key, and its files are kept no longer than any archive.
  const maxAgeMs = keyLifetimeMs + Math.max(unknownKeptMs, services.settings.archiveRetentionMs);
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
      if (!isNamed && container.ageMs <= maxAgeMs) continue;
      if (request !== null && (await isRequestHeld(services, request, signal))) continue;
      await services.dropOff.remove(container.name, signal);
    }
    removed += 1;
  }
  return removed;
}

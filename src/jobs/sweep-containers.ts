import { readDirectoryExport } from '../database/directory-exports.ts';
import { readRequest } from '../database/requests.ts';
import { finalStates } from '../domain/request.ts';
import { recordArchiveRemoved } from '../requests/archive-removal.ts';
import { containerPrefix } from '../requests/directory-export.ts';
import type { JobServices } from './services.ts';

/** Containers younger than this are left alone, in milliseconds. */
const settledAfterMs = 24 * 3_600_000;

/**
 * Removes containers of ended exports of directory data whose time is over and that no job has removed. A container
 * that no request of this database names is somebody else's, or of a newer copy, and stays.
 */
export async function sweepContainers(services: JobServices, signal: AbortSignal): Promise<number> {
  const { db } = services.database;
  let removed = 0;
  for await (const container of services.handover.containers(containerPrefix, signal)) {
    const number = Number(/^(\d+)-/u.exec(container.name.slice(containerPrefix.length))?.[1] ?? Number.NaN);
    if (container.ageMs < settledAfterMs || !Number.isSafeInteger(number)) continue;
    const request = await readRequest(db, number);
    const named = await readDirectoryExport(db, number);
    if (request === null || named?.container !== container.name || !finalStates.has(request.state)) continue;
    const keptUntil = (request.finishedAt ?? request.updatedAt).getTime() + services.settings.archiveRetentionMs;
    if (request.archiveRemovedAt === null && services.clock.now() < keptUntil) continue;
    await services.handover.remove(container.name, signal);
    await recordArchiveRemoved(services, number);
    removed += 1;
  }
  return removed;
}

import { writeArchive } from '../../archive/archive-writer.ts';
import type { PersonalData } from '../../archive/personal-data-file.ts';
import { readParts } from '../../database/archive-parts.ts';
import { eachAsset } from '../../database/request-assets.ts';
import { hasAddress } from '../../domain/people.ts';
import { type RequestRecord, requestId } from '../../domain/request.ts';
import { type Run, recordPart, recordProgress } from '../../requests/lease.ts';
import { requesterNow } from '../../requests/requester-now.ts';
import type { ProgressThrottle } from '../progress-rate.ts';
import type { WorkflowServices } from '../workflow-services.ts';

/** Summary of an export. */
export interface ExportSummary {
  readonly stopped: boolean;
  /** Files and assets that are missing or incomplete; each is named in the manifest. */
  readonly exceptions: number;
}

/** Thrown inside the archive writer when the person asked to stop, so that it ends without committing a part. */
class StopRequested extends Error {}

/**
 * Writes a request's assets into archive parts and resumes after the parts that earlier runs recorded. Throws
 * ServiceFailure and RunSupersededError; failures of single assets are listed in the manifest.
 */
export async function exportAssets(
  services: WorkflowServices,
  run: Run,
  progressThrottle: ProgressThrottle,
  signal: AbortSignal,
): Promise<ExportSummary> {
  const { request, number } = run;
  const { db } = services.database;
  const { workspace, progress, ask } = request;
  if (workspace === null) throw new Error(`request ${number} runs without a workspace`);
  // Storage may have been unavailable at the start, or the container removed since.
  await services.storage.ensure(signal);
  const recorded = await readParts(db, number);
  const remaining = async function* () {
    for await (const each of eachAsset(db, number)) {
      if (each.exported === null) yield each;
    }
  };
  try {
    const summary = await writeArchive({
      storage: services.storage,
      clock: services.clock,
      signal,
      requestId: requestId(number),
      attempt: run.token,
      workspace,
      requestedBy: request.requester.name,
      requestedAt: request.createdAt,
      data: ask.target === 'assets' ? 'customer' : ask.data,
      onlyNamed: ask.target === 'assets',
      personal: await personalData(services, request, signal),
      assets: remaining(),
      filesOf: (asset, aborted) => services.source.files(workspace.id, asset, aborted),
      workspaceFiles:
        ask.target === 'assets' && ask.retry?.workspaceFiles !== true
          ? null
          : (aborted) => services.source.workspaceFiles(workspace.id, aborted),
      recorded,
      onPart: ({ results, ...part }) => recordPart(services, run, { ...part, completes: part.contents.last }, results),
      onProgress: ({ assets, bytes }) =>
        progressThrottle(async () => {
          const { stopRequested } = await recordProgress(services, run, {
            phase: 'exporting',
            assetsDone: assets,
            assetsTotal: progress.assetsTotal,
            bytesDone: bytes,
          });
          if (stopRequested) throw new StopRequested();
        }),
      limits: { partBytes: services.partBytes },
    });
    return { stopped: false, exceptions: summary.exceptions };
  } catch (error) {
    if (error instanceof StopRequested) return { stopped: true, exceptions: 0 };
    throw error;
  }
}

/** The members whose data the policy lets this requester export. Throws ServiceFailure. */
async function personalData(
  services: WorkflowServices,
  request: RequestRecord,
  signal: AbortSignal,
): Promise<PersonalData> {
  const scope = request.personalData;
  if (scope === 'none') return { scope, members: [] };
  const members = await services.source.members(request.workspace?.id ?? '', signal);
  const requester = await requesterNow(services, request.requester);
  const own = members.filter(({ email }) => hasAddress(requester, email));
  return { scope, members: scope === 'own' ? own : members };
}

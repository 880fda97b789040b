import type { AssetSource } from '../../domain/asset-source.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/logger.ts';
import { createProbe, type Probe } from '../../domain/readiness.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';

/** Interval of the probe in milliseconds: a revoked token is noticed after this time. One small call per workspace. */
const intervalMs = 1_800_000;
/** Time-out of the call for one workspace, in milliseconds. */
const callLimitMs = 10_000;

/**
 * Readiness probe: checks for each registered workspace whether Studio accepts its token. A refused token is a notice
 * and does not make the process unready, because the other workspaces work. An outage says nothing about tokens.
 */
export function createTokenProbe(
  source: Pick<AssetSource, 'workspaceIds' | 'workspace'>,
  clock: Clock,
  log: Log,
): Probe {
  const isRefused = async (workspaceId: string): Promise<boolean> => {
    const limit = new AbortController();
    const answered = new AbortController();
    void clock.wait(callLimitMs, answered.signal).then(
      () => limit.abort(new Error('no answer in time')),
      () => undefined,
    );
    try {
      await source.workspace(workspaceId, limit.signal);
      return false;
    } catch (error) {
      if (!isSourceFailure(error) || error.reason !== 'unauthorized') return false;
      log.error('Studio does not accept the token of a workspace', error, { workspaceId });
      return true;
    } finally {
      answered.abort();
    }
  };
  const ask = async () => {
    const answers = await Promise.all(source.workspaceIds().map(isRefused));
    const refused = answers.flatMap((isOne, index) => (isOne ? [index + 1] : []));
    if (refused.length === 0) return null;
    return `Studio does not accept the token of entry ${refused.join(', ')} in STUDIO_CONNECTIONS. An owner of that workspace has to provide a new one; the log names the workspace.`;
  };
  const silence = 'Studio did not answer in time whether it accepts the tokens.';
  return createProbe({ name: 'studio', ask, clock, log, silence, intervalMs });
}

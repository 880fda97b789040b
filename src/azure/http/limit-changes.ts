import type { HostLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';

/** A process that has not called a host for this long, in milliseconds, no longer counts among those that share it. */
const callerExpiryMs = 10_000;

/** How one event changes the limits of a host. All are pure functions. */
type Change = (limits: HostLimits) => HostLimits;

/** The limits of a host that has not been called yet. */
export function unknownHost(settings: Pick<HttpSettings, 'maxConcurrentCalls'>): HostLimits {
  const { maxConcurrentCalls: limit } = settings;
  return { limit, pausedUntil: 0, refusals: 0, refusedSince: null, outage: null, callers: {} };
}

/** Records that a process uses the host, and removes processes that have not done so for long. */
export function seen(caller: string, now: number): Change {
  return (limits) => {
    const recent = Object.entries(limits.callers).filter(([, at]) => now - at < callerExpiryMs);
    return { ...limits, callers: { ...Object.fromEntries(recent), [caller]: now } };
  };
}

/** How many concurrent calls one process may make: an even share of the host's limit, at least one. */
export function shareOf(limits: HostLimits, caller: string): number {
  const callers = Object.keys({ ...limits.callers, [caller]: 0 }).sort();
  const left = limits.limit % callers.length;
  const share = Math.floor(limits.limit / callers.length) + (callers.indexOf(caller) < left ? 1 : 0);
  return Math.max(1, share);
}

/**
 * The host throttled a call: a pause, and half the limit afterwards. Without a Retry-After the pauses double from one
 * throttled call to the next (exponential backoff). A throttled call is an answer, so it ends an outage.
 */
export function throttled(
  now: number,
  retryAfterMs: number | null,
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs' | 'maxPauseMs'>,
): Change {
  return (limits) => {
    // After a long time without calls the host's state in between is unknown, so a new series of pauses begins.
    const isFirst = now - limits.pausedUntil > settings.maxPauseMs;
    const growing = Math.min(settings.retryDelayMs * 2 ** limits.refusals, settings.maxRetryDelayMs);
    return {
      ...limits,
      limit: Math.max(1, Math.floor(limits.limit / 2)),
      pausedUntil: Math.max(limits.pausedUntil, now + (retryAfterMs ?? growing)),
      refusals: limits.refusals + 1,
      refusedSince: isFirst ? now : (limits.refusedSince ?? now),
      outage: null,
    };
  };
}

/** A call succeeded: the throttling and the outage, if any, are over. */
export const answered: Change = (limits) => ({ ...limits, refusals: 0, refusedSince: null, outage: null });

/** Enough calls succeeded to raise the limit by one. */
export function raised(settings: Pick<HttpSettings, 'maxConcurrentCalls'>): Change {
  return (limits) => ({ ...limits, limit: Math.min(settings.maxConcurrentCalls, limits.limit + 1) });
}

/** Opens the circuit breaker: the host has not answered since that moment, so calls to it fail at once from now on. */
export function outageOpened(since: number, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage !== null) return limits;
    return { ...limits, outage: { since, nextProbeAt: now + probePauseMs(0, settings), failedProbes: 0, probe: null } };
  };
}

/**
 * A process claims the half-open probe, which checks whether the host answers again. One process has it at a time; its
 * claim expires shortly after the probe would have timed out, in case the process dies.
 */
export function probeBegun(probe: string, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage === null || now < limits.outage.nextProbeAt) return limits;
    return { ...limits, outage: { ...limits.outage, probe, nextProbeAt: now + settings.probeTimeoutMs + 1_000 } };
  };
}

/** The probe failed; the next one follows after a longer pause (exponential backoff). */
export function probeFailed(probe: string, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage?.probe !== probe) return limits;
    const failedProbes = limits.outage.failedProbes + 1;
    const nextProbeAt = now + probePauseMs(failedProbes, settings);
    return { ...limits, outage: { ...limits.outage, failedProbes, nextProbeAt, probe: null } };
  };
}

/** The probe was aborted without a result, so another process may start one at once. */
export function probeAbandoned(probe: string, now: number): Change {
  return (limits) => {
    if (limits.outage?.probe !== probe) return limits;
    return { ...limits, outage: { ...limits.outage, nextProbeAt: now, probe: null } };
  };
}

type ProbeSettings = Pick<HttpSettings, 'probePauseMs' | 'maxProbePauseMs' | 'probeTimeoutMs'>;

function probePauseMs(failedProbes: number, settings: ProbeSettings): number {
  return Math.min(settings.probePauseMs * 2 ** Math.min(failedProbes, 20), settings.maxProbePauseMs);
}

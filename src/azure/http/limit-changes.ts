import type { HostLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';

/** A process that has been silent for so long does not count among those that share a host, in milliseconds. */
const callerMemoryMs = 10_000;

/** The change of a host's pace that one event makes. All are pure. */
type Change = (limits: HostLimits) => HostLimits;

/** A host that nobody has called yet. */
export function unknownHost(settings: Pick<HttpSettings, 'maxConcurrentCalls'>): HostLimits {
  const { maxConcurrentCalls: limit } = settings;
  return { limit, pausedUntil: 0, refusals: 0, refusedSince: null, outage: null, callers: {} };
}

/** A process has to do with the host; those that have been silent for long are forgotten. */
export function seen(caller: string, now: number): Change {
  return (limits) => {
    const recent = Object.entries(limits.callers).filter(([, at]) => now - at < callerMemoryMs);
    return { ...limits, callers: { ...Object.fromEntries(recent), [caller]: now } };
  };
}

/** How many of a host's calls at a time are one process's own: an even share of the limit, and always one. */
export function shareOf(limits: HostLimits, caller: string): number {
  const callers = Object.keys({ ...limits.callers, [caller]: 0 }).sort();
  const left = limits.limit % callers.length;
  const share = Math.floor(limits.limit / callers.length) + (callers.indexOf(caller) < left ? 1 : 0);
  return Math.max(1, share);
}

/**
 * The host asked to slow down: a pause, and half as many calls afterwards. Without a time of its own, pauses double
 * from refusal to refusal. That it asks shows that it answers.
 */
export function throttled(
  now: number,
  retryAfterMs: number | null,
  settings: Pick<HttpSettings, 'retryDelayMs' | 'maxRetryDelayMs' | 'maxPauseMs'>,
): Change {
  return (limits) => {
    // When nobody has called for long after a pause, nothing is known of the time between.
    const isNew = now - limits.pausedUntil > settings.maxPauseMs;
    const growing = Math.min(settings.retryDelayMs * 2 ** limits.refusals, settings.maxRetryDelayMs);
    return {
      ...limits,
      limit: Math.max(1, Math.floor(limits.limit / 2)),
      pausedUntil: Math.max(limits.pausedUntil, now + (retryAfterMs ?? growing)),
      refusals: limits.refusals + 1,
      refusedSince: isNew ? now : (limits.refusedSince ?? now),
      outage: null,
    };
  };
}

/** The host did what was asked of it. */
export const answered: Change = (limits) => ({ ...limits, refusals: 0, refusedSince: null, outage: null });

/** It did so often enough that one more call at a time may be tried. */
export function raised(settings: Pick<HttpSettings, 'maxConcurrentCalls'>): Change {
  return (limits) => ({ ...limits, limit: Math.min(settings.maxConcurrentCalls, limits.limit + 1) });
}

/** The host has not answered since that moment, and calls to it end at once from now on. */
export function wentDown(since: number, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage !== null) return limits;
    return { ...limits, outage: { since, nextProbeAt: now + probePauseMs(0, settings), failedProbes: 0, probe: null } };
  };
}

/**
 * Somebody wants to find out whether the host answers again; granted to one at a time. A prober that dies is given up
 * when its call would have timed out at the latest.
 */
export function probeBegun(probe: string, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage === null || now < limits.outage.nextProbeAt) return limits;
    return { ...limits, outage: { ...limits.outage, probe, nextProbeAt: now + settings.probeTimeoutMs + 1_000 } };
  };
}

/** The host still does not answer; the next look follows after a longer pause. */
export function probeFailed(probe: string, now: number, settings: ProbeSettings): Change {
  return (limits) => {
    if (limits.outage?.probe !== probe) return limits;
    const failedProbes = limits.outage.failedProbes + 1;
    const nextProbeAt = now + probePauseMs(failedProbes, settings);
    return { ...limits, outage: { ...limits.outage, failedProbes, nextProbeAt, probe: null } };
  };
}

/** Whoever was finding out broke off for a reason of their own; somebody else may. */
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

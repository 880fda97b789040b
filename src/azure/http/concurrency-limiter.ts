import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { SharedLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';
import {
  answered,
  outageOpened,
  probeAbandoned,
  probeBegun,
  probeFailed,
  raised,
  shareOf,
  throttled,
} from './limit-changes.ts';
import { HostLimitsView } from './limit-view.ts';
import { type Failure, OutageEvidence } from './outage-evidence.ts';

/** The host asked for a longer pause than a call may wait, either at once or in several pauses in a row. */
export class HostPausedError extends Error {
  override readonly name = 'HostPausedError';
  readonly pauseMs: number;

  constructor(pauseMs: number) {
    super('The host asked for a pause.');
    this.pauseMs = pauseMs;
  }
}

/** The circuit breaker is open: the host does not answer, so it was not called. Moments are in ms since 1970 UTC. */
export class HostDownError extends Error {
  override readonly name = 'HostDownError';
  readonly since: number;
  readonly nextProbeAt: number;

  constructor(since: number, nextProbeAt: number) {
    super('The host does not answer.');
    this.since = since;
    this.nextProbeAt = nextProbeAt;
  }
}

/** The result of a call, as far as it says something about the host. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly path: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | ({ readonly kind: 'failed' } & Failure)
  /** The call was aborted, or its result says nothing about the host. */
  | { readonly kind: 'unknown' };

/** A call that asks for a slot. */
interface Call {
  readonly reads: boolean;
  /** Goes to the priority queue: the checks made for this call must not become outdated while it waits. */
  readonly hasPriority?: boolean;
  readonly signal?: AbortSignal;
}

/** A slot of the limiter: permission to make one call. */
export interface Place {
  /** True for the half-open probe: the one call that checks whether a host that was down answers again. */
  readonly isProbe: boolean;
  /** Returns the slot and records the result of the call. */
  leave(outcome: CallOutcome): void;
}

export interface LimiterParts {
  readonly host: string;
  readonly clock: Clock;
  readonly settings: HttpSettings;
  readonly shared: SharedLimits;
  /** Jitter between 0 and 1, so that several processes do not resume at the same moment after a pause. */
  readonly random: () => number;
}

/** Successful calls after which the limit is raised by one. */
const successesPerRaise = 10;

/** Maximum jitter after a pause, in milliseconds. */
const maxJitterMs = 1_000;

/**
 * Concurrency limiter and circuit breaker for one host, shared with the other processes that call it. When the host
 * throttles (429 or 503), all calls wait out the pause; afterwards the limit is halved, and successes raise it one by
 * one (additive increase, multiplicative decrease). When the host is down, calls fail at once, and single probes check
 * from time to time whether it answers again.
 */
export class ConcurrencyLimiter {
  readonly #parts: LimiterParts;
  readonly #view: HostLimitsView;
  readonly #evidence: OutageEvidence;
  /** Two FIFO queues; the priority queue is served first. */
  readonly #priorityQueue: (() => void)[] = [];
  readonly #queue: (() => void)[] = [];
  #active = 0;
  #successes = 0;
  /** The pause for which `#returnAt` was computed, and the moment when this process resumes after it, with jitter. */
  #pausedUntil = 0;
  #returnAt = 0;
  /** Resolves when the probe of this process has ended. */
  #probing: PromiseWithResolvers<void> | null = null;

  constructor(parts: LimiterParts) {
    this.#parts = parts;
    this.#view = new HostLimitsView(parts.host, parts.shared, parts.clock, parts.settings, () => this.#wake());
    this.#evidence = new OutageEvidence(parts.settings);
  }

  /** How many calls this process may make at a time now. */
  get limit(): number {
    return shareOf(this.#view.limits, this.#view.caller);
  }

  /**
   * Waits for a slot. Only a call that `reads` may become the probe of a host that is down.
   * Throws HostPausedError, HostDownError, or the signal's reason.
   */
  async enter(call: Call): Promise<Place> {
    try {
      return await this.#placeFor(call);
    } catch (error) {
      // This call may have been woken for a slot that it does not use: wake the next one.
      this.#wake();
      throw error;
    }
  }

  async #placeFor(call: Call): Promise<Place> {
    const { clock, settings } = this.#parts;
    let mayWaitForProbe = true;
    for (;;) {
      await this.#view.refresh();
      // Checked after every wait above, since an already aborted signal does not notify listeners added later.
      call.signal?.throwIfAborted();
      const now = clock.now();
      const pauseMs = this.#returnAfter(this.#view.limits.pausedUntil) - now;
      const { outage, refusedSince } = this.#view.limits;
      const waitedMs = refusedSince === null ? 0 : now - refusedSince;
      if (pauseMs > 0 && Math.max(pauseMs, waitedMs) > settings.maxPauseMs) throw new HostPausedError(pauseMs);
      if (pauseMs > 0) {
        await clock.wait(pauseMs, call.signal);
      } else if (outage !== null) {
        const probe = call.reads && now >= outage.nextProbeAt ? await this.#claimProbe(now) : null;
        if (probe !== null) return this.#place(probe);
        if (this.#view.limits.outage === null) continue;
        if (this.#probing === null || !mayWaitForProbe) throw new HostDownError(outage.since, this.#nextProbeAt());
        mayWaitForProbe = false;
        await this.#waitForProbe(this.#probing.promise, call.signal);
      } else if (this.#active < this.limit) {
        return this.#place(null);
      } else {
        await this.#waitForSlot(call.hasPriority === true ? this.#priorityQueue : this.#queue, call.signal);
      }
    }
  }

  #place(probe: string | null): Place {
    this.#active += 1;
    return {
      isProbe: probe !== null,
      leave: (outcome) => {
        this.#active -= 1;
        this.#record(outcome, probe);
        if (probe !== null) {
          this.#probing?.resolve();
          this.#probing = null;
        }
        this.#wake();
      },
    };
  }

  #record(outcome: CallOutcome, probe: string | null): void {
    const { clock, settings } = this.#parts;
    const now = clock.now();
    const view = this.#view;
    switch (outcome.kind) {
      case 'answered':
        this.#evidence.answered(outcome.path);
        this.#successes += 1;
        if (this.#successes >= successesPerRaise && view.limits.limit < settings.maxConcurrentCalls) {
          this.#successes = 0;
          view.learn(raised(settings));
        }
        if (view.limits.refusals > 0) view.learn(answered);
        if (view.limits.outage === null) return;
        view.learn(answered);
        break;
      case 'throttled':
        this.#successes = 0;
        view.learn(throttled(now, outcome.retryAfterMs, settings));
        break;
      case 'failed': {
        const since = this.#evidence.failed(outcome, now);
        if (probe !== null) view.learn(probeFailed(probe, now, settings));
        else if (since !== null) view.learn(outageOpened(since, now, settings));
        else return;
        break;
      }
      case 'unknown':
        if (probe === null) return;
        view.learn(probeAbandoned(probe, now));
    }
    void view.tell();
  }

  /** Claims the probe for this process (compare-and-swap on the shared limits); null when another process has it. */
  async #claimProbe(now: number): Promise<string | null> {
    const probe = randomUUID();
    const probing = Promise.withResolvers<void>();
    this.#probing = probing;
    this.#view.learn(probeBegun(probe, now, this.#parts.settings));
    await this.#view.tell();
    if (this.#view.limits.outage?.probe === probe) return probe;
    probing.resolve();
    this.#probing = null;
    return null;
  }

  #nextProbeAt(): number {
    return this.#view.limits.outage?.nextProbeAt ?? this.#parts.clock.now();
  }

  /** Waits for the probe of this process, which is usually quick, but at most for `maxProbeWaitMs`. */
  async #waitForProbe(probe: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const { clock, settings } = this.#parts;
    const ended = new AbortController();
    const waited = clock.wait(settings.maxProbeWaitMs, AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]));
    await Promise.race([probe, waited.catch(() => undefined)]);
    ended.abort();
  }

  /** When this process resumes after a pause: the end of the pause plus random jitter. */
  #returnAfter(pausedUntil: number): number {
    if (pausedUntil !== this.#pausedUntil) {
      const pauseMs = Math.max(0, pausedUntil - this.#parts.clock.now());
      this.#pausedUntil = pausedUntil;
      this.#returnAt = pausedUntil + this.#parts.random() * Math.min(maxJitterMs, pauseMs / 4);
    }
    return this.#returnAt;
  }

  /** Wakes as many waiting calls as there are free slots; all of them during an outage, so that they fail at once. */
  #wake(): void {
    if (this.#view.limits.outage !== null) {
      for (const wake of [...this.#priorityQueue.splice(0), ...this.#queue.splice(0)]) wake();
    }
    for (let room = this.limit - this.#active; room > 0; room -= 1)
      (this.#priorityQueue.shift() ?? this.#queue.shift())?.();
  }

  #waitForSlot(queue: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        queue.splice(queue.indexOf(wake), 1);
        reject(signal?.reason);
      };
      queue.push(wake);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}

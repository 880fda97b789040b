import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { SharedLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';
import {
  answered,
  probeAbandoned,
  probeBegun,
  probeFailed,
  raised,
  shareOf,
  throttled,
  wentDown,
} from './limit-changes.ts';
import { HostView } from './limit-view.ts';
import { type Failure, OutageEvidence } from './outage-evidence.ts';

/** The host asked for a longer pause than a call may wait, or for one after the other. */
export class HostPausedError extends Error {
  override readonly name = 'HostPausedError';
  readonly pauseMs: number;

  constructor(pauseMs: number) {
    super('The host asked for a pause.');
    this.pauseMs = pauseMs;
  }
}

/** The host does not answer, so it was not called. Moments are in milliseconds since 1970 UTC. */
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

/** How a call went, as far as it shows how the host is. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly path: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | ({ readonly kind: 'failed' } & Failure)
  /** It was broken off, or shows nothing. */
  | { readonly kind: 'unknown' };

/** A call that asks for a place. */
interface Call {
  readonly reads: boolean;
  /** Takes its place before others that wait: what was checked for this call must not grow old in a queue. */
  readonly goesFirst?: boolean;
  readonly signal?: AbortSignal;
}

/** A call's right to be made. */
export interface Place {
  /** True for the one call that finds out whether a host that was down answers again. */
  readonly isProbe: boolean;
  /** Gives the place back, and tells how the call went. */
  leave(outcome: CallOutcome): void;
}

export interface GateParts {
  readonly host: string;
  readonly clock: Clock;
  readonly settings: HttpSettings;
  readonly shared: SharedLimits;
  /** Between 0 and 1; spreads the return of several processes after a pause. */
  readonly random: () => number;
}

/** Successful calls after which one more call at a time is tried again. */
const callsPerRaise = 10;

/** The longest that a process holds back after a pause, in milliseconds, so that not all return in the same moment. */
const longestSpreadMs = 1_000;

/**
 * Bounds the calls to one host, together with the other processes that call it. When the host says "slow down", all
 * calls to it wait, and afterwards half as many run at a time; successes raise the number again, one by one. When it
 * does not answer, calls end at once, and now and then a single one finds out whether it answers again.
 */
export class ConcurrencyLimiter {
  readonly #parts: GateParts;
  readonly #view: HostView;
  readonly #evidence: OutageEvidence;
  /** Two queues, each first in, first out; the first one is served before the other. */
  readonly #first: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #successes = 0;
  /** The pause that this process's own return was drawn for, and that moment. */
  #pausedUntil = 0;
  #returnAt = 0;
  /** Resolves when this process's probe has ended. */
  #probing: PromiseWithResolvers<void> | null = null;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#view = new HostView(parts.host, parts.shared, parts.clock, parts.settings, () => this.#wake());
    this.#evidence = new OutageEvidence(parts.settings);
  }

  /** How many calls this process may make at a time now. */
  get limit(): number {
    return shareOf(this.#view.limits, this.#view.caller);
  }

  /**
   * Waits for a place. A call that only `reads` may be the one that finds out whether a host answers again.
   * Throws HostPausedError, HostDownError, or the signal's reason.
   */
  async enter(call: Call): Promise<Place> {
    try {
      return await this.#placeFor(call);
    } catch (error) {
      // It may have been woken for a place that it does not take now: the next one must hear of it.
      this.#wake();
      throw error;
    }
  }

  async #placeFor(call: Call): Promise<Place> {
    const { clock, settings } = this.#parts;
    let mayAwaitProbe = true;
    for (;;) {
      await this.#view.refresh();
      // Asked after every wait above, since a signal that has aborted already tells nobody who listens from now on.
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
        if (this.#probing === null || !mayAwaitProbe) throw new HostDownError(outage.since, this.#nextProbeAt());
        mayAwaitProbe = false;
        await this.#probeEnds(this.#probing.promise, call.signal);
      } else if (this.#active < this.limit) {
        return this.#place(null);
      } else {
        await this.#turn(call.goesFirst === true ? this.#first : this.#waiting, call.signal);
      }
    }
  }

  #place(probe: string | null): Place {
    this.#active += 1;
    return {
      isProbe: probe !== null,
      leave: (outcome) => {
        this.#active -= 1;
        this.#learn(outcome, probe);
        if (probe !== null) {
          this.#probing?.resolve();
          this.#probing = null;
        }
        this.#wake();
      },
    };
  }

  #learn(outcome: CallOutcome, probe: string | null): void {
    const { clock, settings } = this.#parts;
    const now = clock.now();
    const view = this.#view;
    switch (outcome.kind) {
      case 'answered':
        this.#evidence.answered(outcome.path);
        this.#successes += 1;
        if (this.#successes >= callsPerRaise && view.limits.limit < settings.maxConcurrentCalls) {
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
        else if (since !== null) view.learn(wentDown(since, now, settings));
        else return;
        break;
      }
      case 'unknown':
        if (probe === null) return;
        view.learn(probeAbandoned(probe, now));
    }
    void view.tell();
  }

  /** Asks, for everybody, to be the one that finds out; null when somebody else is. */
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

  /** Waits for this process's own probe, which mostly is quick, but not for as long as a silent host takes. */
  async #probeEnds(probe: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const { clock, settings } = this.#parts;
    const ended = new AbortController();
    const waited = clock.wait(settings.maxProbeWaitMs, AbortSignal.any([ended.signal, ...(signal ? [signal] : [])]));
    await Promise.race([probe, waited.catch(() => undefined)]);
    ended.abort();
  }

  /** When this process returns after a pause: a little later than it ends, and never the same little for all. */
  #returnAfter(pausedUntil: number): number {
    if (pausedUntil !== this.#pausedUntil) {
      const pauseMs = Math.max(0, pausedUntil - this.#parts.clock.now());
      this.#pausedUntil = pausedUntil;
      this.#returnAt = pausedUntil + this.#parts.random() * Math.min(longestSpreadMs, pauseMs / 4);
    }
    return this.#returnAt;
  }

  /** Lets as many of the waiting look again as there is room for. */
  #wake(): void {
    if (this.#view.limits.outage !== null) {
      for (const wake of [...this.#first.splice(0), ...this.#waiting.splice(0)]) wake();
    }
    for (let room = this.limit - this.#active; room > 0; room -= 1) (this.#first.shift() ?? this.#waiting.shift())?.();
  }

  #turn(queue: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
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

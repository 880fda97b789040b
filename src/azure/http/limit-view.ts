import type { Clock } from '../../domain/clock.ts';
import type { HostLimits, SharedLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';
import { seen, unknownHost } from './limit-changes.ts';

/** What is known may be so old before a call waits for something newer, in milliseconds. */
const oldMs = 1_000;
/** And so old before something newer is asked for, without anybody waiting. */
const ageingMs = 500;
/** A place that could not be reached is left alone for so long, in milliseconds, unless there is news to tell. */
const unreachableMs = 10_000;
/** So many changes are kept for later while nobody can be told. */
const mostUnsent = 50;

type Change = (limits: HostLimits) => HostLimits;

/**
 * What this process knows of one host. Changes hold here at once, and for everybody as soon as they are told; what
 * others learn arrives within a second while calls are made. When nothing can be shared, the process goes on with what
 * it knows itself.
 */
export class HostView {
  readonly #host: string;
  readonly #shared: SharedLimits;
  readonly #clock: Clock;
  readonly #settings: HttpSettings;
  readonly #onNews: () => void;
  #limits: HostLimits;
  #unsent: Change[] = [];
  #exchanging: Promise<void> | null = null;
  /** The moment that what is known is of. */
  #knownAt = Number.NEGATIVE_INFINITY;

  /** `onNews` is called when something may have changed that was not told by this process. */
  constructor(host: string, shared: SharedLimits, clock: Clock, settings: HttpSettings, onNews: () => void) {
    this.#host = host;
    this.#shared = shared;
    this.#clock = clock;
    this.#settings = settings;
    this.#onNews = onNews;
    this.#limits = unknownHost(settings);
  }

  get limits(): HostLimits {
    return this.#limits;
  }

  get caller(): string {
    return this.#shared.caller;
  }

  /** Makes sure that what is known is not old. Waits for others' news at most once a second. */
  async refresh(): Promise<void> {
    const age = this.#clock.now() - this.#knownAt;
    if (age >= oldMs) await this.tell();
    else if (age >= ageingMs) void this.tell();
  }

  /** Learns something that others get to know with the next exchange. */
  learn(change: Change): void {
    this.#limits = change(this.#limits);
    this.#unsent = [...this.#unsent, change].slice(-mostUnsent);
  }

  /** Tells others now what was learned, and hears what they know. Never rejects. */
  tell(): Promise<void> {
    this.#exchanging ??= this.#exchangeAll();
    return this.#exchanging;
  }

  async #exchangeAll(): Promise<void> {
    let heard = await this.#exchange();
    while (heard && this.#unsent.length > 0) heard = await this.#exchange();
    this.#exchanging = null;
  }

  async #exchange(): Promise<boolean> {
    const told = this.#unsent;
    this.#unsent = [];
    const now = this.#clock.now();
    const changes = [seen(this.#shared.caller, now), ...told];
    try {
      const known = await this.#shared.update(this.#host, (before) =>
        changes.reduce((limits, change) => change(limits), before ?? unknownHost(this.#settings)),
      );
      // What was learned during the exchange is not in it.
      this.#limits = this.#unsent.reduce((limits, change) => change(limits), known);
      this.#knownAt = now;
      this.#onNews();
      return true;
    } catch {
      // Whoever shares says why in the log; the changes hold here, and are told when that works again.
      this.#unsent = [...told, ...this.#unsent].slice(-mostUnsent);
      this.#knownAt = now + unreachableMs;
      return false;
    }
  }
}

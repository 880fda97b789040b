import type { Clock } from '../../domain/clock.ts';
import type { HostLimits, SharedLimits } from '../../domain/host-limits.ts';
import type { HttpSettings } from './http-settings.ts';
import { seen, unknownHost } from './limit-changes.ts';

/** Maximum age of the local copy, in milliseconds. A call waits for a refresh when the copy is older. */
const maxAgeMs = 1_000;
/** Age at which the copy is refreshed in the background, in milliseconds, without a call waiting for it. */
const refreshAfterMs = 500;
/** After a failed synchronisation none is started for this long, in milliseconds, unless there is a change to share. */
const backoffAfterFailureMs = 10_000;
/** Maximum number of changes that are kept while the shared limits cannot be reached; the oldest are dropped. */
const maxPendingChanges = 50;

type Change = (limits: HostLimits) => HostLimits;

/**
 * This process's copy of the shared limits of one host. A change applies here at once, and in the other processes as
 * soon as it is synchronised; their changes arrive here within a second while calls are made. When the shared limits
 * cannot be reached, the process continues with its own copy.
 */
export class HostLimitsView {
  readonly #host: string;
  readonly #shared: SharedLimits;
  readonly #clock: Clock;
  readonly #settings: HttpSettings;
  readonly #onChange: () => void;
  #limits: HostLimits;
  #pending: Change[] = [];
  #syncing: Promise<void> | null = null;
  /** When the copy was last synchronised. */
  #syncedAt = Number.NEGATIVE_INFINITY;

  /** `onChange` is called after each synchronisation, when another process may have changed the limits. */
  constructor(host: string, shared: SharedLimits, clock: Clock, settings: HttpSettings, onChange: () => void) {
    this.#host = host;
    this.#shared = shared;
    this.#clock = clock;
    this.#settings = settings;
    this.#onChange = onChange;
    this.#limits = unknownHost(settings);
  }

  get limits(): HostLimits {
    return this.#limits;
  }

  get caller(): string {
    return this.#shared.caller;
  }

  /** Synchronises a copy that is too old. Makes a call wait for that at most once a second. */
  async refresh(): Promise<void> {
    const age = this.#clock.now() - this.#syncedAt;
    if (age >= maxAgeMs) await this.tell();
    else if (age >= refreshAfterMs) void this.tell();
  }

  /** Applies a change to the copy; the other processes get it with the next synchronisation. */
  learn(change: Change): void {
    this.#limits = change(this.#limits);
    this.#pending = [...this.#pending, change].slice(-maxPendingChanges);
  }

  /** Synchronises now: writes the pending changes and reads those of the other processes. Never rejects. */
  tell(): Promise<void> {
    this.#syncing ??= this.#syncAll();
    return this.#syncing;
  }

  async #syncAll(): Promise<void> {
    let synced = await this.#syncOnce();
    while (synced && this.#pending.length > 0) synced = await this.#syncOnce();
    this.#syncing = null;
  }

  async #syncOnce(): Promise<boolean> {
    const sent = this.#pending;
    this.#pending = [];
    const now = this.#clock.now();
    const changes = [seen(this.#shared.caller, now), ...sent];
    try {
      const stored = await this.#shared.update(this.#host, (before) =>
        changes.reduce((limits, change) => change(limits), before ?? unknownHost(this.#settings)),
      );
      // Changes made during the synchronisation are not part of it yet.
      this.#limits = this.#pending.reduce((limits, change) => change(limits), stored);
      this.#syncedAt = now;
      this.#onChange();
      return true;
    } catch {
      // The implementation of SharedLimits logs the cause. The changes still apply here and are sent later.
      this.#pending = [...sent, ...this.#pending].slice(-maxPendingChanges);
      this.#syncedAt = now + backoffAfterFailureMs;
      return false;
    }
  }
}

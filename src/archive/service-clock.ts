import { type Pipeline, RestError } from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';

type PolicyFactory = Pipeline['factories'][number];

/** Smaller differences are ignored: they may come from the whole seconds of the header and the latency of an answer. */
const minMs = 60_000;
/**
 * Larger differences are ignored: with such a clock the sign-in would fail, so the header does not show storage's time.
 */
const maxMs = 90 * 60_000;

/**
 * Storage's own clock, estimated from the `Date` header of its answers (RFC 9110, 6.6.1), to correct clock skew.
 * Signatures begin and end by that clock: by a wrong clock of the process, a link would not be valid yet or would live
 * longer than stated, and a key for seven days is refused when that clock is fast.
 */
export class ServiceClock {
  readonly #clock: Clock;
  #offset = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How far storage is ahead of this process, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  now(): number {
    return this.#clock.now() + this.#offset;
  }

  /** Converts a moment of the process's clock to storage's clock. */
  at(moment: Date): Date {
    return new Date(moment.getTime() + this.#offset);
  }

  /** Converts a moment of storage's clock to the process's clock. */
  own(moment: Date): Date {
    return new Date(moment.getTime() - this.#offset);
  }

  /** A policy of the pipeline that reads the time of every answer, errors included. */
  listener(): PolicyFactory {
    return {
      create: (next) => ({
        sendRequest: async (request) => {
          const sent = this.#clock.now();
          try {
            const response = await next.sendRequest(request);
            this.#observe(response.headers.get('date'), sent);
            return response;
          } catch (error) {
            // An error response has the header, too.
            if (error instanceof RestError) this.#observe(error.response?.headers.get('date'), sent);
            throw error;
          }
        },
      }),
    };
  }

  #observe(date: string | undefined, sent: number): void {
    const storageTime = Date.parse(date ?? '');
    if (Number.isNaN(storageTime)) return;
    // The header has whole seconds, and was written at some time between the request and now.
    const offset = storageTime + 500 - (sent + this.#clock.now()) / 2;
    const size = Math.abs(offset);
    this.#offset = size < minMs || size > maxMs ? 0 : Math.round(offset);
  }
}

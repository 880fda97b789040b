import { type Pipeline, RestError } from '@azure/storage-blob';
import type { Clock } from '../domain/clock.ts';

type PolicyFactory = Pipeline['factories'][number];

/** Smaller differences matter to nobody; they may be the roundness of the header and the time that an answer takes. */
const leastMs = 60_000;
/** A clock that is further off cannot sign in at all, so such a difference is not storage's telling the time. */
const mostMs = 90 * 60_000;

/**
 * Storage's own clock, estimated from the `Date` of its answers (RFC 9110, 6.6.1). What is signed has to begin and end
 * by that clock: with the process's own, a link would not work yet or would live longer than said when it is off, and a
 * key for seven days is refused when it is fast.
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

  /** A moment of the process's clock as storage's clock will show it. */
  at(moment: Date): Date {
    return new Date(moment.getTime() + this.#offset);
  }

  /** A moment of storage's clock as the process's own will show it. */
  own(moment: Date): Date {
    return new Date(moment.getTime() - this.#offset);
  }

  /** Listens to every answer of a pipeline, refusals included. */
  listener(): PolicyFactory {
    return {
      create: (next) => ({
        sendRequest: async (request) => {
          const sent = this.#clock.now();
          try {
            const response = await next.sendRequest(request);
            this.#hear(response.headers.get('date'), sent);
            return response;
          } catch (error) {
            // A refusal tells the time as well.
            if (error instanceof RestError) this.#hear(error.response?.headers.get('date'), sent);
            throw error;
          }
        },
      }),
    };
  }

  #hear(date: string | undefined, sent: number): void {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    // The header has whole seconds, and was written somewhere between sending and now.
    const offset = told + 500 - (sent + this.#clock.now()) / 2;
    const size = Math.abs(offset);
    this.#offset = size < leastMs || size > mostMs ? 0 : Math.round(offset);
  }
}

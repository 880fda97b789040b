import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { AzureHttp } from '../azure/http/http-client.ts';
import { notSignedIn, unreadable } from '../azure/http/http-failures.ts';
import { defaultHttpSettings, type HttpSettings } from '../azure/http/http-settings.ts';
import { createInProcessLimits } from '../azure/http/in-process-limits.ts';
import { pauseOf } from '../azure/http/throttling.ts';
import type { Clearance } from '../domain/clearance.ts';
import type { Clock } from '../domain/clock.ts';
import type { SharedLimits } from '../domain/host-limits.ts';
import { addressFault } from '../domain/safe-address.ts';
import { ServiceFailure } from '../domain/service-failure.ts';
import type { GraphSettings } from './graph-settings.ts';

/** Graph asks for long pauses, which the jobs wait for, not the call. */
const httpSettings: HttpSettings = {
  ...defaultHttpSettings,
  requestTimeoutMs: 30_000,
  maxRetries: 3,
  maxPauseMs: 0,
};

/** What one call is for. `doing` follows "while" in messages. */
export interface GraphCall {
  readonly doing: string;
  readonly signal: AbortSignal;
  /** False for a query that needs no index of the directory, and is answered from the directory itself; default true. */
  readonly isAdvanced?: boolean;
}

/** A call that has an effect. */
export interface EffectfulCall extends GraphCall {
  readonly clearance: Clearance;
}

/**
 * Sends calls to Microsoft Graph. Nothing is logged, and no error keeps the service's own words, which can repeat an
 * address with a SAS for storage.
 */
export class GraphHttp {
  readonly clock: Clock;
  readonly #settings: GraphSettings;
  readonly #base: URL;
  readonly #http: AzureHttp;

  /**
   * `limits`: rate limits and outages of hosts, shared between processes; without them each process has its own.
   * Throws ServiceFailure when the address is not safe to send a token to.
   */
  constructor(settings: GraphSettings, clock: Clock, limits: SharedLimits = createInProcessLimits()) {
    const fault = addressFault(settings.endpoint, { allowLoopback: true, anyPort: true });
    if (fault !== null) {
      throw new ServiceFailure('Microsoft Graph', 'rejected', `The address of Microsoft Graph ${fault}.`);
    }
    this.#base = new URL(settings.endpoint);
    this.#settings = settings;
    this.clock = clock;
    this.#http = new AzureHttp({ settings: httpSettings, clock, limits, random: Math.random, log: null });
  }

  /** Reads, with retries after transient failures. Paths are below `/v1.0`; a whole address must be Graph's own. */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    call: GraphCall,
  ): Promise<{ readonly body: z.output<Schema>; readonly retryAfterMs: number | null }> {
    // Counted queries and casts need it (learn.microsoft.com, "Advanced query capabilities on directory objects").
    const headers = call.isAdvanced === false ? {} : { ConsistencyLevel: 'eventual' };
    const terms = await this.#terms(path, headers, call);
    const response = await this.#http.send({ ...terms, pipeline: 'repeating', method: 'GET' });
    const read = schema.safeParse(parsed(response.bodyAsText ?? ''));
    if (!read.success) throw unreadable(purposeOf(call), 'wrong shape', response.status);
    return { body: read.data, retryAfterMs: pauseOf(response, this.clock.now()) };
  }

  /** Sends a call that has an effect, with its clearance; never twice. Throws NotCleared and ClearanceExpired. */
  async post(path: string, body: object, call: EffectfulCall): Promise<PipelineResponse> {
    const terms = await this.#terms(path, { 'Content-Type': 'application/json' }, call);
    const { clearance } = call;
    return this.#http.send({
      ...terms,
      pipeline: 'exactlyAsSent',
      method: 'POST',
      body: JSON.stringify(body),
      clearance,
    });
  }

  async #terms(path: string, more: Readonly<Record<string, string>>, call: GraphCall) {
    const purpose = purposeOf(call);
    const url = path.startsWith('/') ? new URL(`/v1.0${path}`, this.#base) : URL.parse(path);
    // A token is never sent elsewhere, whatever address a next page names.
    if (url?.origin !== this.#base.origin || url.username !== '' || url.password !== '') {
      throw unreadable(purpose, 'another address');
    }
    const token = await this.#token(call);
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json', ...more };
    return { ...purpose, url, headers, secrets: [token], signal: call.signal };
  }

  async #token(call: GraphCall): Promise<string> {
    const scope = `${this.#base.origin}/.default`;
    try {
      const access = await this.#settings.credential.getToken(scope, { abortSignal: call.signal });
      if (access !== null) return access.token;
    } catch (error) {
      call.signal.throwIfAborted();
      throw notSignedIn(error, purposeOf(call));
    }
    throw notSignedIn(null, purposeOf(call));
  }
}

/** After 429 Graph has done nothing (learn.microsoft.com, "Microsoft Graph throttling guidance"). */
export function purposeOf({ doing }: GraphCall) {
  return { doing, service: 'Microsoft Graph', keepsServiceMessage: false, throttlesBeforeActing: true } as const;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

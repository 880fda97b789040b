import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  decompressResponsePolicy,
  exponentialRetryPolicy,
  type HttpClient,
  type Pipeline,
  type PipelineResponse,
  proxyPolicy,
  setClientRequestIdPolicy,
  systemErrorRetryPolicy,
  userAgentPolicy,
} from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import type { Clearance } from '../domain/clearance.ts';
import type { Clock } from '../domain/clock.ts';
import { DirectoryError } from '../domain/directory.ts';
import { addressFault, isLoopback } from '../domain/safe-address.ts';
import { failedCall, notSignedIn, refusedCall, unreadable } from './graph-failures.ts';
import type { GraphSettings } from './graph-settings.ts';

const requestTimeoutMs = 30_000;
/** How often a read is retried after a transient failure. */
const maxReadRetries = 3;

/** What one call is for. `doing` follows "while" in messages. */
export interface GraphCall {
  readonly doing: string;
  readonly signal: AbortSignal;
}

/** A call that has an effect. */
export interface EffectfulCall extends GraphCall {
  readonly clearance: Clearance;
}

/**
 * Sends calls to Microsoft Graph and turns every failure into a DirectoryError. Nothing is logged here, and no error
 * keeps a body, so that an address with a SAS for storage is not leaked.
 */
export class GraphHttp {
  readonly clock: Clock;
  readonly #settings: GraphSettings;
  readonly #base: URL;
  readonly #client: HttpClient = createDefaultHttpClient();
  readonly #retrying: Pipeline;
  readonly #once: Pipeline;

  /** Throws DirectoryError when the address is not safe to send a token to. */
  constructor(settings: GraphSettings, clock: Clock) {
    const fault = addressFault(settings.endpoint, { allowLoopback: true, anyPort: true });
    if (fault !== null) throw new DirectoryError('rejected', `The address of Microsoft Graph ${fault}.`);
    const base = new URL(settings.endpoint);
    this.#base = base;
    this.#settings = settings;
    this.clock = clock;
    this.#retrying = pipeline(base, maxReadRetries);
    this.#once = pipeline(base, 0);
  }

  /** Reads, with retries after transient failures. Paths are below `/v1.0`; a whole address must be on Graph's host. */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    call: GraphCall,
  ): Promise<{ readonly body: z.output<Schema>; readonly response: PipelineResponse }> {
    const response = await this.#send(this.#retrying, 'GET', path, undefined, call);
    const read = schema.safeParse(parsed(response.bodyAsText ?? ''));
    if (!read.success) throw unreadable(call.doing);
    return { body: read.data, response };
  }

  /** Sends a call that has an effect, with its clearance; never retried. Throws NotCleared and ClearanceExpired. */
  post(path: string, body: object, call: EffectfulCall): Promise<PipelineResponse> {
    return this.#send(this.#once, 'POST', path, JSON.stringify(body), call, call.clearance);
  }

  async #send(
    selected: Pipeline,
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    call: GraphCall,
    clearance: Clearance | null = null,
  ): Promise<PipelineResponse> {
    const url = path.startsWith('/') ? new URL(`/v1.0${path}`, this.#base) : URL.parse(path);
    // The token is sent to Graph's host only, whatever address a next page has.
    if (url?.origin !== this.#base.origin || url.username !== '' || url.password !== '') throw unreadable(call.doing);
    const token = await this.#token(call);
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders({
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        // Required for $count and casts (learn.microsoft.com, "Advanced query capabilities on directory objects").
        ...(method === 'GET' ? { ConsistencyLevel: 'eventual' } : { 'Content-Type': 'application/json' }),
      }),
      timeout: requestTimeoutMs,
      abortSignal: call.signal,
      allowInsecureConnection: url.protocol === 'http:',
      ...(body === undefined ? {} : { body }),
    });
    let response: PipelineResponse;
    // Last step before sending, so that there is no wait between the check and the call.
    await clearance?.spend();
    try {
      response = await selected.sendRequest(this.#client, request);
    } catch (error) {
      call.signal.throwIfAborted();
      throw failedCall(error, call.doing);
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw refusedCall(response, call.doing, this.clock.now());
  }

  async #token({ doing, signal }: GraphCall): Promise<string> {
    const scope = `${this.#base.origin}/.default`;
    try {
      const access = await this.#settings.credential.getToken(scope, { abortSignal: signal });
      if (access !== null) return access.token;
    } catch (error) {
      signal.throwIfAborted();
      throw notSignedIn(error, doing);
    }
    throw notSignedIn(null, doing);
  }
}

function pipeline(base: URL, maxRetries: number): Pipeline {
  const built = createEmptyPipeline();
  // A proxy elsewhere cannot reach what runs on this machine.
  if (!isLoopback(base)) built.addPolicy(proxyPolicy());
  built.addPolicy(decompressResponsePolicy());
  built.addPolicy(userAgentPolicy({ userAgentPrefix: 'studio-steward/0.1.0' }));
  built.addPolicy(setClientRequestIdPolicy());
  if (maxRetries > 0) {
    // A Retry-After of Graph can be long, so the jobs wait for it and not this pipeline.
    built.addPolicy(exponentialRetryPolicy({ maxRetries }), { phase: 'Retry' });
    built.addPolicy(systemErrorRetryPolicy({ maxRetries }), { phase: 'Retry' });
  }
  return built;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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

const answerWithinMs = 30_000;
/** How often a question is asked again after a failure in passing. */
const mostRetries = 3;

/** What one call is for. `doing` is in words that follow "while". */
export interface GraphCall {
  readonly doing: string;
  readonly signal: AbortSignal;
}

/** A call that has an effect. */
export interface EffectfulCall extends GraphCall {
  readonly clearance: Clearance;
}

/**
 * Sends calls to Microsoft Graph and turns whatever goes wrong into a DirectoryError. Nothing is logged here, and no
 * error keeps a body, so that an address which opens storage shows up nowhere.
 */
export class GraphHttp {
  readonly clock: Clock;
  readonly #settings: GraphSettings;
  readonly #base: URL;
  readonly #client: HttpClient = createDefaultHttpClient();
  readonly #asking: Pipeline;
  readonly #once: Pipeline;

  /** Throws DirectoryError when the address is not safe to send a token to. */
  constructor(settings: GraphSettings, clock: Clock) {
    const fault = addressFault(settings.endpoint, { allowLoopback: true, anyPort: true });
    if (fault !== null) throw new DirectoryError('rejected', `The address of Microsoft Graph ${fault}.`);
    const base = new URL(settings.endpoint);
    this.#base = base;
    this.#settings = settings;
    this.clock = clock;
    this.#asking = pipeline(base, mostRetries);
    this.#once = pipeline(base, 0);
  }

  /** Asks a question, again after failures in passing. Paths are below `/v1.0`; a whole address must be Graph's own. */
  async get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    call: GraphCall,
  ): Promise<{ readonly body: z.output<Schema>; readonly response: PipelineResponse }> {
    const response = await this.#send(this.#asking, 'GET', path, undefined, call);
    const read = schema.safeParse(parsed(response.bodyAsText ?? ''));
    if (!read.success) throw unreadable(call.doing);
    return { body: read.data, response };
  }

  /** Sends something that has an effect, with the clearance for it; never twice. Throws NotCleared and ClearanceExpired. */
  post(path: string, body: object, call: EffectfulCall): Promise<PipelineResponse> {
    return this.#send(this.#once, 'POST', path, JSON.stringify(body), call, call.clearance);
  }

  async #send(
    through: Pipeline,
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    call: GraphCall,
    clearance: Clearance | null = null,
  ): Promise<PipelineResponse> {
    const url = path.startsWith('/') ? new URL(`/v1.0${path}`, this.#base) : URL.parse(path);
    // A token never travels elsewhere, wherever a next page is said to be.
    if (url?.origin !== this.#base.origin || url.username !== '' || url.password !== '') throw unreadable(call.doing);
    const token = await this.#token(call);
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders({
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        // Counted queries and casts need it (learn.microsoft.com, "Advanced query capabilities on directory objects").
        ...(method === 'GET' ? { ConsistencyLevel: 'eventual' } : { 'Content-Type': 'application/json' }),
      }),
      timeout: answerWithinMs,
      abortSignal: call.signal,
      allowInsecureConnection: url.protocol === 'http:',
      ...(body === undefined ? {} : { body }),
    });
    let response: PipelineResponse;
    // Everything else is at hand by now, so that nothing is waited for between the check and the wire.
    await clearance?.spend();
    try {
      response = await through.sendRequest(this.#client, request);
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
    // A pause that Graph asks for can be long, so it is waited out by the jobs and not here.
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

import { Readable } from 'node:stream';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { type Clearance, ClearanceExpired, NotCleared } from '../../domain/clearance.ts';
import type { Clock } from '../../domain/clock.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import type { Body } from './body-stream.ts';
import {
  failedCall,
  isOutcomeUnknown,
  isRedirect,
  neverConnected,
  type Purpose,
  refusedCall,
  unreadable,
} from './http-failures.ts';
import { createPipelines, type PipelineParts, type Pipelines } from './http-pipelines.ts';
import type { HttpSettings } from './http-settings.ts';

/** The parts of every call. */
interface AnyCall extends Purpose {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Returns the body as a stream instead of a text. */
  readonly stream?: boolean;
  /** Values that are removed from the service's error message. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** A call that destroys nothing. */
interface HarmlessCall extends AnyCall {
  readonly pipeline: 'repeating' | 'once' | 'blobs';
  readonly method: Exclude<HttpMethods, 'DELETE'>;
}

/** A call with an effect: never retried by itself, and sent only with a clearance, which it uses up. */
type ClearedCall = AnyCall & { readonly clearance: Clearance } & (
    | { readonly pipeline: 'once'; readonly method: 'DELETE' }
    | { readonly pipeline: 'exactlyAsSent'; readonly method: 'POST' }
  );

/** One call. */
export type Call = HarmlessCall | ClearedCall;

/** Sends calls to Studio and turns every failure into a ServiceFailure. */
export class AzureHttp {
  readonly settings: HttpSettings;
  readonly clock: Clock;
  /** Jitter between 0 and 1, for retries. */
  readonly random: () => number;
  readonly #pipelines: Pipelines;

  constructor(parts: PipelineParts) {
    this.settings = parts.settings;
    this.clock = parts.clock;
    this.random = parts.random;
    this.#pipelines = createPipelines(parts);
  }

  /**
   * Sends a call. Throws ServiceFailure for every answer but a success; its `mayHaveActed` says whether any attempt may
   * have had an effect. Throws ClearanceExpired or NotCleared without a valid clearance, and then nothing was sent; or
   * the signal's reason.
   */
  async send(call: Call): Promise<PipelineResponse> {
    const request = createPipelineRequest({
      url: call.url.href,
      method: call.method,
      headers: createHttpHeaders(call.headers),
      timeout: this.settings.requestTimeoutMs,
      abortSignal: call.signal,
      allowInsecureConnection: call.url.protocol === 'http:',
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.stream ? { streamResponseStatusCodes: new Set([200, 206]) } : {}),
    });
    const pipeline = this.#pipelines[call.pipeline];
    const clearance = 'clearance' in call ? call.clearance : null;
    let mayHaveActed = false;
    const sendRequest = async (sent: PipelineRequest): Promise<PipelineResponse> => {
      // The call already has its slot here, so that there is no wait between the check and sending.
      await clearance?.spend();
      try {
        const response = await this.#pipelines.client.sendRequest(sent);
        const redirected = isRedirect(response.status);
        // "See other" may follow a POST that was carried out (RFC 9110, section 15.4.4).
        mayHaveActed ||= isOutcomeUnknown(response.status, call) || (redirected && call.method === 'POST');
        if (redirected) clearance?.allowAnotherUse();
        return response;
      } catch (error) {
        mayHaveActed ||= !neverConnected(error);
        throw error;
      }
    };
    let response: PipelineResponse;
    try {
      response = await pipeline.sendRequest({ sendRequest }, request);
    } catch (error) {
      if (error instanceof ClearanceExpired || error instanceof NotCleared) throw error;
      if (call.signal.aborted) throw call.signal.reason;
      throw failedCall(error, call, this.clock.now(), mayHaveActed);
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw refusedCall(response, call, this.clock.now(), call.secrets, mayHaveActed);
  }

  /** Sends a call and returns its body as an unread stream. Throws like `send`. */
  async open(call: HarmlessCall): Promise<{ response: PipelineResponse; body: Body }> {
    const response = await this.send({ ...call, stream: true });
    const stream = response.readableStreamBody;
    if (!(stream instanceof Readable)) throw unreadable(call, `status ${response.status}`, response.status);
    // A compressed body is decompressed on arrival, so its announced length is not that of the stream.
    const length =
      response.headers.has('Content-Encoding') && call.pipeline !== 'blobs' ? null : contentLength(response);
    return { response, body: { stream, length } };
  }
}

/** The announced length of a body, in bytes; null when there is none. */
export function contentLength(response: PipelineResponse): number | null {
  const value = response.headers.get('Content-Length');
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}

/** True when a web page came back instead of data: a sign-in page, or the page of a proxy. */
export function isWebPage(response: PipelineResponse): boolean {
  return /^text\/html\b/i.test(response.headers.get('Content-Type') ?? '');
}

/** True for a failure with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  return isSourceFailure(error) && error.status === status;
}

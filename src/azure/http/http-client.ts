import { Readable } from 'node:stream';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { SourceError } from '../../domain/asset-source.ts';
import { type Clearance, ClearanceExpired, NotCleared } from '../../domain/clearance.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Body } from './body-stream.ts';
import {
  failedCall,
  isRedirect,
  leavesDoubt,
  neverConnected,
  type Purpose,
  refusedCall,
  unreadable,
} from './http-failures.ts';
import { createPipelines, type PipelineParts, type Pipelines } from './http-pipelines.ts';
import type { HttpSettings } from './http-settings.ts';

/** What every call says. */
interface AnyCall extends Purpose {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Gives the body as a stream instead of a text. */
  readonly stream?: boolean;
  /** What must not show up in the service's words about a failure. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** A call that destroys nothing. */
interface HarmlessCall extends AnyCall {
  readonly pipeline: 'repeating' | 'once' | 'blobs';
  readonly method: Exclude<HttpMethods, 'DELETE'>;
}

/** A call that destroys something: never repeated by itself, and sent only with a clearance, which it uses up. */
interface DestructiveCall extends AnyCall {
  readonly pipeline: 'once';
  readonly method: 'DELETE';
  readonly clearance: Clearance;
}

/** One call. */
export type Call = HarmlessCall | DestructiveCall;

/** Sends calls to Studio and turns whatever goes wrong into a SourceError. */
export class StudioHttp {
  readonly settings: HttpSettings;
  readonly clock: Clock;
  /** Between 0 and 1; spreads repeated calls. */
  readonly random: () => number;
  readonly #pipelines: Pipelines;

  constructor(parts: PipelineParts) {
    this.settings = parts.settings;
    this.clock = parts.clock;
    this.random = parts.random;
    this.#pipelines = createPipelines(parts);
  }

  /**
   * Sends a call. Throws SourceError for every answer but a success, which says whether any attempt may have had its
   * effect; for want of a clearance ClearanceExpired or NotCleared, and then nothing was sent; or the signal's reason.
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
    const clearance = call.method === 'DELETE' ? call.clearance : null;
    let mayHaveActed = false;
    const sendRequest = async (sent: PipelineRequest): Promise<PipelineResponse> => {
      // Here the call has its place, so that nothing is waited for between the check and the wire.
      await clearance?.spend();
      try {
        const response = await this.#pipelines.client.sendRequest(sent);
        mayHaveActed ||= leavesDoubt(response.status);
        if (isRedirect(response.status)) clearance?.handBack();
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

  /** Sends a call and gives its body as a stream, before it has been read. Throws like `send`. */
  async open(call: HarmlessCall): Promise<{ response: PipelineResponse; body: Body }> {
    const response = await this.send({ ...call, stream: true });
    const stream = response.readableStreamBody;
    if (!(stream instanceof Readable)) throw unreadable(call, `status ${response.status}`, response.status);
    // A compressed body is decompressed on the way, so its announced length is not that of what arrives.
    const announced =
      response.headers.has('Content-Encoding') && call.pipeline !== 'blobs' ? null : contentLength(response);
    return { response, body: { stream, length: announced } };
  }
}

/** The announced length of a body, in bytes; null when there is none. */
export function contentLength(response: PipelineResponse): number | null {
  const value = response.headers.get('Content-Length');
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : null;
}

/** True when a web page came back where data was expected: a sign-in page, or something between us and Studio. */
export function isWebPage(response: PipelineResponse): boolean {
  return /^text\/html\b/i.test(response.headers.get('Content-Type') ?? '');
}

/** True for a failure with this HTTP status. */
export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof SourceError && error.status === status;
}

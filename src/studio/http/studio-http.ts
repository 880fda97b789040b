import { Readable } from 'node:stream';
import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { SourceError } from '../../domain/asset-source.ts';
import type { Clock } from '../../domain/clock.ts';
import { failedCall, type Purpose, refusedCall, unreadable } from './failures.ts';
import { createPipelines, type PipelineParts, type Pipelines } from './pipelines.ts';
import { isThrottled } from './retry-after.ts';
import type { HttpSettings } from './settings.ts';
import type { Body } from './steady-stream.ts';

/** One call. */
export interface Call extends Purpose {
  readonly pipeline: 'repeating' | 'once' | 'blobs';
  readonly method: HttpMethods;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Gives the body as a stream instead of a text. */
  readonly stream?: boolean;
  /** What must not show up in the service's words about a failure. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** Sends calls to Studio and turns whatever goes wrong into a SourceError. */
export class StudioHttp {
  readonly settings: HttpSettings;
  readonly clock: Clock;
  readonly #pipelines: Pipelines;

  constructor(parts: PipelineParts) {
    this.settings = parts.settings;
    this.clock = parts.clock;
    this.#pipelines = createPipelines(parts);
  }

  /**
   * Sends a call. Throws SourceError for every answer but a success, or the signal's reason.
   * `onDoubt` is told of each attempt that may have had its effect although no success came back.
   */
  async send(call: Call, onDoubt: () => void = () => {}): Promise<PipelineResponse> {
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
    let response: PipelineResponse;
    try {
      response = await pipeline.sendRequest({ sendRequest: (sent) => this.#attempt(sent, onDoubt) }, request);
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason;
      throw failedCall(error, call, this.clock.now());
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw refusedCall(response, call, this.clock.now(), call.secrets);
  }

  async #attempt(request: PipelineRequest, onDoubt: () => void): Promise<PipelineResponse> {
    try {
      const response = await this.#pipelines.client.sendRequest(request);
      if (response.status >= 500 && !isThrottled(response)) onDoubt();
      return response;
    } catch (error) {
      onDoubt();
      throw error;
    }
  }

  /** Sends a call and gives its body as a stream, before it has been read. Throws like `send`. */
  async open(call: Call): Promise<{ response: PipelineResponse; body: Body }> {
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

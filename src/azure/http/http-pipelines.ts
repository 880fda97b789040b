import {
  createDefaultHttpClient,
  createEmptyPipeline,
  decompressResponsePolicy,
  type HttpClient,
  isRestError,
  type LogPolicyOptions,
  logPolicy,
  type Pipeline,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  proxyPolicy,
  RestError,
  redirectPolicy,
  retryPolicy,
  setClientRequestIdPolicy,
  userAgentPolicy,
} from '@azure/core-rest-pipeline';
import type { Clock } from '../../domain/clock.ts';
import type { SharedLimits } from '../../domain/host-limits.ts';
import { isLoopback } from '../../domain/safe-address.ts';
import { type CallOutcome, ConcurrencyLimiter } from './concurrency-limiter.ts';
import { neverConnected } from './http-failures.ts';
import type { HttpSettings } from './http-settings.ts';
import { throttledStrategy, timedOutCode, transientFailureStrategy } from './retry-strategies.ts';
import { RetryWaits } from './retry-waits.ts';
import { isThrottled, pauseOf } from './throttling.ts';

/** What the pipelines need from outside. */
export interface PipelineParts {
  readonly settings: HttpSettings;
  readonly clock: Clock;
  /** The limits and outages of hosts, shared between processes. */
  readonly limits: SharedLimits;
  /** Jitter between 0 and 1, for retries. */
  readonly random: () => number;
  /** Receives one line per request and response, without tokens, query values and bodies; null logs nothing. */
  readonly log: ((line: string) => void) | null;
}

/** The HTTP pipelines to Studio. They share their connections and the concurrency limiters of the hosts. */
export interface Pipelines {
  readonly client: HttpClient;
  /** For calls that may be retried. */
  readonly repeating: Pipeline;
  /** For calls that must not be retried. */
  readonly once: Pipeline;
  /** For calls with an effect other than a deletion: not retried, and no redirect is followed, which could repeat it. */
  readonly exactlyAsSent: Pipeline;
  /** For blobs: retried, and not decompressed, so that every byte arrives as it is stored. */
  readonly blobs: Pipeline;
}

/** Query parameters that may be logged; every other value (such as a SAS) is shown as REDACTED. */
const loggedQueryParameters = ['includeArchived', 'includeNonLeaf', 'deleteAncestors', 'numberOfBlocks', 'blockId'];

/** Builds the pipelines. Redirects are followed on the same origin only, so that a token is sent nowhere else. */
export function createPipelines(parts: PipelineParts): Pipelines {
  const limiters = new Map<string, ConcurrencyLimiter>();
  const build = (maxRetries: number, decompress: boolean, redirects = true): Pipeline => {
    const pipeline = createEmptyPipeline();
    pipeline.addPolicy(proxyExceptLoopback());
    if (decompress) pipeline.addPolicy(decompressResponsePolicy());
    pipeline.addPolicy(userAgentPolicy({ userAgentPrefix: 'studio-steward/0.1.0' }));
    pipeline.addPolicy(setClientRequestIdPolicy());
    const waits = new RetryWaits(parts.clock);
    const strategies = [throttledStrategy(), waits.noted(transientFailureStrategy(parts.settings, parts.random))];
    pipeline.addPolicy(retryPolicy(strategies, { maxRetries }), { phase: 'Retry' });
    pipeline.addPolicy(waits.policy(), { afterPhase: 'Retry' });
    if (redirects) pipeline.addPolicy(redirectPolicy(), { afterPhase: 'Retry' });
    pipeline.addPolicy(limiterPolicy(limiters, parts), { afterPhase: 'Retry' });
    pipeline.addPolicy(timeoutPolicy(), { afterPhase: 'Retry' });
    if (parts.log) pipeline.addPolicy(logPolicy(logOptions(parts.log)), { afterPhase: 'Sign' });
    return pipeline;
  };
  return {
    client: createDefaultHttpClient(),
    repeating: build(parts.settings.maxRetries, true),
    once: build(0, true),
    exactlyAsSent: build(0, true, false),
    blobs: build(parts.settings.maxRetries, false),
  };
}

/** The proxy of the environment, except for loopback: a proxy elsewhere cannot reach what runs on this machine. */
function proxyExceptLoopback(): PipelinePolicy {
  const proxy = proxyPolicy();
  return {
    name: proxy.name,
    sendRequest: (request, next) =>
      isLoopback(new URL(request.url)) ? next(request) : proxy.sendRequest(request, next),
  };
}

/** Waits for a slot of the host's concurrency limiter before each call, and reports the result to the limiter. */
function limiterPolicy(limiters: Map<string, ConcurrencyLimiter>, parts: PipelineParts): PipelinePolicy {
  const { clock, settings, limits, random } = parts;
  return {
    name: 'limiterPolicy',
    async sendRequest(request, next) {
      const { host } = new URL(request.url);
      const limiter = limiters.get(host) ?? new ConcurrencyLimiter({ host, clock, settings, shared: limits, random });
      limiters.set(host, limiter);
      const signal = request.abortSignal instanceof AbortSignal ? { signal: request.abortSignal } : {};
      const slot = await limiter.enter({
        reads: request.method === 'GET' || request.method === 'HEAD',
        // A deletion was just checked; its clearance would expire in the queue behind other calls.
        hasPriority: request.method === 'DELETE',
        ...signal,
      });
      const { timeout } = request;
      if (slot.isProbe) request.timeout = Math.min(timeout || settings.probeTimeoutMs, settings.probeTimeoutMs);
      let outcome: CallOutcome = { kind: 'unknown' };
      try {
        const response = await next(request);
        outcome = outcomeOf(request, response, clock.now());
        return response;
      } catch (error) {
        outcome = outcomeOfError(request, error);
        throw error;
      } finally {
        request.timeout = timeout;
        slot.leave(outcome);
      }
    },
  };
}

function outcomeOf(request: PipelineRequest, response: PipelineResponse, now: number): CallOutcome {
  if (isThrottled(response)) return { kind: 'throttled', retryAfterMs: pauseOf(response, now) };
  const path = pathOf(request);
  return response.status >= 500 ? { kind: 'failed', path, isHostUnreachable: false } : { kind: 'answered', path };
}

function outcomeOfError(request: PipelineRequest, error: unknown): CallOutcome {
  const path = pathOf(request);
  if (!isRestError(error)) return { kind: 'unknown' };
  // A truncated answer still shows that the host answers.
  if (error.code === 'PARSE_ERROR') return { kind: 'answered', path };
  return { kind: 'failed', path, isHostUnreachable: neverConnected(error) };
}

function pathOf({ method, url }: PipelineRequest): string {
  return `${method} ${new URL(url).pathname}`;
}

/** The client reports its own time-out like an abort by the caller; here it becomes a failure that can be retried. */
function timeoutPolicy(): PipelinePolicy {
  return {
    name: 'timeoutPolicy',
    async sendRequest(request, next) {
      try {
        return await next(request);
      } catch (error) {
        const aborted = error instanceof Error && error.name === 'AbortError';
        if (!aborted || request.abortSignal?.aborted) throw error;
        throw new RestError('No answer in time.', { code: timedOutCode, request });
      }
    },
  };
}

function logOptions(log: (line: string) => void): LogPolicyOptions {
  const write = (...parts: unknown[]): void => log(parts.map(String).join(' '));
  const logger: NonNullable<LogPolicyOptions['logger']> = Object.assign(write, {
    enabled: true,
    namespace: 'studio',
    log: write,
    destroy: () => true,
    extend: () => logger,
  });
  return { logger, additionalAllowedQueryParameters: loggedQueryParameters };
}

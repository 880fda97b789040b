import { defaultRetryPolicy, type Pipeline, type PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Middleware } from 'botbuilder';

/** The longest that one call to Teams' connector may take, in milliseconds. */
const longestCallMs = 10_000;

/**
 * Sets a timeout for each turn's calls to Teams' connector, and retries only reads. botbuilder's client retries every
 * call, for as long as the service's Retry-After says: a message whose answer was lost would be posted several times,
 * and a delivery would block its worker meanwhile. The callers retry posts themselves.
 */
export function limitConnectorCalls(clientKey: symbol): Middleware {
  return {
    onTurn: async (context, next) => {
      const client: unknown = context.turnState.get(clientKey);
      // The pipeline is a private part of botbuilder's client, which offers no setting for it.
      const inner: unknown = typeof client === 'object' && client !== null ? Reflect.get(client, 'client') : null;
      if (hasPipeline(inner)) {
        inner.pipeline.removePolicy({ phase: 'Retry' });
        inner.pipeline.addPolicy(readRetryPolicy(), { phase: 'Retry' });
      }
      await next();
    },
  };
}

function readRetryPolicy(): PipelinePolicy {
  const retrying = defaultRetryPolicy({ maxRetries: 2 });
  return {
    name: 'readRetryPolicy',
    sendRequest: (request, next) => {
      request.timeout = longestCallMs;
      return request.method === 'GET' ? retrying.sendRequest(request, next) : next(request);
    },
  };
}

function hasPipeline(client: unknown): client is { readonly pipeline: Pipeline } {
  return typeof client === 'object' && client !== null && 'pipeline' in client;
}

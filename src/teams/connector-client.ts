import { defaultRetryPolicy, type Pipeline, type PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Middleware } from 'botbuilder';

/** The longest that one call to Teams' connector may take, in milliseconds. */
const longestCallMs = 10_000;

/**
 * Has each turn's calls to Teams' connector end in time, and repeats by itself only those that read. botbuilder's client
 * repeats every call, for as long as the service asks it to wait: a message whose answer was lost would be posted
 * several times, and a delivery would hold its place meanwhile. What posts is tried again by whoever owes it.
 */
export function callsInTime(clientKey: symbol): Middleware {
  return {
    onTurn: async (context, next) => {
      const client: unknown = context.turnState.get(clientKey);
      // The pipeline is a private part of botbuilder's client, which offers no setting for it.
      const inner: unknown = typeof client === 'object' && client !== null ? Reflect.get(client, 'client') : null;
      if (hasPipeline(inner)) {
        inner.pipeline.removePolicy({ phase: 'Retry' });
        inner.pipeline.addPolicy(readsAgain(), { phase: 'Retry' });
      }
      await next();
    },
  };
}

function readsAgain(): PipelinePolicy {
  const repeating = defaultRetryPolicy({ maxRetries: 2 });
  return {
    name: 'readsAgain',
    sendRequest: (request, next) => {
      request.timeout = longestCallMs;
      return request.method === 'GET' ? repeating.sendRequest(request, next) : next(request);
    },
  };
}

function hasPipeline(client: unknown): client is { readonly pipeline: Pipeline } {
  return typeof client === 'object' && client !== null && 'pipeline' in client;
}

import { type Pipeline, RestError } from '@azure/storage-blob';

type PolicyFactory = Pipeline['factories'][number];

/**
 * Time-out of a call (for reading: until the first bytes arrive), since the client library itself waits without limit.
 * Such a call fails like a broken connection and is not retried by the library.
 */
export function callTimeout(timeoutMs: number): PolicyFactory {
  return {
    create: (next) => ({
      async sendRequest(request) {
        request.timeout = timeoutMs;
        try {
          return await next.sendRequest(request);
        } catch (error) {
          const aborted = error instanceof Error && error.name === 'AbortError';
          if (!aborted || request.abortSignal?.aborted) throw error;
          throw new RestError('No answer in time.', { code: 'ETIMEDOUT' });
        }
      },
    }),
  };
}

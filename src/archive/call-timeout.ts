import { type Pipeline, RestError } from '@azure/storage-blob';

type PolicyFactory = Pipeline['factories'][number];

/**
 * Ends a call that nobody answers after so many milliseconds (for reading: until the bytes begin), since the client
 * library itself waits for ever. Such a call fails like a broken connection and is not repeated by the library.
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

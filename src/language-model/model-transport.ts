import { z } from 'zod';

/** Why a language model gave no answer. */
export type ModelFailure =
  | { readonly reason: 'timeout' | 'unreachable' | 'redirect' | 'oversized' | 'malformed' | 'no-credential' }
  | { readonly reason: 'refused'; readonly status: number };

/** The part of `fetch` that the OpenAI client uses. */
export type BoundedFetch = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly body: string },
) => Promise<Response>;

/** Maximum size of an answer; an intent with twenty long names needs far less. */
const maxAnswerBytes = 32_768;

/** The only part of an answer that is read. Tool calls and everything else are ignored. */
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** Request headers that are sent; those that describe this machine or its software are removed. */
const sentHeaders = ['content-type', 'authorization', 'api-key'];

/**
 * A fetch for one call of the OpenAI client: no redirects, a maximum answer size, and a stop when `signal` aborts. It
 * always resolves to a well-formed completion, an empty one after a failure, because the client's caller prints errors
 * with their whole content; `failed` gets the reason instead.
 */
export function boundedFetch(signal: AbortSignal, failed: (failure: ModelFailure) => void): BoundedFetch {
  return async (url, init) => {
    const given = new Headers(init.headers);
    const headers = new Headers();
    for (const name of sentHeaders) {
      const value = given.get(name);
      // Without a key the client sends an empty bearer token.
      if (value !== null && value !== 'Bearer') headers.set(name, value);
    }
    try {
      const reply = await fetch(url, { method: 'POST', headers, body: init.body, redirect: 'manual', signal });
      const content = await read(reply);
      if (typeof content === 'string') return completionOf(content);
      failed(content);
    } catch {
      failed({ reason: signal.aborted ? 'timeout' : 'unreachable' });
    }
    return completionOf('');
  };
}

async function read(reply: Response): Promise<string | ModelFailure> {
  if (reply.status !== 200) {
    await reply.body?.cancel();
    return reply.status >= 300 && reply.status < 400
      ? { reason: 'redirect' }
      : { reason: 'refused', status: reply.status };
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.byteLength;
    // Returning from the loop cancels the rest of the body.
    if (bytes > maxAnswerBytes) return { reason: 'oversized' };
    chunks.push(chunk);
  }
  try {
    const [choice] = completion.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).choices;
    return choice?.message.content ?? { reason: 'malformed' };
  } catch {
    return { reason: 'malformed' };
  }
}

function completionOf(content: string): Response {
  return Response.json({ choices: [{ index: 0, message: { role: 'assistant', content } }] });
}

import { randomUUID } from 'node:crypto';
import type { Reply } from './reply.ts';

/**
 * The bodies in which Studio and its neighbours say no: `studio` is the Studio API's, `management` that of
 * web services and scoring, `flat` and `arm` Resource Manager's (specified and seen), `text` a bare line.
 */
export const refusalShapes = ['studio', 'management', 'flat', 'arm', 'text'] as const;
export type RefusalShape = (typeof refusalShapes)[number];

/** A call that gets a failure status. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly shape: RefusalShape | null;

  constructor(status: number, message: string, details: { code?: string; shape?: RefusalShape } = {}) {
    super(message);
    this.status = status;
    this.code = details.code ?? codes[status] ?? 'ServiceError';
    this.shape = details.shape ?? null;
  }
}

/** `ServiceError` is proven for 500; the others are the management surface's words, of which Studio's are unknown. */
const codes: Readonly<Record<number, string>> = {
  400: 'BadArgument',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
};

/** The answer as it goes over the wire; `usual` is the shape of the surface that was called. */
export function refusalReply(refusal: Refusal, usual: RefusalShape, now: number): Reply {
  const shape = refusal.shape ?? usual;
  if (shape === 'text') {
    const line =
      refusal.message === '' ? `Request ID: ${randomUUID()} ${new Date(now).toISOString()}` : refusal.message;
    return { status: refusal.status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: line };
  }
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { status: refusal.status, headers, body: JSON.stringify(refusalBody(refusal, shape)) };
}

function refusalBody({ code, message }: Refusal, shape: Exclude<RefusalShape, 'text'>): unknown {
  switch (shape) {
    case 'studio':
      return { Error: { Code: code, Message: message, Target: null, Details: [], InnerError: null, DebugInfo: null } };
    case 'management':
      return { error: { code, message, details: [{ code, message }] } };
    case 'arm':
      return { error: { code, message } };
    case 'flat':
      return { code, message };
  }
}

/** There is nothing under this id. */
export function notFound(what: string): Refusal {
  return new Refusal(404, `The ${what} was not found.`);
}

/** What the service says when a graph refers to something that is not there, and when it fails for no stated reason. */
export function internalError(): Refusal {
  return new Refusal(500, 'InternalServerError');
}

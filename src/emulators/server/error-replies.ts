import { randomUUID } from 'node:crypto';
import type { Reply } from './reply.ts';

/**
 * Formats of error bodies: `studio` is the Studio API's, `management` that of web services and scoring, `flat` and
 * `arm` are Resource Manager's (the specified one and the observed one), `text` is a bare line.
 */
export const refusalShapes = ['studio', 'management', 'flat', 'arm', 'text'] as const;
export type RefusalShape = (typeof refusalShapes)[number];

/** An error response: a handler throws it, and the server sends it with this status. */
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

/** `ServiceError` is proven for 500. The others are the codes of the management host; Studio's own are unknown. */
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

/** The HTTP response for an error; `usual` is the error format of the API that was called. */
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

/** 404: nothing exists under this id. */
export function notFound(what: string): Refusal {
  return new Refusal(404, `The ${what} was not found.`);
}

/** 500: what the service answers when a graph refers to a missing asset, and for failures without a stated reason. */
export function internalError(): Refusal {
  return new Refusal(500, 'InternalServerError');
}

import type { Reply } from '../server/reply.ts';
import { jsonReply } from '../server/reply.ts';

/** An error response of Graph. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The response for an error: `{error: {code, message, innerError}}`. */
export function refusalReply({ status, code, message }: GraphRefusal): Reply {
  return jsonReply({ error: { code, message, innerError: {} } }, status);
}

import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { Refusal } from './error-replies.ts';

/** One request with its path and query parsed. The body is read on demand. */
export class Call {
  readonly method: string;
  /** The decoded, non-empty path segments from the first one in `roots` on; all segments when none is. */
  readonly segments: readonly string[];
  /** True for the Studio API (a path below `api`), false for the management host. */
  readonly studio: boolean;
  /** The values of the route's `:name` segments. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  readonly #query: ReadonlyMap<string, string>;

  constructor(request: IncomingMessage, path: RequestPath, parameters: Readonly<Record<string, string>>) {
    this.method = request.method ?? 'GET';
    this.segments = path.segments;
    this.studio = path.studio;
    this.#query = path.query;
    this.parameters = parameters;
    this.request = request;
  }

  /**
   * The value of a named path segment. Throws TypeError when the route declares no such name, which is a programming
   * error.
   */
  parameter(name: string): string {
    const value = this.parameters[name];
    if (value === undefined) throw new TypeError(`The route has no part called ${name}.`);
    return value;
  }

  get workspaceId(): string {
    return this.parameter('workspace').toLowerCase();
  }

  /** A query parameter. Names are case-insensitive. */
  query(name: string): string | undefined {
    return this.#query.get(name.toLowerCase());
  }

  flag(name: string): boolean | undefined {
    const value = this.query(name)?.toLowerCase();
    return value === undefined ? undefined : value === 'true' || value === '1';
  }

  /** The whole body. Like the service, rejects a request of more than `limit` bytes. */
  async bytes(limit = oneRequestBytes): Promise<Buffer> {
    const declared = Number(this.request.headers['content-length'] ?? 0);
    if (declared > limit) throw tooLarge();
    const body = await buffer(this.request);
    if (body.length > limit) throw tooLarge();
    return body;
  }

  /** The body as JSON of the expected shape. Throws a Refusal with status 400 when it is something else. */
  async json<Shape>(schema: z.ZodType<Shape>): Promise<Shape> {
    const text = (await this.bytes()).toString('utf8').replace(/^\uFEFF/u, '');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Refusal(400, 'The request body is not valid JSON.');
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success)
      throw new Refusal(400, `The request body is not as expected: ${validationErrorsOf(parsed.error)}`);
    return parsed.data;
  }
}

/** The validation errors of a body as one line of plain text, which every console can print. */
function validationErrorsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
}

const oneRequestBytes = 64 * 1024 * 1024;

/** Status and message are those of the real service. */
function tooLarge(): Refusal {
  return new Refusal(500, 'Maximum request length exceeded.', { shape: 'text' });
}

export interface RequestPath {
  readonly segments: readonly string[];
  readonly studio: boolean;
  readonly query: ReadonlyMap<string, string>;
  /** For the log: the path as it was received, without the query. */
  readonly plain: string;
}

/**
 * First segments of the service's own paths. Everything before them belongs to the base address that a client was
 * given.
 */
const roots = new Set(['workspaces', 'resourceuploads', 'blobuploads', 'subscriptions']);

/**
 * Parses a request target as leniently as the service: extra slashes, any prefix before `api/` and the case of names
 * are ignored.
 */
export function readPath(target: string): RequestPath {
  const [plain = '/', queryText = ''] = target.split(/\?(.*)/su);
  const all = plain
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeSegment);
  const start = all.findIndex((segment) => roots.has(segment.toLowerCase()));
  const prefix = start === -1 ? [] : all.slice(0, start);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(queryText)) query.set(name.toLowerCase(), value);
  return {
    segments: start === -1 ? all : all.slice(start),
    studio: prefix.at(-1)?.toLowerCase() === 'api',
    query,
    plain,
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

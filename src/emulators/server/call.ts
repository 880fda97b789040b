import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { Refusal } from './error-replies.ts';

/** One request, read as far as every handler needs it. */
export class Call {
  readonly method: string;
  /** The path from its first known word on, decoded, without empty segments. */
  readonly segments: readonly string[];
  /** True for the Studio API (a path below `api`), false for the management surface. */
  readonly studio: boolean;
  /** What the route's `:names` stand for. */
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

  /** A named part of the path. A route that asks for a name it does not have is a mistake of ours. */
  parameter(name: string): string {
    const value = this.parameters[name];
    if (value === undefined) throw new TypeError(`The route has no part called ${name}.`);
    return value;
  }

  get workspaceId(): string {
    return this.parameter('workspace').toLowerCase();
  }

  /** A query value; names are compared without case. */
  query(name: string): string | undefined {
    return this.#query.get(name.toLowerCase());
  }

  flag(name: string): boolean | undefined {
    const value = this.query(name)?.toLowerCase();
    return value === undefined ? undefined : value === 'true' || value === '1';
  }

  /** The whole body. The service takes no more than `limit` bytes in one piece. */
  async bytes(limit = oneRequestBytes): Promise<Buffer> {
    const declared = Number(this.request.headers['content-length'] ?? 0);
    if (declared > limit) throw tooLarge();
    const body = await buffer(this.request);
    if (body.length > limit) throw tooLarge();
    return body;
  }

  /** The body as JSON of the wanted shape; 400 when it is something else. */
  async json<Shape>(schema: z.ZodType<Shape>): Promise<Shape> {
    const text = (await this.bytes()).toString('utf8').replace(/^\uFEFF/u, '');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Refusal(400, 'The request body is not valid JSON.');
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new Refusal(400, `The request body is not as expected: ${faultsOf(parsed.error)}`);
    return parsed.data;
  }
}

/** What is wrong with a body, on one line of plain text: clients print it on consoles of every age. */
function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
}

const oneRequestBytes = 64 * 1024 * 1024;

/** A real answer of the service, status and words. */
function tooLarge(): Refusal {
  return new Refusal(500, 'Maximum request length exceeded.', { shape: 'text' });
}

export interface RequestPath {
  readonly segments: readonly string[];
  readonly studio: boolean;
  readonly query: ReadonlyMap<string, string>;
  /** For the log: path as it came, without the query. */
  readonly plain: string;
}

/** Words with which the service's own paths begin; whatever stands before them is the base address a client was given. */
const roots = new Set(['workspaces', 'resourceuploads', 'blobuploads', 'subscriptions']);

/** Reads a request target as a lenient service does: stray slashes, any prefix before `api/`, names in any case. */
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

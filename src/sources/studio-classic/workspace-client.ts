import type { z } from 'zod';
import type { ArmTransport } from '../../azure/arm/arm-transport.ts';
import { BadAnswer, badJson, retryBadAnswers } from '../../azure/http/bad-answer.ts';
import { ResumableStream } from '../../azure/http/body-stream.ts';
import { retryWithClearance } from '../../azure/http/cleared-calls.ts';
import { type AzureHttp, hasStatus, isWebPage } from '../../azure/http/http-client.ts';
import { unreadable } from '../../azure/http/http-failures.ts';
import { jsonArrayItems } from '../../azure/http/json-array.ts';
import type { AskForClearance, Clearance } from '../../domain/clearance.ts';
import { isLoopback } from '../../domain/safe-address.ts';
import { encodedText, storableValue, TooDeepError } from '../../domain/storable-text.ts';
import { ArmScope } from './arm/arm-scope.ts';
import { type StudioConnection, type Surfaces, surfacesOf } from './connections.ts';
import { redactJson } from './document-redaction.ts';

/** A call within one workspace. */
export interface WorkspaceCall {
  /** Relative to `workspaces/{id}/`; empty for the workspace itself. Its parts are already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The called API; default: the Studio API. */
  readonly surface?: keyof Surfaces;
  /** What it is for; follows "while" in messages. */
  readonly doing: string;
  readonly signal: AbortSignal;
}

/** A POST. `repeatable` only when it is idempotent, so that retries are safe. */
export interface WorkspacePost extends WorkspaceCall {
  /** A path relative to the surface instead of the workspace. */
  readonly at?: string;
  readonly body: string | Uint8Array;
  readonly repeatable: boolean;
}

/** An answer in two forms: parsed and as text. */
export interface Described<Value> {
  readonly value: Value;
  /** JSON text without secrets. */
  readonly redacted: string;
}

/** Client of Studio's API with the token of one workspace. All methods throw ServiceFailure, or the signal's reason. */
export class WorkspaceClient {
  readonly workspaceId: string;
  readonly http: AzureHttp;
  /** True when the workspace's Studio runs on this machine (an emulator); only then its files may be here as well. */
  readonly isLocal: boolean;
  /** The workspace in Azure; null when Steward has no access to Resource Manager. */
  readonly azure: ArmScope | null;
  readonly #token: string;
  readonly #surfaces: Surfaces;

  constructor(connection: StudioConnection, http: AzureHttp, resourceManager: ArmTransport | null = null) {
    this.workspaceId = connection.workspaceId;
    this.http = http;
    this.azure = resourceManager && new ArmScope(resourceManager, this);
    this.#token = connection.token;
    this.#surfaces = surfacesOf(connection);
    this.isLocal = isLoopback(this.#surfaces.studio);
  }

  /** True for the workspace's own items; ids of Microsoft's samples begin with the id of another workspace. */
  owns(id: string): boolean {
    return id.toLowerCase().startsWith(this.workspaceId.toLowerCase());
  }

  /** The address of a call without query and credentials, for manifests. */
  address(path: string, surface: keyof Surfaces = 'studio'): string {
    return this.#url(surface, `workspaces/${this.workspaceId}/${path}`).href;
  }

  /** The answer as JSON of the given shape. */
  async json<Schema extends z.ZodType>(call: WorkspaceCall, schema: Schema): Promise<z.output<Schema>> {
    return this.#read(call, (body) => checked(parsed(body), schema, call.doing));
  }

  /** The answer as JSON text without secrets; indented when a person may read it. */
  async redacted(call: WorkspaceCall, indent?: number): Promise<string> {
    return this.#read(call, (body) => this.#redact(body, indent));
  }

  /** The answer in both forms: the fields that Steward reads, and all of it as JSON text without secrets. */
  async described<Schema extends z.ZodType>(
    call: WorkspaceCall,
    schema: Schema,
    indent?: number,
  ): Promise<Described<z.output<Schema>>> {
    return this.#read(call, (body) => ({
      value: checked(parsed(body), schema, call.doing),
      redacted: this.#redact(body, indent),
    }));
  }

  /** A value from the service as indented JSON text without secrets. */
  describe(value: unknown): string {
    return redactJson(JSON.stringify(value), [this.#token], 2);
  }

  /** Maps a list's items with `keep`, which returns null for items to skip. Only for small lists. */
  list<Schema extends z.ZodType, Kept>(
    call: WorkspaceCall,
    schema: Schema,
    keep: (item: z.output<Schema>) => Kept | null,
  ): Promise<Kept[]> {
    return this.gather(
      call,
      schema,
      () => [] as Kept[],
      (kept, item) => {
        const value = keep(item);
        if (value !== null) kept.push(value);
      },
    );
  }

  /**
   * Streams a list that the service sends as one array: each item is validated and passed to `add` as it arrives, so
   * that the list is never in memory as a whole. After a truncated list it starts over with a new result of `begin`.
   */
  async gather<Schema extends z.ZodType, Into>(
    call: WorkspaceCall,
    schema: Schema,
    begin: () => Into,
    add: (into: Into, item: z.output<Schema>) => void,
  ): Promise<Into> {
    return retryBadAnswers(this.http, call, async () => {
      const { response, body } = await this.http.open(this.#reading(call));
      const { settings, clock } = this.http;
      const stream = new ResumableStream(body, {
        clock,
        settings,
        signal: call.signal,
        resume: null,
        doing: call.doing,
      });
      try {
        const into = begin();
        for await (const item of jsonArrayItems(stream)) add(into, checked(item, schema, call.doing));
        return into;
      } catch (error) {
        if (call.signal.aborted) throw call.signal.reason;
        if (error instanceof SyntaxError) throw isWebPage(response) ? badJson('<') : new BadAnswer(error.message);
        throw error === stream.errored ? new BadAnswer('the list was incomplete') : error;
      } finally {
        stream.destroy();
      }
    });
  }

  /** Deletes, with retries after transient failures and a clearance for each attempt. `gone` for "not found". */
  delete(call: WorkspaceCall, ask: AskForClearance): Promise<'deleted' | 'gone'> {
    return retryWithClearance(this.http, ask, call.signal, (clearance) => this.deleteOnce(call, clearance));
  }

  /** Deletes in one attempt. `gone` for "not found". */
  async deleteOnce(call: WorkspaceCall, clearance: Clearance): Promise<'deleted' | 'gone'> {
    try {
      await this.http.send({ ...this.#call(call), method: 'DELETE', pipeline: 'once', clearance });
      return 'deleted';
    } catch (error) {
      if (hasStatus(error, 404)) return 'gone';
      throw error;
    }
  }

  /** Posts and returns the answer as JSON of the given shape. */
  async post<Schema extends z.ZodType>(call: WorkspacePost, schema: Schema): Promise<z.output<Schema>> {
    const request = this.#call(call);
    const response = await this.http.send({
      ...request,
      method: 'POST',
      pipeline: call.repeatable ? 'repeating' : 'once',
      url: call.at === undefined ? request.url : this.#url(call.surface, call.at, call.query),
      headers: { ...request.headers, 'Content-Type': 'application/json' },
      body: call.body,
    });
    try {
      return checked(parsed(response.bodyAsText ?? ''), schema, call.doing);
    } catch (error) {
      throw error instanceof BadAnswer ? unreadable(call, error.message, response.status) : error;
    }
  }

  #read<Result>(call: WorkspaceCall, use: (body: string) => Result): Promise<Result> {
    return retryBadAnswers(this.http, call, async () =>
      use((await this.http.send(this.#reading(call))).bodyAsText ?? ''),
    );
  }

  #redact(json: string, indent?: number): string {
    try {
      return redactJson(json, [this.#token], indent);
    } catch {
      throw badJson(json);
    }
  }

  #reading(call: WorkspaceCall) {
    return { ...this.#call(call), method: 'GET', pipeline: 'repeating' } as const;
  }

  #call(call: WorkspaceCall) {
    const below = call.path === '' ? '' : `/${call.path}`;
    return {
      url: this.#url(call.surface, `workspaces/${this.workspaceId}${below}`, call.query),
      headers: {
        Accept: 'application/json',
        // Each surface reads one of these headers. (The PowerShell module sends both to both.)
        ...(call.surface === 'management'
          ? { Authorization: `Bearer ${this.#token}` }
          : { 'x-ms-metaanalytics-authorizationtoken': this.#token }),
      },
      doing: call.doing,
      holder: { workspaceId: this.workspaceId, host: this.#surfaces[call.surface ?? 'studio'].host },
      secrets: [this.#token],
      signal: call.signal,
    } as const;
  }

  #url(surface: keyof Surfaces = 'studio', path: string, query: WorkspaceCall['query'] = {}): URL {
    const url = new URL(path, this.#surfaces[surface]);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw badJson(json);
  }
}

function checked<Schema extends z.ZodType>(value: unknown, schema: Schema, doing: string): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return storablePayload(read.data, doing);
  const fields = read.error.issues.map((issue) => issue.path.join('.') || 'the answer itself');
  throw unreadable({ doing }, `wrong shape: ${fields.slice(0, 3).join(', ')}`);
}

/**
 * Encodes every text of a payload so that the database can store it: here, once, for every kind of asset. `pathPart`
 * decodes ids again for calls to the service.
 */
function storablePayload<Value>(payload: Value, doing: string): Value {
  try {
    return storableValue(payload, encodedText);
  } catch (error) {
    throw error instanceof TooDeepError ? unreadable({ doing }, error.message) : error;
  }
}

import type { z } from 'zod';
import type { ArmTransport } from '../../azure/arm/arm-transport.ts';
import { BadAnswer, badJson, rereading } from '../../azure/http/bad-answer.ts';
import { SteadyStream } from '../../azure/http/body-stream.ts';
import { clearedEachTime } from '../../azure/http/cleared-calls.ts';
import { hasStatus, isWebPage, type StudioHttp } from '../../azure/http/http-client.ts';
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
  /** Below `workspaces/{id}/`; empty for the workspace itself. Parts come encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Where it goes; the Studio API unless told otherwise. */
  readonly surface?: keyof Surfaces;
  /** What it is for, in words that follow "while". */
  readonly doing: string;
  readonly signal: AbortSignal;
}

/** What is posted. `repeatable` only when doing it twice does no harm. */
export interface WorkspacePost extends WorkspaceCall {
  /** Absolute below the surface, instead of below the workspace. */
  readonly at?: string;
  readonly body: string | Uint8Array;
  readonly repeatable: boolean;
}

/** An answer both ways. */
export interface Described<Value> {
  readonly value: Value;
  /** JSON text without secrets. */
  readonly redacted: string;
}

/** Studio's API as one workspace's token sees it. All methods throw SourceError, or the signal's reason. */
export class WorkspaceClient {
  readonly workspaceId: string;
  readonly http: StudioHttp;
  /** True when the workspace's Studio runs on this machine (an emulator); only then may its files be here as well. */
  readonly isLocal: boolean;
  /** The workspace in Azure; null when Steward has no access to Resource Manager. */
  readonly azure: ArmScope | null;
  readonly #token: string;
  readonly #surfaces: Surfaces;

  constructor(connection: StudioConnection, http: StudioHttp, resourceManager: ArmTransport | null = null) {
    this.workspaceId = connection.workspaceId;
    this.http = http;
    this.azure = resourceManager && new ArmScope(resourceManager, this);
    this.#token = connection.token;
    this.#surfaces = surfacesOf(connection);
    this.isLocal = isLoopback(this.#surfaces.studio);
  }

  /** True for what somebody made in this workspace; Microsoft's samples carry the id of their own workspace. */
  owns(id: string): boolean {
    return id.toLowerCase().startsWith(this.workspaceId.toLowerCase());
  }

  /** The address of a call, for manifests: without query and credentials. */
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

  /** The answer both ways: what Steward reads of it, and all of it as JSON text without secrets. */
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

  /** Something of the service as indented JSON text without secrets. */
  describe(value: unknown): string {
    return redactJson(JSON.stringify(value), [this.#token], 2);
  }

  /** What `keep` makes of a list's items; it returns null for items to pass over. For lists that stay small. */
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
   * Reads a list that the service sends as one array. Each item is checked and handed to `add` as it arrives, so that
   * no list is held as a whole. A list that breaks off is read again into what `begin` gives anew.
   */
  async gather<Schema extends z.ZodType, Into>(
    call: WorkspaceCall,
    schema: Schema,
    begin: () => Into,
    add: (into: Into, item: z.output<Schema>) => void,
  ): Promise<Into> {
    return rereading(this.http, call, async () => {
      const { response, body } = await this.http.open(this.#reading(call));
      const { settings, clock } = this.http;
      const stream = new SteadyStream(body, { clock, settings, signal: call.signal, resume: null, doing: call.doing });
      try {
        const into = begin();
        for await (const item of jsonArrayItems(stream)) add(into, checked(item, schema, call.doing));
        return into;
      } catch (error) {
        if (call.signal.aborted) throw call.signal.reason;
        if (error instanceof SyntaxError) throw isWebPage(response) ? badJson('<') : new BadAnswer(error.message);
        throw error === stream.errored ? new BadAnswer('the list broke off') : error;
      } finally {
        stream.destroy();
      }
    });
  }

  /** Deletes, as often as passing failures make it necessary, with a clearance for each attempt. `gone` for "not found". */
  delete(call: WorkspaceCall, ask: AskForClearance): Promise<'deleted' | 'gone'> {
    return clearedEachTime(this.http, ask, call.signal, (clearance) => this.deleteOnce(call, clearance));
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

  /** Posts and gives the answer as JSON of the given shape. */
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
    return rereading(this.http, call, async () => use((await this.http.send(this.#reading(call))).bodyAsText ?? ''));
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
        // The PowerShell module sends both headers to both surfaces; each surface reads its own.
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
 * A payload whose every text is storable: names and ids are encoded here, once, for every kind of asset, and `pathPart`
 * gives the service its own ids back.
 */
function storablePayload<Value>(payload: Value, doing: string): Value {
  try {
    return storableValue(payload, encodedText);
  } catch (error) {
    throw error instanceof TooDeepError ? unreadable({ doing }, error.message) : error;
  }
}

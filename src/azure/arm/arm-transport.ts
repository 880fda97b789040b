import type { HttpClient, HttpMethods, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { SourceError } from '../../domain/asset-source.ts';
import type { Clearance } from '../../domain/clearance.ts';
import { addressFault } from '../../domain/safe-address.ts';
import { signInFailure } from '../../domain/sign-in.ts';
import type { StudioHttp } from '../http/http-client.ts';
import { unreadable } from '../http/http-failures.ts';

/** How Steward reaches Azure Resource Manager. */
export interface ResourceManagerSettings {
  /** Base address, `https://management.azure.com` in the public cloud. Plain http is accepted on loopback only. */
  readonly endpoint: string;
  /** The identity whose rights in Azure Steward uses. */
  readonly credential: TokenCredential;
}

/** What a call is for. `doing` follows "while" in messages. */
export interface ArmCall {
  readonly doing: string;
  readonly signal: AbortSignal;
  /** For a destructive call: used up by its one DELETE request. */
  readonly clearance?: Clearance;
}

/** A request in the form that both generations of the official packages share. */
export interface ArmRequest {
  readonly url: string;
  readonly method: HttpMethods;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends the requests of the official packages through Steward's own pipeline, so that limits, pauses and retries are
 * the same for every host. The token goes to the configured address only: a next page or operation elsewhere is refused.
 */
export class ArmTransport {
  readonly #http: StudioHttp;
  readonly #base: URL;
  readonly #credential: TokenCredential;

  /** Throws SourceError when the address is not safe to send a token to. */
  constructor(settings: ResourceManagerSettings, http: StudioHttp) {
    const fault = addressFault(settings.endpoint, { allowLoopback: true, anyPort: true });
    if (fault !== null) throw new SourceError('rejected', `The address of Azure Resource Manager ${fault}.`);
    this.#base = new URL(settings.endpoint);
    this.#credential = settings.credential;
    this.#http = http;
  }

  /** Without a slash at the end. */
  get endpoint(): string {
    return this.#base.href.replace(/(?<!\/)\/+$/, '');
  }

  get clock(): StudioHttp['clock'] {
    return this.#http.clock;
  }

  /** What retries need. */
  get http(): Pick<StudioHttp, 'settings' | 'clock' | 'random'> {
    return this.#http;
  }

  /** Sends a request. Throws SourceError for every answer but a success, or the signal's reason. */
  async send(request: ArmRequest, call: ArmCall): Promise<PipelineResponse> {
    const url = URL.parse(request.url);
    if (url?.origin !== this.#base.origin || addressFault(url, { allowLoopback: true, anyPort: true }) !== null) {
      throw new SourceError('unreadable', `Azure pointed to another address while ${call.doing}, so I did not follow.`);
    }
    const { token, headers } = await this.#signed(request.headers, call);
    const purpose = { doing: call.doing, service: 'Azure' } as const;
    const options = { ...purpose, url, headers, secrets: [token], signal: call.signal };
    const response = await this.#http.send(
      request.method === 'DELETE'
        ? { ...options, pipeline: 'once', method: 'DELETE', clearance: clearanceOf(call) }
        : { ...options, pipeline: 'repeating', method: readMethod(request) },
    );
    // Checked here, since the packages would throw their own errors for it.
    if (!isJson(response.bodyAsText ?? '')) throw unreadable(purpose, 'no JSON', response.status);
    return response;
  }

  /** The HTTP client for packages of the current generation. */
  httpClient(call: ArmCall): HttpClient {
    return {
      sendRequest: async (request: PipelineRequest) => {
        const body = typeof request.body === 'string' ? { body: request.body } : {};
        const { url, method } = request;
        // The packages match the response by their own request object.
        return { ...(await this.send({ url, method, headers: request.headers.toJSON(), ...body }, call)), request };
      },
    };
  }

  async #signed(headers: ArmRequest['headers'], call: ArmCall) {
    const scopes = `${this.endpoint}/.default`;
    try {
      const access = await this.#credential.getToken(scopes, { abortSignal: call.signal });
      if (access === null) throw notSignedIn(null, call);
      return { token: access.token, headers: { ...headers, Authorization: `Bearer ${access.token}` } };
    } catch (error) {
      call.signal.throwIfAborted();
      throw error instanceof SourceError ? error : notSignedIn(error, call);
    }
  }
}

/** The error for a failed sign-in; Azure was not called. */
function notSignedIn(thrown: unknown, { doing }: ArmCall): SourceError {
  if (signInFailure(thrown) === 'not-now') {
    return new SourceError('not-signed-in', `I cannot sign in to Azure at the moment, so ${doing} has to wait.`);
  }
  const message = `Steward could not sign in to Azure while ${doing}. Ask your Studio Steward administrator.`;
  return new SourceError('unauthorized', message);
}

/** Throws when a package sends a deletion for a call that must not delete anything. */
function clearanceOf({ clearance, doing }: ArmCall): Clearance {
  if (clearance === undefined) throw new RangeError(`a deletion without a clearance while ${doing}`);
  return clearance;
}

/** Throws for every other method: Steward only reads from Azure and deletes. */
function readMethod({ method }: ArmRequest): 'GET' | 'HEAD' {
  if (method === 'GET' || method === 'HEAD') return method;
  throw new RangeError(`Steward only reads from Azure and deletes, so ${method} is not allowed`);
}

/** True for a JSON text, and for an empty body. */
function isJson(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import type { HttpClient, HttpMethods, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { Clearance } from '../../domain/clearance.ts';
import { addressFault } from '../../domain/safe-address.ts';
import { isSourceFailure, ServiceFailure } from '../../domain/service-failure.ts';
import type { AzureHttp } from '../http/http-client.ts';
import { notSignedIn, unreadable } from '../http/http-failures.ts';

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
  readonly #http: AzureHttp;
  readonly #base: URL;
  readonly #credential: TokenCredential;

  /** Throws ServiceFailure when the address is not safe to send a token to. */
  constructor(settings: ResourceManagerSettings, http: AzureHttp) {
    const fault = addressFault(settings.endpoint, { allowLoopback: true, anyPort: true });
    if (fault !== null)
      throw new ServiceFailure('Azure', 'rejected', `The address of Azure Resource Manager ${fault}.`);
    this.#base = new URL(settings.endpoint);
    this.#credential = settings.credential;
    this.#http = http;
  }

  /** Without a slash at the end. */
  get endpoint(): string {
    return this.#base.href.replace(/(?<!\/)\/+$/, '');
  }

  get clock(): AzureHttp['clock'] {
    return this.#http.clock;
  }

  /** What retries need. */
  get http(): Pick<AzureHttp, 'settings' | 'clock' | 'random'> {
    return this.#http;
  }

  /** Sends a request. Throws ServiceFailure for every answer but a success, or the signal's reason. */
  async send(request: ArmRequest, call: ArmCall): Promise<PipelineResponse> {
    const url = URL.parse(request.url);
    if (url?.origin !== this.#base.origin || addressFault(url, { allowLoopback: true, anyPort: true }) !== null) {
      throw new ServiceFailure(
        'Azure',
        'unreadable',
        `Azure pointed to another address while ${call.doing}, so I did not follow.`,
      );
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
      if (access === null) throw notSignedIn(null, { doing: call.doing, service: 'Azure' });
      return { token: access.token, headers: { ...headers, Authorization: `Bearer ${access.token}` } };
    } catch (error) {
      call.signal.throwIfAborted();
      throw isSourceFailure(error) ? error : notSignedIn(error, { doing: call.doing, service: 'Azure' });
    }
  }
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

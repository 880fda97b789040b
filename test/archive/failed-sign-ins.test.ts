import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import {
  ClientSecretCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import type { TurnContext } from 'botbuilder';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archiveError } from '../../src/archive/errors.ts';
import { createArchiveStorage } from '../../src/archive/storage.ts';
import { ArmTransport } from '../../src/azure/arm/arm-transport.ts';
import { AzureHttp } from '../../src/azure/http/http-client.ts';
import { defaultHttpSettings } from '../../src/azure/http/http-settings.ts';
import { createInProcessLimits } from '../../src/azure/http/in-process-limits.ts';
import { GraphHttp } from '../../src/directory/graph-http.ts';
import { isSourceFailure, ServiceFailure } from '../../src/domain/service-failure.ts';
import { isSignInFailure, signInFailure } from '../../src/domain/sign-in.ts';
import { createLanguageModel } from '../../src/language-model/model.ts';
import { toConnectorError } from '../../src/teams/connector.ts';
import { clearedExport } from '../harness/clearances.ts';
import { TestClock } from '../harness/clock.ts';

// Errors are produced by real credentials: they call servers on this machine that stand in for the token endpoint of a
// web app and for Microsoft Entra ID.

type Answer = readonly [status: number, body: string] | 'reset';
const oauth = (error: string, code: number) =>
  JSON.stringify({ error, error_description: `AADSTS${code}: in words`, error_codes: [code] });

const ofManagedIdentity: readonly (readonly [string, Answer, 'refused' | 'not-now'])[] = [
  ['the endpoint fails', [500, ''], 'not-now'],
  ['the endpoint fails in words', [500, '{"error":"unknown"}'], 'not-now'],
  ['the endpoint is overloaded', [503, '<html>busy</html>'], 'not-now'],
  ['too many questions', [429, '{"message":"slow down"}'], 'not-now'],
  ['the connection breaks', 'reset', 'not-now'],
  ['nonsense comes back', [200, 'nonsense'], 'not-now'],
  ['there is no such identity', [400, '{"statusCode":400,"message":"No Managed Identity found"}'], 'refused'],
  ['the request is refused', [400, '{"error":"invalid_request","error_description":"Identity not found"}'], 'refused'],
];

const ofEntra: readonly (readonly [string, Answer, 'refused' | 'not-now'])[] = [
  ['Entra fails', [500, ''], 'not-now'],
  ['Entra is overloaded', [503, oauth('temporarily_unavailable', 90033)], 'not-now'],
  ['a transient error with the status of a refusal', [400, oauth('invalid_request', 90033)], 'not-now'],
  ['too many questions', [429, '{}'], 'not-now'],
  ['the connection breaks', 'reset', 'not-now'],
  ['the secret is wrong', [401, oauth('invalid_client', 7000215)], 'refused'],
  ['there is no such application', [400, oauth('unauthorized_client', 700016)], 'refused'],
  ['nobody has consented', [400, oauth('invalid_grant', 65001)], 'refused'],
  ['there is no such resource', [400, oauth('invalid_resource', 500011)], 'refused'],
];

const scope = 'https://storage.azure.com/.default';
const certificateFile = (name: string) =>
  readFile(new URL(`../fixtures/self-signed-for-loopback/${name}`, import.meta.url), 'utf8');
const guid = (kind: string, index: number) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

let endpoint: Server;
let entra: Server;
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  endpoint = await listening(
    createServer((request, response) => {
      const client = new URL(request.url ?? '', 'http://x').searchParams.get('client_id') ?? '';
      give(ofManagedIdentity[indexOf(client)]?.[1], request, response);
    }),
  );
  const [cert, key] = [await certificateFile('certificate.pem'), await certificateFile('key.pem')];
  setDefaultCACertificates([...getCACertificates('default'), cert]);
  entra = await listening(
    createSecureServer({ cert, key }, (request, response) => {
      const base = `https://${request.headers.host}/${(request.url ?? '').split('/')[1]}`;
      if (request.url?.includes('openid-configuration')) {
        const body = {
          token_endpoint: `${base}/token`,
          authorization_endpoint: `${base}/authorize`,
          issuer: base,
          jwks_uri: base,
        };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      } else give(ofEntra[indexOf((request.url ?? '').split('/')[1] ?? '')]?.[1], request, response);
    }),
  );
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${portOf(endpoint)}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'local');
});
afterAll(() => {
  vi.unstubAllEnvs();
  endpoint.close();
  entra.close();
});

describe('a sign-in of a managed identity', () => {
  it.concurrent.each(ofManagedIdentity.map((row, index) => [...row, index] as const))(
    'is told apart when %s',
    async (_title, _answer, outcome, index) => {
      const clientId = guid('a', index);
      await expectOutcome(new ManagedIdentityCredential({ clientId }), outcome);
      // In a credential chain it is among the errors of developer tools that are not installed.
      const chain = await thrownBy(new DefaultAzureCredential({ managedIdentityClientId: clientId }));
      expect({ isSignIn: isSignInFailure(chain), outcome: signInFailure(chain) }).toEqual({ isSignIn: true, outcome });
    },
  );
});

describe('a sign-in with a secret', () => {
  it.concurrent.each(ofEntra.map((row, index) => [...row, index] as const))(
    'is told apart when %s',
    async (_title, _answer, outcome, index) => {
      const authorityHost = `https://127.0.0.1:${portOf(entra)}`;
      const options = { authorityHost, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } };
      await expectOutcome(new ClientSecretCredential(guid('b', index), guid('c', index), 'secret', options), outcome);
    },
  );
});

describe('a sign-in without anybody to ask', () => {
  it('waits for an endpoint that is away for the moment', async () => {
    const clientId = guid('a', 0);
    endpoint.close();
    await expectOutcome(new ManagedIdentityCredential({ clientId }), 'not-now');
  });

  it('is refused when there is no endpoint, and when a credential has no token to give', () => {
    const unavailable = Object.assign(new Error('Nothing is configured'), { name: 'CredentialUnavailableError' });
    expect(signInFailure(unavailable)).toBe('refused');
    expect(signInFailure(null)).toBe('refused');
    expect(signInFailure(new Error('whatever'))).toBe('refused');
    expect(signInFailure(new Error('connect ECONNREFUSED 169.254.129.1:8081'))).toBe('not-now');
    expect(signInFailure(new TypeError('fetch failed'))).toBe('not-now');
    expect(signInFailure(AbortSignal.timeout(0).reason ?? new DOMException('late', 'TimeoutError'))).toBe('not-now');
  });
});

/** Expects the same outcome in every part that needs a token. */
async function expectOutcome(credential: TokenCredential, outcome: 'refused' | 'not-now'): Promise<void> {
  const thrown = await thrownBy(credential);
  expect(isSignInFailure(thrown)).toBe(true);
  expect(signInFailure(thrown)).toBe(outcome);
  // The error is obtained once and then thrown again, since the credential itself waits between its attempts.
  const again: TokenCredential = { getToken: () => Promise.reject(thrown) };
  const refused = outcome === 'refused';
  const { signal } = new AbortController();
  const clock = new TestClock();

  const url = 'https://127.0.0.1:9/account';
  const signIn = { kind: 'entra', credential: again } as const;
  const retry = { maxTries: 1 };
  const storage = createArchiveStorage({ url, signIn, container: 'archives', allowHttp: false, clock, retry });
  const ofStorage = await storage.ready().catch((error: unknown) => error);
  expect(ofStorage).toBeInstanceOf(ServiceFailure);
  expect((ofStorage as ServiceFailure).transient).toBe(!refused);
  expect((ofStorage as ServiceFailure).reason).toBe(refused ? 'no-identity' : 'not-signed-in');
  expect((archiveError(thrown, 'making a link') as ServiceFailure).reason).toBe(
    refused ? 'no-identity' : 'not-signed-in',
  );

  const graph = new GraphHttp({ endpoint: 'https://127.0.0.1:9', credential: again }, clock);
  const ofGraph = await graph
    .post('/users', {}, { doing: 'asking', signal, clearance: await clearedExport('alex') })
    .catch((error: unknown) => error);
  expect(ofGraph).toBeInstanceOf(ServiceFailure);
  expect((ofGraph as ServiceFailure).transient).toBe(!refused);
  expect((ofGraph as ServiceFailure).mayHaveActed).toBe(false);

  const azure = await thrownByResourceManager(again);
  expect(azure.transient).toBe(!refused);
  expect(azure.reason).toBe(refused ? 'unauthorized' : 'not-signed-in');

  const settings = { kind: 'azure-openai', endpoint: 'https://127.0.0.1:9', model: 'm', key: null } as const;
  const reply = await createLanguageModel(settings, { credential: again, clock }).ask({} as TurnContext, 'hello');
  expect(reply).toEqual({ failure: { reason: refused ? 'no-credential' : 'unreachable' } });

  expect(toConnectorError(thrown).status).toBeNull();
}

async function thrownByResourceManager(credential: TokenCredential): Promise<ServiceFailure> {
  const endpoint = 'https://127.0.0.1:9';
  const clock = new TestClock();
  const parts = { settings: defaultHttpSettings, clock, limits: createInProcessLimits(), random: () => 0, log: null };
  const transport = new ArmTransport({ endpoint, credential }, new AzureHttp(parts));
  const call = { doing: 'reading', signal: new AbortController().signal };
  const thrown = await transport
    .send({ url: `${endpoint}/x`, method: 'GET', headers: {} }, call)
    .catch((error) => error);
  if (!isSourceFailure(thrown)) throw new Error('not a ServiceFailure', { cause: thrown });
  return thrown;
}

async function thrownBy(credential: TokenCredential): Promise<unknown> {
  try {
    await credential.getToken(scope);
  } catch (error) {
    return error;
  }
  throw new Error('a token was had');
}

function give(answer: Answer | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (answer === undefined || answer === 'reset') request.socket.destroy();
  else response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1]);
}

function indexOf(id: string): number {
  return Number(id.slice(-12));
}

async function listening<S extends Server>(server: S): Promise<S> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientsOf } from './clients-of-source.ts';

const project = path.resolve(import.meta.dirname, '../..');

/** Packages and parts of Node that make no network calls. Every new dependency must be listed here or below. */
const silent =
  /^(?:node:(?!https?$|http2$|net$|tls$|dgram$|dns)[a-z/_]+|adaptivecards-templating\/.*|canonicalize|compress-commons|content-disposition|csv-stringify\/sync|eld\/extrasmall|entities|fastest-levenshtein|htmlparser2|kysely(?:\/migration)?|markdown-it|minisearch|p-map|pino|restify|rrule-temporal|stemmer|temporal-polyfill|unhomoglyph|zod)$/u;

/** Exports of packages with network access that themselves make no calls and create no client. */
const harmless: Readonly<Record<string, RegExp>> = {
  'node:net': /^isIP$/u,
  '@azure/core-rest-pipeline':
    /^(?:RestError|isRestError|bearerTokenAuthenticationPolicyName|createEmptyPipeline|createHttpHeaders|createPipelineRequest|[a-zA-Z]+Policy)$/u,
  '@azure/storage-blob':
    /^(?:BlobSASPermissions|ContainerSASPermissions|RestError|SASProtocol|StorageSharedKeyCredential|generateBlobSASQueryParameters|newPipeline)$/u,
  // Turn contexts make calls only through the adapter's client.
  botbuilder: /^(?:ActivityTypes|CardFactory|INVOKE_RESPONSE_KEY|MessageFactory|TeamsInfo|TurnContext)$/u,
  'botframework-connector': /^(?:AuthenticationConstants|ClaimsIdentity|ConnectorFactory|[A-Za-z]*AppCredentials)$/u,
  '@microsoft/teams-ai': /^(?:ActionPlanner|Application|GPTTokenizer|PromptManager)$/u,
  // Runs its statements in the transactions of this project.
  'pg-boss': /^fromKysely$/u,
  jose: /^(?:customFetch|decodeJwt|errors|jwtVerify)$/u,
  // Runs inside this process.
  '@electric-sql/pglite': /./u,
};

/** Where to find the code that limits the duration of a client's calls. */
interface Bound {
  readonly file: string;
  readonly words: string;
}

const throughAzureHttp: Bound = {
  file: 'src/azure/http/http-client.ts',
  words: 'timeout: this.settings.requestTimeoutMs',
};
const throughTransport: Bound = { file: 'src/azure/arm/arm-clients.ts', words: 'transport.httpClient(call)' };
const database: Bound = { file: 'src/database/bounds.ts', words: 'query_timeout: bounds.answerMs' };
const queue: Bound = { file: 'src/database/connection.ts', words: '...queuePool(bounds)' };
const keys: Bound = { file: 'src/teams/authentication.ts', words: 'signal: AbortSignal.timeout(callLimitMs)' };
const model: Bound = { file: 'src/language-model/model.ts', words: 'clock.wait(deadlineMs' };

/** All clients that call other machines. A new one must be listed with the code that sets its time-out. */
const clients: Readonly<Record<string, Bound>> = {
  'src/archive/account.ts: BlobServiceClient': {
    file: 'src/archive/account.ts',
    words: 'callTimeout(account.callTimeoutMs ?? defaultCallTimeoutMs)',
  },
  'src/database/connection.ts: pg': database,
  'src/database/connection.ts: pg-boss': queue,
  'src/database/connection.ts: PgBoss': queue,
  'src/mail/smtp-mailer.ts: createTransport': {
    file: 'src/mail/smtp-mailer.ts',
    words: 'AbortSignal.timeout(deliveryMs)',
  },
  'src/service-access.ts: DefaultAzureCredential': {
    file: 'src/service-access.ts',
    words: 'signInWithin(() => credential.getToken',
  },
  'src/azure/arm/arm-clients.ts: AzureMLCommitmentPlansManagementClient': {
    file: 'src/azure/arm/arm-clients.ts',
    words: 'await transport.send(',
  },
  'src/azure/arm/arm-clients.ts: AzureMLWebServicesManagementClient': throughTransport,
  'src/azure/arm/arm-clients.ts: MachineLearningWorkspacesManagementClient': throughTransport,
  'src/azure/http/http-pipelines.ts: createDefaultHttpClient': throughAzureHttp,
  'src/teams/adapter.ts: TeamsAdapter': {
    file: 'src/teams/connector-client.ts',
    words: 'request.timeout = longestCallMs',
  },
  'src/teams/authentication.ts: createRemoteJWKSet': {
    file: 'src/teams/authentication.ts',
    words: 'timeoutDuration: callLimitMs',
  },
  'src/teams/authentication.ts: fetch': keys,
  'src/teams/bot-credentials.ts: ConfigurationServiceClientCredentialFactory': {
    file: 'src/teams/bot-credentials.ts',
    words: 'signInWithin(() => getToken(forceRefresh)',
  },
  'src/language-model/model.ts: OpenAIModel': model,
  'src/language-model/model-transport.ts: fetch': {
    file: 'src/language-model/model-transport.ts',
    words: "redirect: 'manual', signal }",
  },
};

describe('every client of another service', () => {
  it('is in the list', () => {
    expect(clientsOf(project, isHarmless)).toEqual(Object.keys(clients).sort());
  });

  it.each(Object.entries(clients))('has a time-out: %s', async (_client, { file, words }) => {
    expect(await readFile(path.join(project, file), 'utf8')).toContain(words);
  });

  it('gives its own limit to each request that it makes by hand', () => {
    const made = globSync('src/**/*.ts', { cwd: project }).flatMap((file) => {
      const code = readFileSync(path.join(project, file), 'utf8');
      return [...code.matchAll(/createPipelineRequest\(\{.*?^ {4}\}\)/gmsu)].map(
        ([request]) => [file, request] as const,
      );
    });
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(made.filter(([, request]) => !/^ *timeout: \w/mu.test(request)).map(([file]) => file)).toEqual([]);
  });

  it('is noticed when it is new, whichever way it comes', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'steward-clients-'));
    const sources = {
      'src/workers/news.ts': 'export const news = () => fetch("https://example.com");',
      'src/workers/handed-on.ts': 'export const by = (call: typeof fetch = fetch) => call;',
      'src/sources/plain.ts': "import { request } from 'node:https'; request('https://example.com');",
      'src/sources/socket.ts': "import net from 'node:net'; net.connect(1);",
      'src/web/dependency.ts': "import got from 'got'; import type { A } from 'b'; got('https://example.com');",
      'src/web/later.ts': "export const load = () => import('undici');",
      'src/archive/second.ts':
        "import { type BlobItem, ContainerClient } from '@azure/storage-blob'; new ContainerClient('');",
      'src/archive/fine.ts':
        "import { newPipeline } from '@azure/storage-blob'; const o = { fetch: 1 }; newPipeline(); o.fetch;",
    };
    for (const [file, source] of Object.entries(sources)) {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      await writeFile(path.join(folder, file), source);
    }
    expect(clientsOf(folder, isHarmless)).toEqual([
      'src/archive/second.ts: ContainerClient',
      'src/sources/plain.ts: request',
      'src/sources/socket.ts: node:net',
      'src/web/dependency.ts: got',
      'src/web/later.ts: undici',
      'src/workers/handed-on.ts: fetch',
      'src/workers/news.ts: fetch',
    ]);
    await rm(folder, { recursive: true });
  });
});

function isHarmless(from: string, name: string): boolean {
  return silent.test(from) || harmless[from]?.test(name) === true;
}

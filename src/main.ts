import { randomUUID } from 'node:crypto';
import { DefaultAzureCredential } from '@azure/identity';
import type { Application, TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { createHandover } from './archive/handover.ts';
import { createArchiveStorage } from './archive/storage.ts';
import {
  type BotIdentity,
  type GraphAccess,
  type ResourceManagerAccess,
  readSettings,
  type Settings,
  type StorageSettings,
} from './config.ts';
import { type Database, openDatabase } from './database/connection.ts';
import { createDatabasePace } from './database/host-pace.ts';
import { type Queue, startQueue } from './database/queue.ts';
import { createGraphDirectory } from './directory/graph-directory.ts';
import type { GraphSettings } from './directory/settings.ts';
import type { Clock } from './domain/clock.ts';
import type { Log } from './domain/log.ts';
import type { Probe } from './domain/readiness.ts';
import { handleJobs } from './jobs/handlers.ts';
import { createLibrary } from './knowledge/library.ts';
import { readShelf } from './knowledge/page-files.ts';
import { createLog } from './log.ts';
import { resumeDeliveries } from './requests/deliveries.ts';
import { resumeRequests } from './requests/resume.ts';
import type { ResourceManagerSettings } from './studio/arm/transport.ts';
import { createStudioSource } from './studio/source.ts';
import { systemClock } from './system-clock.ts';
import { appIdOf, createAdapter, receive } from './teams/adapter.ts';
import { createApplication } from './teams/application.ts';
import { openCredentials } from './teams/bot-credentials.ts';
import { createTokenProbe } from './teams/bot-token.ts';
import { createConnector } from './teams/connector.ts';
import { deliver } from './teams/delivery.ts';
import { createLanguageModel, type LanguageModel } from './teams/language-model/model.ts';
import { ReadingThread } from './teams/reading-thread.ts';
import { resolveName, searchName } from './understanding/resolve.ts';
import { createWebServer } from './web/server.ts';

/** A started Steward. */
export interface Running {
  /** Port of the web server. */
  readonly port: number;
  /** Resolves when the database and the queue are up and the roles work. */
  readonly ready: Promise<void>;
  /** Finishes what is under way, for up to ten seconds, and closes everything. */
  stop(): Promise<void>;
}

/** Waits between attempts to reach a database that is down, in milliseconds. */
const databaseWaits = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Starts the roles named in the settings; the only place that builds parts. The web server comes first, so that
 * readiness can be asked and people are answered while the database is still down; the rest follows by itself.
 */
export async function start(settings: Settings, clock: Clock, log: Log): Promise<Running> {
  const ending = new AbortController();
  const storage = createArchiveStorage(storageOptions(settings.storage, clock));
  const handover = createHandover(storageOptions(settings.storage, clock));
  const adapter = createAdapter(settings.identity, log);
  const probes = settings.roles.has('bot') ? await identityProbes(settings.identity, adapter, clock, log) : [];
  let app: Application | null = null;
  let database: Database | null = null;
  let queue: Queue | null = null;
  let reading: ReadingThread | null = null;

  const server = createWebServer({
    log,
    readiness: [
      { name: 'database', check: async () => (database ?? unavailable()).ping() },
      { name: 'queue', check: async () => (queue ?? unavailable()).ping() },
      { name: 'storage', check: () => storage.ready() },
      ...probes,
    ],
    ...(settings.roles.has('bot')
      ? {
          messages: (request, response) =>
            receive(adapter, request, response, async (context) => {
              if (app) await app.run(context);
              else await sayUnavailable(context);
            }),
        }
      : {}),
  });
  const port = await listen(server, settings.port, settings.identity.kind === 'local' ? '127.0.0.1' : settings.host);
  log.info('the web server listens', { port });
  for (const probe of probes) void probe.run(ending.signal);

  const work = async () => {
    database = await openPatiently(settings, clock, log, ending.signal);
    queue = await startQueue(database);
    const source = createStudioSource({
      connections: settings.studio,
      clock,
      pace: createDatabasePace(database, clock, log, randomUUID()),
      ...(settings.resourceManager ? { resourceManager: resourceManager(settings.resourceManager, clock) } : {}),
    });
    const services = {
      database,
      queue,
      clock,
      log,
      storage,
      handover,
      source,
      ...(settings.directoryExport
        ? { directory: createGraphDirectory(graph(settings.directoryExport, clock), clock) }
        : {}),
      library: createLibrary(readShelf(), {
        linkLifetimeMs: settings.requests.linkLifetimeMs,
        archiveRetentionMs: settings.requests.archiveRetentionMs,
        requestLifetimeMs: settings.requests.waitsForPeopleMs,
        partBytes: settings.partBytes,
        policy: settings.requests.policy,
        approvers: settings.requests.approvers,
        kinds: source.kinds,
        languageModel: settings.languageModel !== undefined,
        directoryExport: settings.directoryExport !== undefined,
      }),
      resolveName,
      searchName,
      settings: settings.requests,
      partBytes: settings.partBytes,
      newToken: randomUUID,
      tenantId: settings.identity.tenantId ?? null,
      refreshesCards: settings.identity.kind !== 'local',
      random: Math.random,
      linkTo: async (part: { blobName: string }, downloadName: string, expiresAt: Date) =>
        (await storage.link(part.blobName, { downloadName, expiresAt })).url,
      linkToFile: async (container: string, name: string, downloadName: string, expiresAt: Date) =>
        (await handover.link(container, name, { downloadName, expiresAt })).url,
    };
    await ensureContainer(storage, log);
    if (settings.roles.has('bot')) {
      reading = new ReadingThread(log);
      const { understand } = reading;
      app = createApplication(
        services,
        adapter,
        appIdOf(settings.identity),
        understand,
        languageModel(settings, clock),
      );
      const connector = createConnector(adapter, appIdOf(settings.identity));
      await queue.handle('deliver', 4, ({ card }) => deliver(services, connector, card));
    }
    if (settings.roles.has('worker')) {
      await handleJobs(services, queue);
      await queue.repeat('sweep', '17 * * * *');
    }
    const alone = database.kind === 'embedded';
    const cards = await resumeDeliveries(services, alone);
    const requests = alone ? await resumeRequests(services) : 0;
    log.info('steward is ready', { cards, requests });
  };
  const ready = work();
  // Whoever awaits `ready` is told; nobody has to.
  ready.catch((error: unknown) => {
    if (!ending.signal.aborted) log.error('steward could not start', error);
  });
  return {
    port,
    ready,
    stop: async () => {
      ending.abort(new Error('stopping'));
      await ready.catch(() => undefined);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await queue?.stop();
      await reading?.stop();
      await database?.close();
    },
  };
}

/** What asks whether the bot can speak. Throws BotIdentityError when it would sign in otherwise than it is set. */
async function identityProbes(
  identity: BotIdentity,
  adapter: TeamsAdapter,
  clock: Clock,
  log: Log,
): Promise<readonly Probe[]> {
  if (identity.kind === 'local') return [];
  const credentials = await openCredentials(identity, adapter.credentialsFactory);
  return [createTokenProbe(identity, credentials, clock, log)];
}

function storageOptions(settings: StorageSettings, clock: Clock): Parameters<typeof createArchiveStorage>[0] {
  const shared = { url: settings.accountUrl, container: settings.container, clock };
  return settings.kind === 'azure'
    ? { ...shared, allowHttp: false, signIn: { kind: 'entra', credential: new DefaultAzureCredential() } }
    : {
        ...shared,
        allowHttp: true,
        signIn: { kind: 'key', accountName: settings.accountName, accountKey: settings.accountKey },
      };
}

function resourceManager(access: ResourceManagerAccess, clock: Clock): ResourceManagerSettings {
  const { endpoint } = access;
  if (access.kind === 'azure') return { endpoint, credential: new DefaultAzureCredential() };
  const getToken = async () => ({ token: access.token, expiresOnTimestamp: clock.now() + 3_600_000 });
  return { endpoint, credential: { getToken } };
}

function graph(access: GraphAccess, clock: Clock): GraphSettings {
  const { endpoint } = access;
  if (access.kind === 'azure') return { endpoint, credential: new DefaultAzureCredential() };
  const getToken = async () => ({ token: access.token, expiresOnTimestamp: clock.now() + 3_600_000 });
  return { endpoint, credential: { getToken } };
}

function languageModel(settings: Settings, clock: Clock): LanguageModel | null {
  if (!settings.languageModel) return null;
  return createLanguageModel(settings.languageModel, { credential: new DefaultAzureCredential(), clock });
}

async function openPatiently(settings: Settings, clock: Clock, log: Log, signal: AbortSignal): Promise<Database> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openDatabase(settings.database, (error) => log.error('the database complained', error));
    } catch (error) {
      // A folder that another process holds does not free itself by waiting; a server comes back.
      if (settings.database.kind === 'embedded') throw error;
      log.error('the database does not answer and will be asked again', error);
      await clock.wait(databaseWaits[attempt] ?? databaseWaits.at(-1) ?? 0, signal);
    }
  }
}

async function ensureContainer(storage: ReturnType<typeof createArchiveStorage>, log: Log): Promise<void> {
  try {
    await storage.ensure();
  } catch (error) {
    // Readiness says so too; exports try again by themselves.
    log.error('the archive container could not be made', error);
  }
}

function listen(server: ReturnType<typeof createWebServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address().port));
  });
}

function unavailable(): never {
  throw new Error('not connected yet');
}

async function sayUnavailable(context: TurnContext): Promise<void> {
  const sentence = 'I am still starting and cannot work yet, so I did nothing. Please try again in a minute.';
  if (context.activity.type === 'message') await context.sendActivity(sentence);
  if (context.activity.type !== 'invoke') return;
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

if (import.meta.main) {
  const settings = readSettings();
  const log = createLog(settings.logLevel);
  const running = await start(settings, systemClock, log);
  const stop = () => running.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await running.ready;
}

import { randomUUID } from 'node:crypto';
import type { Application } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { createDropOffContainers } from './archive/drop-off-container.ts';
import { createArchiveStorage } from './archive/storage.ts';
import { type BotIdentity, ConfigurationError, readSettings, type Settings } from './config.ts';
import { type Database, openDatabase } from './database/connection.ts';
import { type Queue, startQueue } from './database/queue.ts';
import { createDatabaseLimits } from './database/shared-limits.ts';
import { createGraphDirectory } from './directory/graph-directory.ts';
import type { Clock } from './domain/clock.ts';
import type { Log } from './domain/logger.ts';
import { createProbe, NotReadyError, type Probe } from './domain/readiness.ts';
import { usualRetention } from './domain/retention.ts';
import { createLibrary } from './knowledge/library.ts';
import { readShelf } from './knowledge/page-files.ts';
import { secondOpinionBy } from './language-model/second-opinion-by-model.ts';
import { createLog } from './log.ts';
import { knowsApprovers } from './requests/contacts.ts';
import { resumeDeliveries } from './requests/outbox.ts';
import { resumeRequests } from './requests/resume.ts';
import { serviceAccess } from './service-access.ts';
import { createStudioSource } from './sources/studio-classic/source.ts';
import { createTokenProbe } from './sources/studio-classic/token-probe.ts';
import { systemClock } from './system-clock.ts';
import { appIdOf, createAdapter, createReceiver } from './teams/adapter.ts';
import { createApplication } from './teams/application.ts';
import { BotIdentityError, createCredentialsFactory, openCredentials } from './teams/bot-credentials.ts';
import { createIdentityProbe } from './teams/bot-token.ts';
import { createConnector } from './teams/connector.ts';
import { deliver } from './teams/delivery.ts';
import { answerInvokeAtLast } from './teams/invokes.ts';
import { ReadingThread } from './teams/reading-thread.ts';
import { retireCard } from './teams/retire-card.ts';
import { resolveName, searchName } from './understanding/resolve.ts';
import { ListenError, listen } from './web/listen.ts';
import { createWebServer, type ReadinessCheck } from './web/server.ts';
import { handleJobs } from './workers/handlers.ts';

/** A started Steward. */
export interface Running {
  /** Port of the web server. */
  readonly port: number;
  /** Resolves when the database and the queue are up and the roles work. */
  readonly ready: Promise<void>;
  /** Finishes what is under way, for up to ten seconds, and closes everything. */
  stop(): Promise<void>;
}

/** Waits between attempts to reach a service that is down, in milliseconds. */
const serviceWaits = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Starts the roles named in the settings; the only place that builds parts. The web server comes first, so that
 * readiness can be asked and people are answered while the database is still down; the rest follows by itself.
 */
export async function start(settings: Settings, clock: Clock, log: Log): Promise<Running> {
  const ending = new AbortController();
  const access = serviceAccess(settings, clock);
  const storage = createArchiveStorage(access.storage);
  const dropOff = createDropOffContainers(access.storage);
  const credentials = createCredentialsFactory(settings.identity);
  const voice = settings.roles.has('bot') ? await openVoice(settings.identity, credentials, clock, log) : null;
  const adapter = createAdapter(settings.identity, { credentials, clock, log, ...(voice ? { watch: voice } : {}) });
  const answer = createReceiver(adapter, { clock, log });
  let app: Application | null = null;
  let database: Database | null = null;
  let queue: Queue | null = null;
  let reading: ReadingThread | null = null;

  const readiness: ReadinessCheck[] = [
    { name: 'database', check: async () => (database ?? unavailable()).ping() },
    { name: 'queue', check: async () => (queue ?? unavailable()).ping() },
    { name: 'storage', check: () => storage.ready() },
  ];
  const watch = (probe: Probe) => {
    readiness.push(probe);
    void probe.run(ending.signal);
  };
  const server = createWebServer({
    log,
    clock,
    readiness,
    ...(settings.roles.has('bot')
      ? {
          messages: (request, response) =>
            answer(request, response, async (context) => {
              if (!app) return sayUnavailable(context);
              await app.run(context);
              await answerInvokeAtLast(context);
            }),
        }
      : {}),
  });
  const host = settings.identity.kind === 'local' ? '127.0.0.1' : settings.host;
  const port = await listen(server, settings.port, host);
  log.info('the web server listens', { port });
  if (voice) watch(voice);

  const work = async () => {
    database = await openWithRetries(settings, clock, log, ending.signal);
    queue = await startQueue(database);
    const source = createStudioSource({
      connections: settings.studio,
      clock,
      limits: createDatabaseLimits(database, clock, log, randomUUID()),
      ...(access.resourceManager ? { resourceManager: access.resourceManager } : {}),
    });
    const services = {
      database,
      queue,
      clock,
      log,
      storage,
      dropOff,
      source,
      ...(access.graph ? { directory: createGraphDirectory(access.graph, clock) } : {}),
      library: createLibrary(readShelf(), {
        linkLifetimeMs: settings.requests.linkLifetimeMs,
        archiveRetentionMs: settings.requests.archiveRetentionMs,
        requestLifetimeMs: settings.requests.waitsForPeopleMs,
        partBytes: settings.partBytes,
        policy: settings.requests.policy,
        retention: settings.requests.retention ?? usualRetention,
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
        (await storage.has(part.blobName)) ? storage.link(part.blobName, { downloadName, expiresAt }) : null,
      linkToFile: async (container: string, name: string, downloadName: string, expiresAt: Date) =>
        (await dropOff.has(container, name)) ? dropOff.link(container, name, { downloadName, expiresAt }) : null,
    };
    void ensureContainer(storage, clock, log, ending.signal);
    // On one machine everything is there from the start, or made by whoever tries the product out.
    if (settings.identity.kind !== 'local') {
      watch(createTokenProbe(source, clock, log));
      watch(approvalProbe(services));
    }
    if (settings.roles.has('bot')) {
      reading = new ReadingThread(log);
      const { understand } = reading;
      const { languageModel: model } = access;
      const opinion = model === null ? null : secondOpinionBy(model, { clock, log });
      app = createApplication(services, adapter, appIdOf(settings.identity), understand, opinion);
      const connector = createConnector(adapter, appIdOf(settings.identity));
      await queue.handle('deliver', { concurrency: 8 }, ({ card }) => deliver(services, connector, card));
      await queue.handle('retire-card', { concurrency: 1 }, ({ old }) => retireCard(services, connector, old));
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
      // Both at once: while the server still answers who has asked, no further job is begun.
      await Promise.all([queue?.stop(), new Promise<void>((resolve) => server.close(() => resolve()))]);
      await reading?.stop();
      await database?.close();
    },
  };
}

/** What asks whether approvals can be asked for. */
function approvalProbe(services: Parameters<typeof knowsApprovers>[0] & { clock: Clock; log: Log }): Probe {
  const ask = async () => {
    if (await knowsApprovers(services)) return null;
    throw new NotReadyError(
      'Approvals cannot be asked for yet: nobody has added the bot to the conversation of APPROVAL_CONVERSATION. Add the ' +
        'app to that team and mention it in the channel once. Until then, whatever needs an approval is refused.',
    );
  };
  const silence = 'The database did not say in time whether the bot knows the conversation of APPROVAL_CONVERSATION.';
  return createProbe({ name: 'approvals', ask, clock: services.clock, log: services.log, silence });
}

/** What asks whether the bot can speak. Throws BotIdentityError when it would sign in otherwise than it is set. */
async function openVoice(
  identity: BotIdentity,
  credentials: ReturnType<typeof createCredentialsFactory>,
  clock: Clock,
  log: Log,
): Promise<ReturnType<typeof createIdentityProbe> | null> {
  if (identity.kind === 'local') return null;
  return createIdentityProbe(identity, await openCredentials(identity, credentials), clock, log);
}

async function openWithRetries(settings: Settings, clock: Clock, log: Log, signal: AbortSignal): Promise<Database> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openDatabase(settings.database, (error) => log.error('the database complained', error));
    } catch (error) {
      // A folder that another process holds does not free itself by waiting; a server comes back.
      if (settings.database.kind === 'embedded') throw error;
      log.error('the database does not answer and will be asked again', error);
      await clock.wait(serviceWaits[attempt] ?? serviceWaits.at(-1) ?? 0, signal);
    }
  }
}

/** Beside the start: people are answered while storage is away, and readiness says that it is. Never rejects. */
async function ensureContainer(
  storage: ReturnType<typeof createArchiveStorage>,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await storage.ensure();
    } catch (error) {
      if (attempt === 0) log.error('the archive container could not be made and will be tried again', error);
      await clock.wait(serviceWaits[attempt] ?? serviceWaits.at(-1) ?? 0, signal).catch(() => undefined);
    }
  }
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

if (import.meta.main === undefined) {
  // Older Node runs this file and knows nothing of `import.meta.main`: it would end here, at once and as if all were well.
  say(`Studio Steward needs Node 24.2 or newer; this is ${process.version}. Nothing was started.`);
  process.exit(1);
}
if (import.meta.main) await run();

async function run(): Promise<void> {
  try {
    const settings = readSettings();
    const log = createLog(settings.logLevel);
    for (const warning of settings.warnings ?? []) log.warn('a variable has no effect', { warning });
    const running = await start(settings, systemClock, log);
    const stop = () => running.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    await running.ready;
  } catch (error) {
    // Whatever is known to end a start says itself what to do; the rest comes with its stack.
    const isKnown = [ConfigurationError, BotIdentityError, ListenError].some((known) => error instanceof known);
    say(
      error instanceof Error ? `Studio Steward cannot start. ${isKnown ? error.message : error.stack}` : String(error),
    );
    process.exit(1);
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

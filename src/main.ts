import { randomUUID } from 'node:crypto';
import type { Application } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { anchorContainerBeside, createAnchorContainer } from './archive/anchor-container.ts';
import { createDropOffContainers } from './archive/drop-off-container.ts';
import { createArchiveStorage } from './archive/storage.ts';
import { runAnchoring } from './audit/anchors.ts';
import { createRecordFiles } from './audit/record-file-store.ts';
import { runSealer } from './audit/sealer.ts';
import { type BotIdentity, ConfigurationError, readSettings, type Settings } from './config.ts';
import { type Database, openDatabase } from './database/connection.ts';
import { type Queue, startQueue } from './database/queue.ts';
import { createDatabaseLimits } from './database/shared-limits.ts';
import { createGraphAccounts } from './directory/graph-accounts.ts';
import { createGraphDirectory } from './directory/graph-directory.ts';
import { createGraphGroups } from './directory/graph-groups.ts';
import { createGroupProbe } from './directory/group-probe.ts';
import { assetKinds } from './domain/assets.ts';
import type { Clock } from './domain/clock.ts';
import { groupsIn } from './domain/directory-groups.ts';
import type { Log } from './domain/logger.ts';
import { createProbe, NotReadyError, type Probe } from './domain/readiness.ts';
import { defaultRetention } from './domain/retention.ts';
import { createLibrary } from './knowledge/library.ts';
import { readKnowledgeFiles } from './knowledge/page-files.ts';
import { secondOpinionBy } from './language-model/second-opinion-by-model.ts';
import { createLog } from './log.ts';
import { mailerOf } from './mail/mailer-of.ts';
import { resumeDeliveries } from './requests/outbox.ts';
import { missingPlaces } from './requests/review-conversations.ts';
import { entriesOfSettings } from './requests/role-members.ts';
import { resumeSchedules } from './requests/scheduled-runs.ts';
import { serviceAccess } from './service-access.ts';
import { createStudioSource } from './sources/studio-classic/source.ts';
import { createTokenProbe } from './sources/studio-classic/token-probe.ts';
import { systemClock } from './system-clock.ts';
import { createMemberReader } from './teams/absent-person.ts';
import { appIdOf, createAdapter, createReceiver } from './teams/adapter.ts';
import { createApplication } from './teams/application.ts';
import { BotIdentityError, createCredentialsFactory, openCredentials } from './teams/bot-credentials.ts';
import { createIdentityProbe } from './teams/bot-token.ts';
import { createConnector } from './teams/connector.ts';
import { deliver } from './teams/delivery.ts';
import { answerUnhandledInvoke } from './teams/invokes.ts';
import { ReadingThread } from './teams/reading-thread.ts';
import { retireCard } from './teams/retire-card.ts';
import { startScheduledRun } from './teams/start-run.ts';
import { tellAddressChange } from './teams/tell-address-change.ts';
import { tellAdministrators } from './teams/tell-administrators.ts';
import { tellDeputyship } from './teams/tell-deputyship.ts';
import { tellHold } from './teams/tell-hold.ts';
import { resolveName, searchName } from './understanding/resolve.ts';
import { ListenError, listen } from './web/listen.ts';
import { createWebServer, type ReadinessCheck } from './web/server.ts';
import { handleJobs } from './workers/handlers.ts';
import { resumeRequests } from './workers/resume.ts';

/** A started process. */
export interface Running {
  /** Port of the web server. */
  readonly port: number;
  /** Resolves when the database, the queue and the roles are up. */
  readonly ready: Promise<void>;
  /** Graceful shutdown: finishes running work, for up to ten seconds, and closes everything. */
  stop(): Promise<void>;
}

/** Waits between attempts to reach a service that is down, in milliseconds (backoff); the last one repeats. */
const reconnectWaits = [500, 1_000, 2_000, 5_000, 10_000];

/**
 * Composition root: builds all parts and starts the roles named in the settings. The web server comes first, so that
 * readiness can be checked and people get an answer while the database is still down; the rest starts asynchronously.
 */
export async function start(settings: Settings, clock: Clock, log: Log): Promise<Running> {
  const shutdown = new AbortController();
  const access = serviceAccess(settings, clock);
  const storage = createArchiveStorage(access.storage);
  const anchors = createAnchorContainer(access.storage, anchorContainerBeside(access.storage.container));
  const dropOff = createDropOffContainers(access.storage);
  const credentials = createCredentialsFactory(settings.identity);
  const identityProbe = settings.roles.has('bot')
    ? await openIdentityProbe(settings.identity, credentials, clock, log)
    : null;
  const adapter = createAdapter(settings.identity, {
    credentials,
    clock,
    log,
    ...(identityProbe ? { watch: identityProbe } : {}),
  });
  const answer = createReceiver(adapter, { clock, log });
  let app: Application | null = null;
  let database: Database | null = null;
  let queue: Queue | null = null;
  let reading: ReadingThread | null = null;
  let sealing: Promise<unknown> | null = null;

  const readiness: ReadinessCheck[] = [
    { name: 'database', check: async () => (database ?? unavailable()).ping() },
    { name: 'queue', check: async () => (queue ?? unavailable()).ping() },
    { name: 'storage', check: () => storage.ready() },
  ];
  const watch = (probe: Probe) => {
    readiness.push(probe);
    void probe.run(shutdown.signal);
  };
  const server = createWebServer({
    log,
    clock,
    readiness,
    ...(settings.roles.has('bot')
      ? {
          messages: (request, response) =>
            answer(request, response, async (context) => {
              if (!app) return replyUnavailable(context);
              await app.run(context);
              await answerUnhandledInvoke(context);
            }),
        }
      : {}),
  });
  const host = settings.identity.kind === 'local' ? '127.0.0.1' : settings.host;
  const port = await listen(server, settings.port, host);
  log.info('web server listening', { port });
  if (identityProbe) watch(identityProbe);

  const connect = async () => {
    database = await openWithRetries(settings, clock, log, shutdown.signal);
    queue = await startQueue(database);
    const limits = createDatabaseLimits(database, clock, log, randomUUID());
    const source = createStudioSource({
      connections: settings.studio,
      clock,
      limits,
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
      ...(access.graph ? { directory: createGraphDirectory(access.graph, clock, limits) } : {}),
      ...(access.accounts ? { accounts: createGraphAccounts(access.accounts, clock, limits) } : {}),
      ...(access.groups ? { groups: createGraphGroups(access.groups, clock, limits) } : {}),
      library: createLibrary(readKnowledgeFiles(), {
        linkLifetimeMs: settings.requests.linkLifetimeMs,
        archiveRetentionMs: settings.requests.archiveRetentionMs,
        requestLifetimeMs: settings.requests.waitsForPeopleMs,
        partBytes: settings.partBytes,
        policy: settings.requests.policy,
        retention: settings.requests.retention ?? defaultRetention,
        approvers: settings.requests.approvers,
        kinds: assetKinds,
        languageModel: settings.languageModel !== undefined,
        directoryExport: settings.directoryExport !== undefined,
      }),
      resolveName,
      searchName,
      settings: settings.requests,
      partBytes: settings.partBytes,
      newToken: randomUUID,
      tenantId: settings.identity.tenantId ?? null,
      mailer: mailerOf(settings.mail, log, (text) => process.stdout.write(text)),
      refreshesCards: settings.identity.kind !== 'local',
      random: Math.random,
      recordFiles: createRecordFiles(storage, anchors, randomUUID),
      linkTo: async (part: { blobName: string }, downloadName: string, expiresAt: Date) =>
        (await storage.has(part.blobName)) ? storage.link(part.blobName, { downloadName, expiresAt }) : null,
      linkToFile: async (container: string, name: string, downloadName: string, expiresAt: Date) =>
        (await dropOff.has(container, name)) ? dropOff.link(container, name, { downloadName, expiresAt }) : null,
    };
    void ensureContainer(storage, clock, log, shutdown.signal);
    // Local mode needs no probes: everything is there from the start, or created by the person who tries the product.
    if (settings.identity.kind !== 'local') {
      watch(createTokenProbe(source, clock, log));
      watch(approvalProbe(services));
      const named = groupsIn(entriesOfSettings(settings.requests));
      if (services.groups) watch(createGroupProbe(services.groups, named, clock, log));
    }
    if (settings.roles.has('bot')) {
      reading = new ReadingThread(log);
      const { understand } = reading;
      const { languageModel: model } = access;
      const opinion = model === null ? null : secondOpinionBy(model, { clock, log });
      app = createApplication(services, adapter, appIdOf(settings.identity), understand, opinion);
      const connector = createConnector(adapter, appIdOf(settings.identity));
      await queue.handle('deliver', { concurrency: 8 }, ({ card }) => deliver(services, connector, card));
      // Here rather than in a worker, since only the bot can ask Teams who somebody is by now.
      const readMember = createMemberReader(adapter, appIdOf(settings.identity));
      await queue.handle('start-run', { concurrency: 2 }, ({ schedule }, { retries }) =>
        startScheduledRun(services, { readMember, post: connector.post }, schedule, retries),
      );
      await queue.handle('tell-address-change', { concurrency: 1 }, (job) =>
        tellAddressChange(services, connector.post, job),
      );
      await queue.handle('tell-deputyship', { concurrency: 1 }, (job, { signal }) =>
        tellDeputyship(services, connector.post, job, signal),
      );
      await resumeSchedules(services);
      await queue.handle('tell-administrators', { concurrency: 1 }, (withdrawn, { signal }) =>
        tellAdministrators(services, connector, withdrawn, signal),
      );
      await queue.handle('tell-hold', { concurrency: 1 }, (job, { signal }) =>
        tellHold(services, connector, job, signal),
      );
      await queue.handle('retire-card', { concurrency: 1 }, ({ old }) => retireCard(services, connector, old));
    }
    if (settings.roles.has('worker')) {
      await handleJobs(services, queue);
      await queue.repeat('sweep', '17 * * * *');
      sealing = Promise.all([
        runSealer({ database, clock, log }, shutdown.signal),
        runAnchoring({ database, clock, log, anchors }, shutdown.signal),
      ]);
    }
    const alone = database.kind === 'embedded';
    const cards = await resumeDeliveries(services, alone);
    const requests = alone ? await resumeRequests(services) : 0;
    log.info('steward is ready', { cards, requests });
  };
  const ready = connect();
  // Callers that await `ready` get the error; this handler logs it when none does.
  ready.catch((error: unknown) => {
    if (!shutdown.signal.aborted) log.error('steward could not start', error);
  });
  return {
    port,
    ready,
    stop: async () => {
      shutdown.abort(new Error('stopping'));
      await ready.catch(() => undefined);
      // Both at once: no further job starts while the server finishes its open requests.
      await Promise.all([queue?.stop(), new Promise<void>((resolve) => server.close(() => resolve()))]);
      await Promise.all([reading?.stop(), sealing]);
      await database?.close();
    },
  };
}

/** Readiness probe: whether the bot can post approval requests. */
function approvalProbe(services: Parameters<typeof missingPlaces>[0] & { clock: Clock; log: Log }): Probe {
  const ask = async () => {
    const missing = await missingPlaces(services);
    if (missing.length === 0) return null;
    const own = services.settings.approvalConversationId;
    const where = missing.map((id) => (id === own ? 'APPROVAL_CONVERSATION' : `${id}, which POLICY_FILE names`));
    throw new NotReadyError(
      `Approvals are not possible yet: the bot is not in the conversation of ${where.join(' and of ')}. Add the app to ` +
        'that team and mention it in the channel once. Until then, requests are refused whose approval is asked for ' +
        'there, unless enough of those who decide have met the bot and are asked in their own chats.',
    );
  };
  const silence =
    'The database did not answer in time whether the bot is in the conversation of APPROVAL_CONVERSATION.';
  return createProbe({ name: 'approvals', ask, clock: services.clock, log: services.log, silence });
}

/** Readiness probe: whether the bot can sign in. Throws BotIdentityError when it would sign in unlike its settings. */
async function openIdentityProbe(
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
      return await openDatabase(settings.database, (error) => log.error('database error', error));
    } catch (error) {
      // Waiting helps with a server that is down, but not with a folder that another process has locked.
      if (settings.database.kind === 'embedded') throw error;
      log.error('database unavailable; retrying', error);
      await clock.wait(reconnectWaits[attempt] ?? reconnectWaits.at(-1) ?? 0, signal);
    }
  }
}

/** Runs in the background: people get answers while storage is down, and readiness reports it. Never rejects. */
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
      if (attempt === 0) log.error('archive container not created; retrying', error);
      await clock.wait(reconnectWaits[attempt] ?? reconnectWaits.at(-1) ?? 0, signal).catch(() => undefined);
    }
  }
}

function unavailable(): never {
  throw new Error('not connected yet');
}

async function replyUnavailable(context: TurnContext): Promise<void> {
  const sentence = 'I am still starting, so I did nothing. Please try again in a minute.';
  if (context.activity.type === 'message') await context.sendActivity(sentence);
  if (context.activity.type !== 'invoke') return;
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: sentence };
  await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
}

if (import.meta.main === undefined) {
  // Older versions of Node have no `import.meta.main`: the process would exit here at once with a success code.
  printError(`Studio Steward needs Node 24.2 or newer; this is ${process.version}. Nothing was started.`);
  process.exit(1);
}
if (import.meta.main) await run();

async function run(): Promise<void> {
  try {
    const settings = readSettings();
    const log = createLog(settings.logLevel);
    for (const warning of settings.warnings ?? []) log.warn('a variable has no effect', { warning });
    const running = await start(settings, systemClock, log);
    const stop = () =>
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('the shutdown failed', error);
          process.exit(1);
        },
      );
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    await running.ready;
  } catch (error) {
    // Known start errors say what to do; all others are printed with their stack.
    const isKnown = [ConfigurationError, BotIdentityError, ListenError].some((known) => error instanceof known);
    printError(
      error instanceof Error ? `Studio Steward cannot start. ${isKnown ? error.message : error.stack}` : String(error),
    );
    process.exit(1);
  }
}

function printError(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

import { sql } from 'kysely';
import { runSealer, sealAll } from '../../src/audit/sealer.ts';
import { hasUnsealed } from '../../src/database/audit-entries.ts';
import { type Database, openDatabase } from '../../src/database/connection.ts';
import { appendAudit } from '../../src/database/history.ts';
import { type Queue, startQueue } from '../../src/database/queue.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Ask } from '../../src/domain/request.ts';
import { ask } from '../../src/requests/create.ts';
import { systemClock } from '../../src/system-clock.ts';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { startDatabases } from './parts/databases.ts';
import { median } from './parts/figures.ts';

/**
 * What the chain over the audit rows costs. The baseline is the same code on a table `audit` without the chain's
 * columns, indexes and triggers, and without a sealer; both are measured in turn, in one process that also seals.
 * Aims: ten writers add at least 0.8 times as many rows a second, and a turn takes at most 1.1 times the CPU.
 * `--quick` measures fewer rounds.
 */
const rounds = process.argv.includes('--quick') ? 5 : 11;
const writers = 10;
const rowsPerWriter = 150;
const turnsPerRound = 200;

/** A database with the record or without it. */
interface Side {
  readonly database: Database;
  readonly queue: Queue;
  readonly services: ReturnType<typeof jobServices>;
  readonly hasRecord: boolean;
}

type Work = (side: Side, actor: string) => Promise<unknown>;

let nth = 0;
const storeRequest: Work = ({ services }, objectId) => {
  nth += 1;
  const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as Ask;
  return ask(
    services,
    { ...asker, objectId },
    { conversationId: 'chat', kind: 'personal', activityId: `message-${nth}` },
    wish,
  );
};
const works: Readonly<Record<string, Work>> = {
  // The strictest reading: nothing else is done in the transaction.
  'audit rows alone': ({ database: { db } }, actor) =>
    db.transaction().execute((trx) =>
      appendAudit(trx, {
        at: new Date(),
        tenantId: 'tenant',
        actor,
        action: 'asset.delete.done',
        requestNumber: null,
        workspaceId: 'ws',
        detail: { kind: 'dataset', id: 'id-1', name: 'churn.csv' },
        policyVersion: 'bench+0',
      }),
    ),
  'requests with their audit rows': storeRequest,
};

/** The server may end connections that are not closed yet. */
let isClosing = false;
const databases = await startDatabases();
for (const name of databases.names.slice(0, 1)) {
  const opened = [];
  for (const hasRecord of [true, false]) opened.push(await openSide(await databases.open(name), hasRecord));
  const [withRecord, without] = opened as [Side, Side];
  console.log(`\n${writers} writers on ${name}, ${rounds} rounds in turn, medians`);
  for (const [what, write] of Object.entries(works)) {
    const rates: { with: number; without: number; delay: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const first = round % 2 === 0 ? withRecord : without;
      const one = await insertRows(first, write);
      const other = await insertRows(first === withRecord ? without : withRecord, write);
      const [chained, plain] = first === withRecord ? [one, other] : [other, one];
      rates.push({ with: chained.rate, without: plain.rate, delay: chained.sealedAfter });
    }
    const of = (figure: (rate: (typeof rates)[number]) => number) => median(rates.map(figure));
    console.log(
      `  ${what}: ${of((rate) => rate.with).toFixed(0)} a second with the record, ${of((rate) => rate.without).toFixed(0)} without, ` +
        `${of((rate) => rate.with / rate.without).toFixed(2)} times (aim at least 0.8); sealed ${of((rate) => rate.delay).toFixed(0)} ms after the last`,
    );
  }
  const turns: { with: number; without: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const cpu = { with: await takeTurns(withRecord), without: await takeTurns(without) };
    if (round >= 0) turns.push(cpu);
  }
  const cpuWith = median(turns.map((turn) => turn.with));
  const cpuWithout = median(turns.map((turn) => turn.without));
  const ratio = median(turns.map((turn) => turn.with / turn.without));
  console.log(
    `  a turn that stores a request: ${cpuWith.toFixed(2)} ms CPU with the record, ${cpuWithout.toFixed(2)} without: ` +
      `${ratio.toFixed(2)} times (aim at most 1.1)`,
  );
  isClosing = true;
  for (const { database, queue } of opened) {
    await queue.stop();
    await database.close();
  }
}
await databases.close();

async function openSide(place: Parameters<typeof openDatabase>[0], hasRecord: boolean): Promise<Side> {
  // As many connections as a process has by default, so that no writer waits for another one's.
  const widened = place.kind === 'postgres' ? { ...place, maxConnections: 12 } : place;
  const database = await openDatabase(widened, (error) => {
    if (!isClosing) throw error;
  });
  if (!hasRecord) {
    for (const trigger of ['audit_stays', 'audit_is_kept'])
      await sql`drop trigger ${sql.ref(trigger)} on audit`.execute(database.db);
    await sql`alter table audit drop column recorded_at, drop column entry, drop column salts`.execute(database.db);
    await sql`drop index if exists audit_removals`.execute(database.db);
  }
  const queue = await startQueue(database);
  const services = jobServices(database, queue, {} as AssetSource, systemClock);
  const settings = { ...services.settings, maxOpenRequests: 1_000_000 };
  return { database, queue, services: { ...services, settings }, hasRecord };
}

/**
 * Rows a second that ten writers add while the sealer runs, each in a transaction of its own, until the last one has
 * committed; and the milliseconds after that until all are sealed.
 */
async function insertRows(side: Side, write: Work): Promise<{ rate: number; sealedAfter: number }> {
  const stop = new AbortController();
  const sealing = side.hasRecord ? runSealer(side.services, stop.signal) : null;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: writers }, (_none, writer) => times(rowsPerWriter, () => write(side, `person-${writer}`))),
  );
  const endedAt = performance.now();
  while (side.hasRecord && (await hasUnsealed(side.database.db))) await systemClock.wait(20);
  const sealedAfter = performance.now() - endedAt;
  stop.abort();
  await sealing;
  return { rate: (writers * rowsPerWriter * 1000) / (endedAt - startedAt), sealedAfter };
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await work();
}

/**
 * CPU milliseconds of a turn: a message is read, what it asks for is stored with its audit row and its job, and the row
 * is sealed. Sealing is called rather than left to the sealer, so that no time without work is counted.
 */
async function takeTurns(side: Side): Promise<number> {
  const { database, hasRecord } = side;
  const before = process.cpuUsage();
  for (let turn = 0; turn < turnsPerRound; turn += 1) {
    const { intent } = understand(`delete dataset churn${turn}.csv in Churn Lab`, shippedModel());
    if (intent !== 'delete.assets') throw new Error(`read as ${intent}`);
    await storeRequest(side, `person-${turn % 20}`);
  }
  if (hasRecord) await sealAll({ database, clock: systemClock });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / turnsPerRound;
}

import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import type { DatabaseSettings } from '../../src/database/connection.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { type StewardChild, startStewardChild } from '../harness/child.ts';
import { type CountingProxy, startCountingProxy } from '../harness/counting-proxy.ts';
import { emptyEmbedded } from '../harness/databases.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { buttons, cardText, type PostedMessage, personalChat, Teams } from '../harness/teams.ts';
import { alex, settingsFor } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

/** Seeds of the kill points; change it to try others, keep it to repeat a failure. */
const seed = 20_261_124;

/** Small, fast, good enough to scatter kill points (Lehmer's generator). */
function random(from: number): () => number {
  let state = from % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Everything around a Steward that is killed again and again, with a switch that kills it at a given request. */
class Battlefield {
  readonly studio: TestEmulator;
  readonly teams: Teams;
  readonly #proxies: CountingProxy[];
  readonly #settings: Settings;
  child: StewardChild | null = null;
  #countdown = Number.POSITIVE_INFINITY;
  #seen = 0;
  #fired = false;
  #death = Promise.withResolvers<'killed'>();

  private constructor(studio: TestEmulator, teams: Teams, proxies: CountingProxy[], settings: Settings) {
    this.studio = studio;
    this.teams = teams;
    this.#proxies = proxies;
    this.#settings = settings;
  }

  static async prepare(database: DatabaseSettings): Promise<Battlefield> {
    const studio = await startTestEmulator({ blobProxy: true });
    const teams = await Teams.start(chatPeople);
    const onRequest = () => field.#count();
    const [studioProxy, blobProxy] = await Promise.all([
      startCountingProxy(studio.url, onRequest),
      startCountingProxy(studio.azurite.url, onRequest),
    ]);
    const plain = settingsFor(studio, database);
    const settings: Settings = {
      ...plain,
      storage: { ...plain.storage, accountUrl: blobProxy.url },
      studio: studio.registrations().map((each) => ({ ...each, endpoint: `${studioProxy.url}/api/` })),
      // Several parts, so that a crash also falls between them.
      partBytes: 40_000,
    };
    const field = new Battlefield(studio, teams, [studioProxy, blobProxy], settings);
    teams.onCall = onRequest;
    await field.start();
    return field;
  }

  async start(): Promise<void> {
    // Whoever waits from now on waits for another death.
    this.#death = Promise.withResolvers<'killed'>();
    this.#fired = false;
    this.child = await startStewardChild(this.#settings);
    this.teams.endpoint = this.child.endpoint;
  }

  /** Kills Steward when the given number of requests to Studio, storage and Teams have been seen. */
  armAt(requests: number): void {
    this.#death = Promise.withResolvers<'killed'>();
    this.#seen = 0;
    this.#countdown = requests;
  }

  /** Disarms the switch. When it fired with the very last request, after all had been told, Steward is started again. */
  async settle(): Promise<void> {
    this.#countdown = Number.POSITIVE_INFINITY;
    if (!this.#fired) return;
    await this.death;
    await this.start();
  }

  /** How many requests there were since the switch was armed. */
  get seen(): number {
    return this.#seen;
  }

  /** Resolves when the switch has fired; then Steward is dead and has to be started. */
  get death(): Promise<'killed'> {
    return this.#death.promise;
  }

  async #count(): Promise<void> {
    this.#seen += 1;
    if (this.#seen !== this.#countdown) return;
    this.#fired = true;
    await this.child?.kill();
    this.#death.resolve('killed');
  }

  async close(): Promise<void> {
    await this.child?.kill();
    for (const proxy of this.#proxies) await proxy.close();
    await this.teams.stop();
    await this.studio.close();
  }
}

/** Many crashes, each with a restart, take their time on a busy machine. */
const longMs = 15 * 60_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// The same points in the same order, so that a sample is the beginning of all.
const [times, backups] = inject('campaign') ? [25, 12] : [10, 5];

describe('on PGlite', () => {
  describeBattles(times, backups, async () => emptyEmbedded(await mkdtemp(join(folder, 'database-'))));
});
describeOnPostgres('on PostgreSQL', () => {
  // Mostly waits for the queue to notice who has died, so each of them has time for the others.
  describe.concurrent('with the queue’s own rescue', () => {
    describeBattles(3, 2, async () => {
      const { url } = await createTestDatabase();
      return { kind: 'postgres', url, maxConnections: 6 };
    });
  });
});

function describeBattles(times: number, backups: number, database: () => Promise<DatabaseSettings>): void {
  it(
    'an export killed at seeded points ends with a complete archive',
    async () => {
      const field = await Battlefield.prepare(await database());
      try {
        const { total, ending } = await measure(field, () => exportOnce(field));
        const expected = exceptionsOn(ending);
        const next = random(seed);
        for (let round = 0; round < times; round += 1) {
          const at = 1 + Math.floor(next() * total);
          const result = await survive(field, at, () => exportOnce(field));
          await checkArchive(field, result, expected, `round ${round}, killed at request ${at} of ${total}`);
        }
      } finally {
        await field.close();
      }
    },
    longMs,
  );

  it(
    'a deletion killed at seeded points deletes and reports once',
    async () => {
      const field = await Battlefield.prepare(await database());
      try {
        const next = random(seed + 1);
        await upload(field, 'first.csv');
        const { total } = await measure(field, () => deleteOnce(field, 'first.csv'));
        for (let round = 0; round < times; round += 1) {
          const name = `victim-${round}.csv`;
          await field.settle();
          await upload(field, name);
          const at = 1 + Math.floor(next() * total);
          const context = `round ${round}, killed at request ${at} of ${total}`;
          const receipt = await survive(field, at, () => deleteOnce(field, name));
          expect(cardText(receipt.card), context).toContain('Checked with a fresh list');
          // Reported once: one card says so, and it is the one that the preview became.
          const receipts = field.teams
            .messages(personalChat(alex))
            .filter(({ card }) => receiptOf(name).test(cardText(card)));
          expect(receipts.length, context).toBe(1);
          const calls = await deletions(field);
          // Asked at most once more than once: by the run that died and by the one that could not know its answer.
          expect(calls.length, context).toBeLessThanOrEqual(2);
          expect(calls.length, context).toBeGreaterThanOrEqual(1);
        }
      } finally {
        await field.close();
      }
    },
    longMs,
  );

  it(
    'a backup and deletion killed at seeded points, from the first word on, loses neither',
    async () => {
      const field = await Battlefield.prepare(await database());
      try {
        const next = random(seed + 2);
        await upload(field, 'rehearsal.csv');
        field.armAt(Number.POSITIVE_INFINITY);
        await backUpAndDelete(field, 'rehearsal.csv');
        const total = field.seen;
        for (let round = 0; round < backups; round += 1) {
          const name = `kept-${round}.csv`;
          await field.settle();
          await upload(field, name);
          const at = 1 + Math.floor(next() * total);
          const context = `round ${round}, killed at request ${at} of ${total}`;
          field.armAt(at);
          const receipt = await backUpAndDelete(field, name);
          const [link] = linksOf(receipt);
          const archive = await unzip(Buffer.from(await (await fetch(link ?? '')).arrayBuffer()));
          expect(archive.get(`datasets/${name}`)?.toString(), context).toBe(uploaded);
          expect(cardText(receipt.card), context).toContain('Checked with a fresh list');
        }
      } finally {
        await field.close();
      }
    },
    longMs,
  );
}

/** The whole way of "Export first, then delete", as a patient person goes it while Steward dies once somewhere. */
async function backUpAndDelete(field: Battlefield, name: string): Promise<PostedMessage> {
  const { teams } = field;
  const title = `Delete “${name}” from “Churn Lab”?`;
  const recover = async <Card>(wait: () => Promise<Card>, again: () => Promise<unknown>): Promise<Card> => {
    const first = await Promise.race([wait(), field.death]);
    if (first !== 'killed') return first as Card;
    await field.start();
    await again();
    return wait();
  };
  const id = randomUUID();
  const say = () => teams.write(alex, `delete dataset "${name}"`, { id }).catch(() => undefined);
  await say();
  // Teams delivers a message that was not taken again, under the same id; one that was taken gives no second request.
  const preview = await recover(() => cardFor(teams, alex, title), say);
  const confirm = () => pressButton(teams, alex, preview, 'Export first').catch(() => undefined);
  await confirm();
  return recover(() => cardFor(teams, alex, receiptOf(name)), confirm);
}

/** Requests that one undisturbed run makes, from the confirmation to its last card. */
async function measure(
  field: Battlefield,
  run: () => Promise<Started>,
): Promise<{ total: number; ending: PostedMessage }> {
  const { confirm, ended } = await run();
  field.armAt(Number.POSITIVE_INFINITY);
  await confirm();
  const ending = await ended();
  return { total: field.seen, ending };
}

/** Runs once with Steward killed at the given request and started again. */
async function survive(field: Battlefield, at: number, run: () => Promise<Started>): Promise<PostedMessage> {
  await field.settle();
  const { confirm, ended } = await run();
  field.armAt(at);
  // The press itself may be what the crash interrupts; a person presses again.
  await confirm().catch(() => undefined);
  const first = await Promise.race([field.death, ended()]);
  if (first !== 'killed') {
    // A kill at a request that follows the last card must not fall into what the test asks next.
    await field.settle();
    return first;
  }
  await field.start();
  await confirm().catch(() => undefined);
  return ended();
}

/** A request that waits for its confirmation. */
interface Started {
  confirm(): Promise<unknown>;
  /** Resolves with the card that tells the end. */
  ended(): Promise<PostedMessage>;
}

async function exportOnce({ teams }: Battlefield): Promise<Started> {
  const { preview, id } = await ask(teams, 'export workspace "Churn Lab"', 'Export “Churn Lab”?');
  return {
    confirm: () => pressButton(teams, alex, preview, 'Export'),
    ended: () => cardFor(teams, alex, id, 'is ready'),
  };
}

async function deleteOnce(field: Battlefield, name: string): Promise<Started> {
  const { teams } = field;
  await fetch(`${field.studio.url}/_control/log`, { method: 'DELETE' });
  const { preview } = await ask(teams, `delete dataset "${name}"`, `Delete “${name}” from “Churn Lab”?`);
  return {
    confirm: () => pressButton(teams, alex, preview, 'Delete'),
    ended: () => cardFor(teams, alex, receiptOf(name)),
  };
}

/** The title of a receipt; where the answer of the call died with its process, it does not claim the deletion. */
function receiptOf(name: string): RegExp {
  const escaped = name.replaceAll('.', '\\.');
  return new RegExp(`Deleted “${escaped}”|“${escaped}” is gone from`, 'u');
}

async function ask(teams: Teams, sentence: string, title: string): Promise<{ preview: PostedMessage; id: string }> {
  const before = new Set(teams.messages(personalChat(alex)).map(({ id }) => id));
  await teams.write(alex, sentence);
  const preview = await teams.waitFor(
    personalChat(alex),
    ({ id, card }) => !before.has(id) && cardText(card).includes(title),
  );
  return { preview, id: /DSR-\d+/u.exec(cardText(preview.card))?.[0] ?? '' };
}

/** What could not be exported, as the card names it; some things never can, crash or not. */
function exceptionsOn({ card }: PostedMessage): string {
  return /\d+ exceptions?/u.exec(cardText(card))?.[0] ?? 'none';
}

/** The links on all pages of a result; its parts are more than fit on one. */
async function linksOnAllPages({ teams }: Battlefield, result: PostedMessage): Promise<string[]> {
  const links = new Map<string, string>();
  for (let message = result; ; ) {
    const fresh = linksOf(message).filter((link) => !links.has(new URL(link).pathname));
    for (const link of fresh) links.set(new URL(link).pathname, link);
    if (fresh.length === 0 || !buttons(message.card).some(({ title }) => title === 'Next')) return [...links.values()];
    const { body } = await pressButton(teams, alex, message, 'Next');
    message = { ...message, card: (body?.value ?? null) as PostedMessage['card'] };
  }
}

async function checkArchive(
  field: Battlefield,
  result: PostedMessage,
  expected: string,
  context: string,
): Promise<void> {
  expect(exceptionsOn(result), context).toBe(expected);
  const links = await linksOnAllPages(field, result);
  expect(links.length, context).toBeGreaterThan(1);
  const seen = new Map<string, string>();
  let listed: { part: number; path: string; sha256: string; complete: boolean }[] = [];
  for (const [index, link] of links.entries()) {
    const response = await fetch(link);
    expect(response.status, context).toBe(200);
    const files = await unzip(Buffer.from(await response.arrayBuffer()));
    for (const [path, content] of files) {
      seen.set(`${index + 1}/${path}`, createHash('sha256').update(content).digest('hex'));
    }
    listed = JSON.parse(files.get('manifest.json')?.toString() ?? '{}').files;
  }
  expect(listed.length, context).toBeGreaterThan(5);
  // The files of the workspace itself are there once, whatever part was being written.
  expect(
    [...seen.keys()].filter((path) => path.endsWith('workspace/settings.json')),
    context,
  ).toEqual(['1/workspace/settings.json']);
  for (const file of listed) {
    expect(file.complete, context).toBe(true);
    expect(seen.get(`${file.part}/${file.path}`), `${context}: ${file.path}`).toBe(file.sha256);
  }
}

/** What every uploaded file holds. */
const uploaded = 'a,b\n1,2\n';

async function upload({ studio }: Battlefield, name: string): Promise<void> {
  const { workspaceId, token } = studio.workspace('Churn Lab');
  const headers = { 'x-ms-metaanalytics-authorizationtoken': token, 'content-type': 'application/json' };
  const post = async (path: string, body: string) => {
    const response = await fetch(`${studio.url}/api/${path}`, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    return response.json();
  };
  const { Id } = (await post(
    `resourceuploads/workspaces/${workspaceId}/?userStorage=true&dataTypeId=GenericCSV`,
    'a,b\n1,2\n',
  )) as { Id: string };
  await post(
    `workspaces/${workspaceId}/datasources`,
    JSON.stringify({
      DataSource: {
        Name: name,
        DataTypeId: 'GenericCSV',
        Description: '',
        FamilyId: null,
        Owner: 'R',
        SourceOrigin: 'FromResourceUpload',
      },
      UploadId: Id,
      UploadedFromFileName: name,
      ClientPoll: true,
    }),
  );
}

async function deletions({ studio }: Battlefield): Promise<unknown[]> {
  const log = (await (await fetch(`${studio.url}/_control/log`)).json()) as { method: string }[];
  return log.filter(({ method }) => method === 'DELETE');
}

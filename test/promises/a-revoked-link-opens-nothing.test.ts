import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient, type ContainerClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import type { DatabaseSettings } from '../../src/database/connection.ts';
import { type ChatPerson, chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { type StewardChild, startStewardChild } from '../harness/child.ts';
import { type CountingProxy, startCountingProxy } from '../harness/counting-proxy.ts';
import { emptyEmbedded } from '../harness/databases.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { cardFor, cardSaying, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat, Teams } from '../harness/teams.ts';
import { alex, megan, settingsFor, startWorld, type World } from '../harness/world.ts';

const replace = 'New link, old one stops working';
const remove = 'Remove the archive';
const revoked = /Links that were handed out before .* no longer work/u;

/** A shared queue takes its time to notice that a worker is dead. */
const longMs = 5 * 60_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-revoked-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const embedded = async () => emptyEmbedded(await mkdtemp(join(folder, 'database-')));
const server = async (): Promise<DatabaseSettings> => {
  const { url } = await createTestDatabase();
  return { kind: 'postgres', url, maxConnections: 6 };
};

describe('on PGlite', () => {
  promises(embedded);
  describeCrashes(embedded, ['a copy', 'the copies are recorded', 'the old ones are deleted', 'that is checked']);
});
describeOnPostgres('on PostgreSQL', () => {
  promises(server);
  describeCrashes(server, ['the copies are recorded', 'the old ones are deleted']);
});

/** An export in somebody's own chat, and what its card and its link give. */
interface Exported {
  readonly id: string;
  readonly result: PostedMessage;
  readonly link: string;
  readonly bytes: Buffer;
}

async function exported(teams: Teams, person: ChatPerson, sentence: string, title: string): Promise<Exported> {
  const before = new Set(teams.messages(personalChat(person)).map(({ id }) => id));
  await teams.write(person, sentence);
  const preview = await teams.waitFor(
    personalChat(person),
    ({ id, card }) => !before.has(id) && cardText(card).includes(title),
  );
  await pressButton(teams, person, preview, 'Export');
  const result = await teams.waitFor(
    preview.conversationId,
    ({ id, card }) => id === preview.id && linksIn(card).length > 0,
  );
  const link = linksOf(result)[0] ?? '';
  const { status, bytes } = await open(link);
  expect(status).toBe(200);
  return { id: /DSR-\d+/u.exec(cardText(result.card))?.[0] ?? '', result, link, bytes };
}

function linksIn(card: PostedMessage['card']): string[] {
  return linksOf({ card } as PostedMessage);
}

async function open(link: string): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(link);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The question what to do about the links of a request, asked anew. */
async function question(teams: Teams, person: ChatPerson, sentence: string, id: string): Promise<PostedMessage> {
  const before = new Set(teams.messages(personalChat(person)).map((each) => each.id));
  await teams.write(person, sentence);
  return teams.waitFor(
    personalChat(person),
    (message) => !before.has(message.id) && cardText(message.card).includes(`Make the links of ${id} stop working?`),
  );
}

function promises(database: () => Promise<DatabaseSettings>): void {
  describe('the only link of a person', () => {
    let world: World;
    beforeAll(async () => {
      world = await startWorld({ database: await database() });
    });
    afterAll(() => world.close());

    it('opens nothing once it is revoked, while a new one opens the same archive until the same day', async () => {
      const { teams } = world;
      const first = await exported(teams, alex, 'export workspace "Churn Lab"', 'Export “Churn Lab”?');
      const asked = await question(teams, alex, 'revoke the download link', first.id);
      const words = cardText(asked.card);
      expect(words).toMatch(/Exported: everything in “Churn Lab”: 1 zip file, .*, with \d+ files in it\./u);
      expect(words).toMatch(/There have been links since .* The archive is kept until/u);
      // The question alone changes nothing.
      expect((await open(first.link)).status).toBe(200);

      const pressed = await pressButton(teams, alex, asked, replace);
      expect(cardText(pressed.body?.value as PostedMessage['card'])).toContain('Replacing the links');
      const done = await cardFor(teams, alex, first.id, revoked);
      expect([403, 404]).toContain((await open(first.link)).status);
      const [link = ''] = linksOf(done);
      expect(new URL(link).pathname).not.toBe(new URL(first.link).pathname);
      const again = await open(link);
      expect(again.status).toBe(200);
      expect(again.bytes.equals(first.bytes)).toBe(true);
      expect(keptUntil(done)).toMatch(/20\d\d/u);
      expect(keptUntil(done)).toBe(keptUntil(first.result));
      // The card stands where the person looks, and the message with the old links has none.
      expect(done.id).not.toBe(first.result.id);
      await teams.waitFor(personalChat(alex), ({ id, card }) => id === first.result.id && linksIn(card).length === 0);
    });
  });

  describe('a revoked link', () => {
    let world: World;
    let first: Exported;
    beforeAll(async () => {
      world = await startWorld({ database: await database() });
    });
    beforeEach(async () => {
      first = await exported(world.teams, alex, 'export workspace "Churn Lab"', 'Export “Churn Lab”?');
    });
    afterEach(() => expect(world.log.join('\n')).not.toMatch(/sig=[^*]|part-001\.zip/u));
    afterAll(() => world.close());

    it('is asked for in vain by others, who learn nothing, and where others read along', async () => {
      const { teams } = world;
      await teams.write(megan, `revoke the link of ${first.id}`);
      const refused = await cardFor(teams, megan, `I cannot find ${first.id} among your requests`);
      expect(cardText(refused.card)).not.toMatch(/Churn Lab|Alex/u);
      const group = { conversation: 'group', kind: 'groupChat' } as const;
      await teams.write(alex, `revoke the link of ${first.id}`, group);
      const shared = await cardSaying(teams, 'group', 'only in our personal chat');
      expect(JSON.stringify(shared.card)).not.toMatch(/DSR-\d|Churn Lab/u);

      const asked = await question(teams, alex, `revoke the link of ${first.id}`, first.id);
      for (const title of [replace, remove, 'Keep']) {
        const { status, body } = await pressButton(teams, megan, asked, title);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).toMatch(/Only the person who made this request|cannot show/u);
      }
      expect((await open(first.link)).status).toBe(200);
      const kept = await pressButton(teams, alex, asked, 'Keep the link');
      expect(cardText(kept.body?.value as PostedMessage['card'])).toContain('I changed nothing');
      expect((await open(first.link)).status).toBe(200);
    });

    it('is revoked once, however often the button is pressed, and not by an outdated card', async () => {
      const { teams } = world;
      const asked = await question(teams, alex, `revoke the link of ${first.id}`, first.id);
      await Promise.all([pressButton(teams, alex, asked, replace), pressButton(teams, alex, asked, replace)]);
      const done = await teams.waitFor(
        personalChat(alex),
        ({ card }) =>
          linksIn(card).length > 0 &&
          !linksIn(card).includes(first.link) &&
          cardText(card).includes(first.id) &&
          revoked.test(cardText(card)),
      );
      expect([403, 404]).toContain((await open(first.link)).status);
      const [link = ''] = linksOf(done);
      // Once more, long after, and another button of the same card.
      await pressButton(teams, alex, asked, replace);
      await pressButton(teams, alex, asked, remove);
      await cardFor(teams, alex, 'This card was out of date, so nothing was done.');
      expect((await open(link)).status).toBe(200);
    });

    it('is not said to be dead while it opens something, and has no successor until then', async () => {
      const { teams } = world;
      // A lease that somebody holds on the old blob keeps it from being deleted.
      const blob = new URL(first.link).pathname.split('/').slice(-3).join('/');
      const lease = containerOf(world.settings).getBlobClient(blob).getBlobLeaseClient();
      await lease.acquireLease(-1);
      const asked = await question(teams, alex, `revoke the link of ${first.id}`, first.id);
      await pressButton(teams, alex, asked, replace);
      const stuck = await cardFor(teams, alex, first.id, 'Storage refused the request', 'the old links may still work');
      expect(linksIn(stuck.card)).toEqual([]);
      expect(cardText(stuck.card)).not.toContain('no longer work');
      expect((await open(first.link)).status).toBe(200);
      await teams.write(alex, `new link for ${first.id}`);
      await cardFor(teams, alex, `The links of ${first.id} are being revoked at the moment`);
      await lease.releaseLease();
      const done = await teams.waitFor(
        personalChat(alex),
        ({ card }) =>
          linksIn(card).length > 0 &&
          !linksIn(card).includes(first.link) &&
          cardText(card).includes(first.id) &&
          revoked.test(cardText(card)),
      );
      expect([403, 404]).toContain((await open(first.link)).status);
      expect((await open(linksOf(done)[0] ?? '')).status).toBe(200);
    });

    it('is asked about when several exports have an archive', async () => {
      const { teams } = world;
      const second = await exported(teams, alex, 'export dataset churn.csv', 'Export “churn.csv”');
      await teams.write(alex, 'revoke the download link');
      const which = await cardFor(teams, alex, 'Several of your exports', `revoke the link of ${second.id}`);
      expect(cardText(which.card)).toContain(`revoke the link of ${first.id}`);
      expect((await open(second.link)).status).toBe(200);
    });

    it('opens nothing once the archive is removed, and there is no new one', async () => {
      const { teams } = world;
      const asked = await question(teams, alex, `revoke the link of ${first.id}`, first.id);
      await pressButton(teams, alex, asked, remove);
      await cardFor(teams, alex, first.id, 'has been removed from storage, so no link to it works');
      expect([403, 404]).toContain((await open(first.link)).status);
      expect(await blobsOf(world.settings, first.id)).toEqual([]);
      await teams.write(alex, `new link for ${first.id}`);
      await cardFor(teams, alex, `The archive of ${first.id} has been removed from storage. Ask for a new export.`);
      await teams.write(alex, `revoke the link of ${first.id}`);
      await cardFor(teams, alex, 'has been removed from storage, so no link to it works any more');
      await pressButton(teams, alex, asked, replace);
      expect(await blobsOf(world.settings, first.id)).toEqual([]);
    });
  });
}

/** The points at which Steward dies, by what has not been done by then. */
type Point = 'a copy' | 'the copies are recorded' | 'the old ones are deleted' | 'that is checked';

function describeCrashes(database: () => Promise<DatabaseSettings>, points: readonly Point[]): void {
  describe('a revocation', () => {
    let field: Field;
    beforeAll(async () => {
      field = await Field.prepare(await database());
    });
    afterAll(() => field.close());

    it.each(points)('is finished after a crash before %s', { timeout: longMs }, async (point) => {
      const { teams } = field;
      const made = await exported(teams, alex, 'export workspace "Churn Lab"', 'Export “Churn Lab”?');
      expect(linksOf(made.result).length).toBeGreaterThan(1);
      const asked = await question(teams, alex, `revoke the link of ${made.id}`, made.id);
      const attempt = attemptOf(made.link);
      const death = field.dieAt((call) => isBefore(point, call, `/${made.id}/${attempt}/`));
      await pressButton(teams, alex, asked, replace);
      await death;
      // Nothing is lost, whatever was done: each part can be opened by its old name or is there by its new one.
      const left = await blobsOf(field.settings, made.id);
      const parts = linksOf(made.result).map((link) => /part-\d+/u.exec(link)?.[0]);
      for (const part of parts) expect(left.some((name) => name.endsWith(`${part}.zip`))).toBe(true);

      await field.start();
      const done = await teams.waitFor(
        personalChat(alex),
        ({ card }) => cardText(card).includes(made.id) && revoked.test(cardText(card)),
        longMs / 2,
      );
      for (const link of linksOf(made.result)) expect([403, 404]).toContain((await open(link)).status);
      const [link = ''] = linksOf(done);
      const again = await open(link);
      expect(again.status).toBe(200);
      expect(again.bytes.equals(made.bytes)).toBe(true);
      const names = await blobsOf(field.settings, made.id);
      expect(new Set(names.map((name) => name.split('/')[1]))).toEqual(new Set([attemptOf(link)]));
    });
  });
}

/** Whether a call to storage is the first that comes after a point has been reached. */
function isBefore(point: Point, { method, url, deleting }: StorageCall, old: string): boolean {
  const isOld = url.includes(old);
  const isNew = !isOld && /\/DSR-\d+\/[0-9a-f-]{36}\/part-\d+\.zip/u.test(url);
  switch (point) {
    case 'a copy':
      return method === 'PUT' && isNew && url.includes('comp=blocklist');
    case 'the copies are recorded':
      return method === 'GET' && isNew;
    case 'the old ones are deleted':
      return method === 'DELETE' && isOld;
    case 'that is checked':
      return method === 'HEAD' && isOld && deleting;
  }
}

interface StorageCall {
  readonly method: string;
  readonly url: string;
  /** Whether a blob has been deleted since the trap was set. */
  readonly deleting: boolean;
}

/** Everything around a Steward that is killed at a given call to storage. */
class Field {
  readonly studio: TestEmulator;
  readonly teams: Teams;
  readonly settings: Settings;
  readonly #proxy: CountingProxy;
  #child: StewardChild | null = null;
  #fatal: ((call: StorageCall) => boolean) | null = null;
  #deleting = false;
  #death = Promise.withResolvers<void>();

  private constructor(studio: TestEmulator, teams: Teams, settings: Settings, proxy: CountingProxy) {
    this.studio = studio;
    this.teams = teams;
    this.settings = settings;
    this.#proxy = proxy;
  }

  static async prepare(database: DatabaseSettings): Promise<Field> {
    const studio = await startTestEmulator({ blobProxy: true });
    const teams = await Teams.start(chatPeople);
    const proxy = await startCountingProxy(studio.azurite.url, (method, url) => field.#pass(method, url));
    const plain = settingsFor(studio, database);
    const settings = { ...plain, storage: { ...plain.storage, accountUrl: proxy.url }, partBytes: 40_000 };
    const field = new Field(studio, teams, settings, proxy);
    await field.start();
    return field;
  }

  async start(): Promise<void> {
    this.#child = await startStewardChild(this.settings);
    this.teams.endpoint = this.#child.endpoint;
  }

  /** Kills Steward before the first call to storage that is fatal; resolves when it is dead. */
  dieAt(fatal: (call: StorageCall) => boolean): Promise<void> {
    this.#deleting = false;
    this.#death = Promise.withResolvers<void>();
    this.#fatal = fatal;
    return this.#death.promise;
  }

  async #pass(method: string, url: string): Promise<void> {
    if (this.#fatal?.({ method, url, deleting: this.#deleting })) {
      this.#fatal = null;
      await this.#child?.kill();
      this.#death.resolve();
    }
    if (method === 'DELETE') this.#deleting = true;
  }

  async close(): Promise<void> {
    await this.#child?.kill();
    await this.#proxy.close();
    await this.teams.stop();
    await this.studio.close();
  }
}

function containerOf({ storage }: Settings): ContainerClient {
  if (storage.kind !== 'key') throw new Error('not an emulator');
  const credential = new StorageSharedKeyCredential(storage.accountName, storage.accountKey);
  return new BlobServiceClient(storage.accountUrl, credential).getContainerClient(storage.container);
}

/** The blobs of a request, uncommitted ones too. */
async function blobsOf(settings: Settings, id: string): Promise<string[]> {
  const names: string[] = [];
  const listed = containerOf(settings).listBlobsFlat({ prefix: `${id}/`, includeUncommitedBlobs: true });
  for await (const { name } of listed) names.push(name);
  return names;
}

function attemptOf(link: string): string {
  return /DSR-\d+\/([0-9a-f-]{36})\//u.exec(link)?.[1] ?? '';
}

/** Until when the card says that the archive is kept. */
function keptUntil({ card }: PostedMessage): string {
  return /The archive will be removed on (.*?)\. /u.exec(`${cardText(card)} `)?.[1] ?? 'never';
}

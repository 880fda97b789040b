import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDatabaseLimits } from '../../src/database/shared-limits.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Log } from '../../src/domain/logger.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import {
  type Answer,
  json,
  type ScriptedServer,
  startScriptedServer,
  status,
} from '../sources/studio-classic/scripted-server.ts';

const idle = new AbortController().signal;
const ids = { first: 'a'.repeat(32), second: 'b'.repeat(32) } as const;
/** How long an update of the database may take. */
const updateMs = 1_000;
const usersOf = (id: string) => `GET /api/workspaces/${id}/users`;

describeOnEachDatabase('two workers that call the same host', (open) => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let warnings: string[];

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    clock = new TestClock();
    warnings = [];
  });

  /** A worker with a token for one of the workspaces. */
  function worker(server: ScriptedServer, name: keyof typeof ids, database: Pick<OpenedDatabase, 'database'> = opened) {
    const log: Log = { info: () => {}, warn: (message) => void warnings.push(message), error: () => {} };
    return createStudioSource({
      connections: [{ workspaceId: ids[name], endpoint: server.url, token: 'token', registeredBy: null }],
      clock,
      limits: createDatabaseLimits(database.database, clock, log, name),
      http: { maxConcurrentCalls: 8, maxRetries: 1 },
      random: () => 0,
    });
  }

  /** Resolves when calls wait for exactly this long, and nothing else is under way: no call, and no database update. */
  const paused = (...milliseconds: number[]) => clock.until((waits) => waits.join() === milliseconds.join());

  const call = (source: AssetSource, name: keyof typeof ids) => source.members(ids[name], idle);

  it('both pause when one is told to, for as long as it was told, and go on by themselves', async () => {
    let stops = 1;
    const moody: Answer = (response, request, nth) => {
      if (stops-- > 0) status(429, '', { 'Retry-After': '30' })(response, request, nth);
      else json([])(response, request, nth);
    };
    await using server = await startScriptedServer({ [usersOf(ids.first)]: moody, [usersOf(ids.second)]: json([]) });
    const first = worker(server, 'first');
    const second = worker(server, 'second');
    await call(second, 'second');
    expect(server.seen).toHaveLength(1);

    const told = call(first, 'first');
    await paused(30_000);
    expect(server.seen).toHaveLength(2);
    // What others were told arrives within a second.
    clock.advance(1_000);
    const heard = call(second, 'second');
    await paused(29_000, 29_000);
    clock.advance(28_000);
    expect(clock.waits).toEqual([1_000, 1_000]);
    expect(server.seen).toHaveLength(2);
    clock.advance(1_000);
    await Promise.all([told, heard]);
    expect(server.seen).toHaveLength(4);
    expect(warnings).toEqual([]);
  });

  it('share the calls that the host takes at a time, and one alone has them all again', async () => {
    const held: (() => void)[] = [];
    let most = 0;
    const hold: Answer = (response) => {
      held.push(() => response.end('[]'));
      most = Math.max(most, held.length);
    };
    await using server = await startScriptedServer({ [usersOf(ids.first)]: hold, [usersOf(ids.second)]: hold });
    const sources = { first: worker(server, 'first'), second: worker(server, 'second') };
    const release = () => {
      for (const answer of held.splice(0)) answer();
    };
    // Both have been seen before the crowd comes.
    const greetings = [call(sources.first, 'first'), call(sources.second, 'second')];
    await server.called(2);
    release();
    await Promise.all(greetings);
    clock.advance(1_000);

    most = 0;
    const crowd = (['first', 'second'] as const).flatMap((name) =>
      Array.from({ length: 12 }, () => call(sources[name], name)),
    );
    for (const calls of [10, 18, 26]) {
      await server.called(calls);
      // No update of the database is under way that could let another call go.
      await clock.until((waits) => !waits.includes(updateMs));
      expect(held).toHaveLength(8);
      release();
    }
    await Promise.all(crowd);
    expect(most).toBe(8);

    // The other one falls silent.
    clock.advance(11_000);
    most = 0;
    const alone = Array.from({ length: 8 }, () => call(sources.first, 'first'));
    await server.called(34);
    release();
    await Promise.all(alone);
  });

  it('go on by themselves when the database does not answer, and say so once', async () => {
    const broken = {
      database: {
        ...opened.database,
        db: opened.database.db.withSchema('no_such_schema'),
      },
    };
    await using server = await startScriptedServer({
      [usersOf(ids.first)]: (response, request, nth) =>
        (nth === 1 ? status(429, '', { 'Retry-After': '5' }) : json([]))(response, request, nth),
    });
    const source = worker(server, 'first', broken);
    const told = call(source, 'first');
    await paused(5_000);
    clock.advance(4_999);
    expect(clock.waits).toEqual([1]);
    expect(server.seen).toHaveLength(1);
    clock.advance(1);
    await told;
    clock.advance(20_000);
    await call(source, 'first');
    expect(server.seen).toHaveLength(3);
    expect(warnings).toEqual(['database error: rate limits are not shared between processes']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGraphGroups } from '../../src/directory/graph-groups.ts';
import { createGroupProbe } from '../../src/directory/group-probe.ts';
import { isDirectoryFailure } from '../../src/domain/service-failure.ts';
import { systemClock } from '../../src/system-clock.ts';
import { adele, alex, isaiah, megan, patti } from '../harness/world.ts';
import { type Answer, startScriptedServer } from '../sources/studio-classic/scripted-server.ts';
import { graphSettings, startTestGraph, type TestGraph } from './a-directory.ts';

const signal = new AbortController().signal;
const outer = 'a1b2c3d4-0000-4000-8000-000000000001';
const inner = 'a1b2c3d4-0000-4000-8000-000000000002';
const innermost = 'a1b2c3d4-0000-4000-8000-000000000003';

let graph: TestGraph;
beforeEach(async () => {
  graph = await startTestGraph({
    groups: [
      { id: outer, people: [alex.email, megan.email], groups: [inner] },
      { id: inner, people: [megan.email, adele.email], groups: [innermost] },
      // Groups may contain each other.
      { id: innermost, people: [patti.email], groups: [outer] },
    ],
  });
});
afterEach(() => graph.close());

const groups = () => createGraphGroups(graphSettings(graph), systemClock);
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it was answered',
    (error: unknown) => (isDirectoryFailure(error) ? error.reason : error),
  );

describe('the members of a group', () => {
  it('are everybody in it and in the groups inside it, from all pages, and no groups', async () => {
    const everybody = [alex, megan, adele, patti].map(({ objectId }) => objectId);
    expect([...(await groups().members(outer, signal))].sort()).toEqual(everybody.sort());
    expect((await graph.calls()).filter((call) => call.includes(outer)).length).toBeGreaterThan(2);
    expect(await groups().members(outer, signal)).not.toContain(isaiah.objectId);
  });

  it('are those of now', async () => {
    graph.setGroups([{ id: outer, people: [isaiah.email] }]);
    expect(await groups().members(outer, signal)).toEqual([isaiah.objectId]);
    graph.setGroups([{ id: outer, people: [] }]);
    expect(await groups().members(outer, signal)).toEqual([]);
  });

  it('are unknown, rather than nobody or a part, when Graph does not say all', async () => {
    expect(await reasonOf(groups().members('a1b2c3d4-0000-4000-8000-00000000000f', signal))).toBe('not-found');
    await graph.fault('GET', 'transitiveMembers', { kind: 'status', status: 403 }, { skip: 1 });
    expect(await reasonOf(groups().members(outer, signal))).toBe('forbidden');
  });

  it('are read without the index that lags behind, and neither without end nor from another address', async () => {
    const user = { '@odata.type': '#microsoft.graph.user', id: alex.objectId };
    const path = `/v1.0/groups/${outer}/transitiveMembers`;
    let next = '';
    const page: Answer = (response) => response.end(JSON.stringify({ value: [user], '@odata.nextLink': next }));
    await using endless = await startScriptedServer({ [`GET ${path}`]: page });
    next = `${endless.url}${path}`;
    const from = (url: string) => createGraphGroups(graphSettings({ url, token: 'token' }), systemClock);
    expect(await reasonOf(from(endless.url).members(outer, signal))).toBe('unreadable');
    expect(endless.seen.map(({ headers }) => headers.consistencylevel)).toEqual(Array(10).fill(undefined));
    await using leading = await startScriptedServer({ [`GET ${path}`]: page });
    expect(await reasonOf(from(leading.url).members(outer, signal))).toBe('unreadable');
    expect(endless.seen).toHaveLength(10);
  });
});

describe('the readiness of groups', () => {
  it('has a notice about a group that cannot be read, which says what an administrator has to do', async () => {
    const noticeOf = async (...ids: string[]) => {
      const end = new AbortController();
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const probe = createGroupProbe(groups(), ids, systemClock, log);
      const runs = probe.run(end.signal);
      await expect.poll(() => probe.current().ready, { timeout: 10_000 }).toBe(true);
      end.abort();
      await runs;
      const state = probe.current();
      return state.ready ? state.notice : state.reason;
    };
    expect(await noticeOf(outer)).toBeNull();
    expect(await noticeOf(outer, 'a1b2c3d4-0000-4000-8000-00000000000f')).toContain('There is no group a1b2c3d4');
    await graph.fault('GET', 'transitiveMembers', { kind: 'status', status: 403 });
    expect(await noticeOf(outer)).toContain('GroupMember.Read.All');
  });
});

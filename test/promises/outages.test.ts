import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { cardText } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

/** Has Studio misbehave; the emulator's control endpoint takes the rules. */
async function faults(world: World, rules: readonly object[]): Promise<void> {
  const response = await fetch(`${world.studio.url}/_control/faults`, {
    method: rules.length > 0 ? 'POST' : 'DELETE',
    ...(rules.length > 0 ? { body: JSON.stringify(rules), headers: { 'content-type': 'application/json' } } : {}),
  });
  expect(response.ok).toBe(true);
}

const health = (world: World) => fetch(`http://127.0.0.1:${world.steward.port}/readyz`);

describe('when Studio', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it.each([
    ['slows everybody down (429 with Retry-After)', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
    ['fails (500)', { kind: 'status', status: 500 }],
    ['is unavailable (503)', { kind: 'status', status: 503 }],
    ['breaks connections', { kind: 'reset' }],
    ['cuts bodies short', { kind: 'truncate', bytes: 20 }],
    ['answers with HTML', { kind: 'html' }],
    ['answers with broken JSON', { kind: 'malformed' }],
  ])('%s for a while, the export still ends complete', async (_case, fault) => {
    const { teams } = world;
    await faults(world, [{ match: { method: 'GET', pathPattern: 'datasources' }, fault, times: 3 }]);
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    await faults(world, [{ match: { method: 'GET' }, fault, times: 3 }]);
    await pressButton(teams, alex, preview, 'Export');
    const result = await cardFor(teams, alex, 'is ready');
    expect((await fetch(linksOf(result)[0] ?? '')).status).toBe(200);
    await faults(world, []);
    teams.forget(result.id);
  });

  it.each([
    ['refuses the token (401)', 401, /token|key|owner/iu],
    ['forbids it (403)', 403, /not allow|forbid|may not|right|refused/iu],
  ])('%s, the person is told in words what to do', async (_case, status, words) => {
    const { teams } = world;
    await faults(world, [{ match: { method: 'GET', pathPattern: 'datasources' }, fault: { kind: 'status', status } }]);
    await teams.write(alex, 'export workspace "Churn Lab"');
    const told = await cardFor(teams, alex, 'not possible', words);
    expect(cardText(told.card)).not.toMatch(/\b40[13]\b.*\{|Error:/u);
    await faults(world, []);
    teams.forget(told.id);
  });

  it('refuses a deletion of one asset (409), the others go and that one is named', async () => {
    const { teams } = world;
    await faults(world, [
      { match: { method: 'DELETE', pathPattern: 'datasources' }, fault: { kind: 'status', status: 409 }, times: 1 },
    ]);
    await teams.write(megan, 'delete datasets labels.csv and chargebacks.tsv in workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'from “Fraud Detection”?', 'labels.csv', 'chargebacks.tsv');
    await pressButton(teams, megan, preview, 'Delete');
    const receipt = await cardFor(teams, megan, 'Finished', /[Nn]ot deleted|[Kk]ept/u);
    const text = cardText(receipt.card);
    expect(text).toContain('labels.csv');
    expect(text).toContain('chargebacks.tsv');
    await faults(world, []);
    teams.forget(receipt.id);
  });
});

describe('when Studio, at one asset,', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('fails for ever (500), the others go and that one is named', async () => {
    const { teams, studio } = world;
    const { workspaceId } = studio.workspace('Fraud Detection');
    const source = createStudioSource({ connections: studio.registrations(), clock: systemClock });
    const listed = await Array.fromAsync(source.list(workspaceId, 'dataset', AbortSignal.timeout(30_000)));
    const broken = listed.find(({ name }) => name === 'transactions.csv');
    await faults(world, [
      { match: { method: 'DELETE', pathPattern: broken?.familyId }, fault: { kind: 'status', status: 500 } },
    ]);
    await teams.write(
      megan,
      `delete datasets ${listed.map(({ name }) => name).join(', ')} in workspace "Fraud Detection"`,
    );
    const preview = await cardFor(teams, megan, 'from “Fraud Detection”?', 'transactions.csv');
    await pressButton(teams, megan, preview, 'Delete');
    const receipt = await cardFor(teams, megan, 'Finished', 'transactions.csv', 'Studio had an internal error');
    await faults(world, []);
    const left = await Array.fromAsync(source.list(workspaceId, 'dataset', AbortSignal.timeout(30_000)));
    expect(left.map(({ name }) => name)).toEqual(['transactions.csv']);
    teams.forget(receipt.id);
  });
});

describe('when Blob Storage', () => {
  it('is away in the middle, the person is told, and the export ends by itself when it is back', async () => {
    let wire: TcpProxy | null = null;
    const world = await startWorld({
      prepare: async (settings, { azurite }) => {
        wire = await startTcpProxy(Number(new URL(azurite.url).port));
        const accountUrl = azurite.url.replace(/:\d+\//u, `:${wire.port}/`);
        return { ...settings, storage: { ...settings.storage, accountUrl } };
      },
    });
    const cable = wire as TcpProxy | null;
    if (!cable) throw new Error('no wire');
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    await cable.cut();
    expect(await (await health(world)).json()).toMatchObject({ storage: false, database: true });
    await pressButton(teams, alex, preview, 'Export');
    await teams.write(alex, 'status');
    await cardFor(teams, alex, /storage/iu, /does not answer|not reach/iu);
    await cable.mend();
    await cardFor(teams, alex, 'is ready');
    expect((await health(world)).status).toBe(200);
    await world.close();
    await cable.close();
  });
});

describeOnPostgres('when the database', () => {
  it('is away at the start and in the middle, readiness and people are told, and work goes on by itself', async () => {
    const own = await createTestDatabase();
    const server = new URL(own.url);
    const wire = await startTcpProxy(Number(server.port));
    server.hostname = '127.0.0.1';
    server.port = String(wire.port);
    await wire.cut();
    const world = await startWorld({
      database: { kind: 'postgres', url: server.href, maxConnections: 4 },
      awaitReady: false,
    });
    const { teams } = world;
    expect((await health(world)).status).toBe(503);
    expect((await teams.write(alex, 'help')).status).toBe(200);
    await teams.waitFor('personal-chat-of-user-id-0', ({ text }) => text.includes('still starting'));
    await wire.mend();
    await world.steward.ready;
    // What was found is believed for two seconds of real time, so readiness is asked until it has changed.
    const becomes = (status: number) =>
      expect.poll(async () => (await health(world)).status, { timeout: 30_000 }).toBe(status);
    await becomes(200);

    await wire.cut();
    await becomes(503);
    expect((await teams.write(alex, 'help')).status).toBe(200);
    await teams.waitFor('personal-chat-of-user-id-0', ({ text }) => text.includes('went wrong on my side'));
    await wire.mend();
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    await pressButton(teams, alex, preview, 'Export');
    await cardFor(teams, alex, 'is ready');
    await world.close();
    await wire.close();
    await own.drop();
  });
});

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createLeapingClock, type LeapingClock } from '../harness/leaping-clock.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';

const minute = 60_000;

/** What an exception would say of a file that was given up because Studio was away; others are Studio's own limits. */
const becauseOfOutage = /not answered|too many requests|internal error|not be reached|was lost|broke off/u;

describeOnPostgres('when Studio is away for twenty minutes in the middle of the work', () => {
  let own: TestDatabase;
  let clock: LeapingClock;
  let world: World;

  beforeAll(async () => {
    own = await createTestDatabase();
    clock = createLeapingClock(own.url);
    world = await startWorld({ database: { kind: 'postgres', url: own.url, maxConnections: 6 }, clock });
  });
  afterEach(async () => {
    await control('DELETE', 'faults');
  });
  afterAll(async () => {
    await world.close();
    await own.drop();
  });

  async function control(method: string, what: 'faults' | 'log', body?: object): Promise<Response> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${world.studio.url}/_control/${what}`, { method, ...content });
    expect(answer.ok).toBe(true);
    return answer;
  }

  /** From the given call on, every call to Studio and to its storage goes wrong in this way. */
  const goesWrong = (fault: object, skip: number) => control('POST', 'faults', [{ match: {}, fault, skip }]);

  /** Calls that reached Studio since the log was cleared. */
  const calls = async (): Promise<number> => ((await (await control('GET', 'log')).json()) as object[]).length;

  /** Lets twenty minutes pass in steps; Studio is asked something in each. Returns how many calls reached it. */
  async function twentyMinutes(stepMs: number): Promise<number> {
    await control('DELETE', 'log');
    for (let passed = 0; passed < 20 * minute; passed += stepMs) {
      const before = await calls();
      await clock.leap(stepMs);
      // Studio's log is asked until the call is in it, since it tells nobody.
      await expect.poll(calls, { timeout: 20_000 }).toBeGreaterThan(before);
    }
    return calls();
  }

  it('with an export and a deletion under way, both are told, hardly a call is made, and both end right', async () => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    await teams.write(megan, 'delete datasets labels.csv and chargebacks.tsv in workspace "Fraud Detection"');
    const exportPreview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    const deletePreview = await cardFor(teams, megan, 'from “Fraud Detection”?', 'labels.csv', 'chargebacks.tsv');

    // Both have begun when the lights go out.
    await control('DELETE', 'log');
    await goesWrong({ kind: 'status', status: 503 }, 12);
    await pressButton(teams, alex, exportPreview, 'Export');
    await pressButton(teams, megan, deletePreview, 'Delete');
    const told = /Studio has not worked since .* Nothing is lost/u;
    await Promise.all([cardFor(teams, alex, told, 'press Stop'), cardFor(teams, megan, told, 'press Stop')]);
    expect(await calls()).toBeGreaterThan(12);

    // A look after each pause of a minute at the most, by one call, whoever and however many wait.
    const steps = 10;
    const made = await twentyMinutes(2 * minute);
    expect(made).toBeLessThanOrEqual(steps + 2);

    const before = await calls();
    await teams.write(alex, 'list my datasets');
    await cardFor(teams, alex, /Studio has not worked since \d\d:\d\d UTC/u, 'Nothing was changed');
    expect(await calls()).toBe(before);

    await control('DELETE', 'faults');
    await clock.leap(minute + 1_000);
    const result = await cardFor(teams, alex, 'is ready');
    const receipt = await cardFor(teams, megan, 'labels.csv', 'chargebacks.tsv', /receipt|Finished|deleted/iu);
    expect(cardText(result.card)).not.toMatch(becauseOfOutage);
    expect(cardText(receipt.card)).not.toMatch(/[Nn]ot deleted|[Kk]ept/u);
    teams.forget(result.id);
    teams.forget(receipt.id);
  });

  it('with an export under way, its stop is heard without waiting for Studio', async () => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    await goesWrong({ kind: 'reset' }, 6);
    await pressButton(teams, alex, preview, 'Export');
    const waiting = await cardFor(teams, alex, /Studio.* has not worked since .* Nothing is lost/u);
    await pressButton(teams, alex, waiting, 'Stop');
    const stopped = await cardFor(teams, alex, /[Cc]ancelled|[Ss]topped/u);
    expect(world.log.some((line) => line.includes('a host does not answer'))).toBe(true);
    teams.forget(stopped.id);
    await control('DELETE', 'faults');
    await clock.leap(minute);
  });

  it('by asking everybody to slow down for thirty seconds each time, the export waits and ends complete', async () => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    await goesWrong({ kind: 'status', status: 429, headers: { 'Retry-After': '30' } }, 6);
    await pressButton(teams, alex, preview, 'Export');
    const steps = 20;
    const made = await twentyMinutes(minute);
    await cardFor(teams, alex, 'Studio', 'got too many requests', 'I keep trying');
    // At first as many as had been on their way, then one after each pause.
    expect(made).toBeLessThanOrEqual(2 * steps);

    await control('DELETE', 'faults');
    await clock.leap(minute);
    const result = await cardFor(teams, alex, 'is ready');
    expect(cardText(result.card)).not.toMatch(becauseOfOutage);
  });
});

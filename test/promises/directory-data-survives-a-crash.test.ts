import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { systemClock } from '../../src/system-clock.ts';
import { startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { type StewardChild, startStewardChild } from '../harness/child.ts';
import { emptyEmbedded } from '../harness/databases.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, Teams } from '../harness/teams.ts';
import { alex, megan, settingsFor } from '../harness/world.ts';

let folder: string;
let studio: TestEmulator;
let graph: TestGraph;
let teams: Teams;
let settings: Settings;
let child: StewardChild;

/** Graph takes longer for an answer than Steward lives. */
const longerThanItLives = 600_000;
let takesLong: PromiseWithResolvers<void>;
/** Graph's clock, which says when such an answer is due. */
const clock: Clock = {
  now: systemClock.now,
  wait: (milliseconds, signal) => {
    if (milliseconds === longerThanItLives) takesLong.resolve();
    return systemClock.wait(milliseconds, signal);
  },
};

const startSteward = async (): Promise<void> => {
  child = await startStewardChild(settings);
  teams.endpoint = child.endpoint;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-crash-'));
  studio = await startTestEmulator();
  graph = await startTestGraph({ clock });
  teams = await Teams.start(chatPeople);
  const plain = settingsFor(studio, await emptyEmbedded(join(folder, 'database')));
  settings = {
    ...plain,
    directoryExport: { kind: 'fixed-token', endpoint: graph.url, token: graph.token },
    requests: { ...plain.requests, firstPollMs: 100 },
  };
  await startSteward();
});
afterAll(async () => {
  await child.kill();
  await teams.stop();
  await graph.close();
  await studio.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await graph.clearFaults();
  await graph.clearCalls();
});

const confirmed = async (): Promise<PostedMessage> => {
  await teams.write(megan, 'export the directory data of alexw@example.com');
  const preview = await cardFor(teams, megan, 'Export the directory data of “Alex Wilber”?');
  await pressButton(teams, megan, preview, 'Start the export');
  return preview;
};
const became = ({ id, conversationId }: PostedMessage, text: string): Promise<PostedMessage> =>
  teams.waitFor(conversationId, (message) => message.id === id && cardText(message.card).includes(text));
const started = () => graph.startedFor(alex.objectId);

describe('when Steward dies', () => {
  it('between asking Graph and writing down its answer, it says so and does not ask twice', async () => {
    const before = started();
    takesLong = Promise.withResolvers();
    await graph.fault('POST', 'exportPersonalData', { kind: 'latency', milliseconds: longerThanItLives });
    const card = await confirmed();
    await takesLong.promise;
    expect((await graph.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(1);
    await child.kill();
    await graph.clearFaults();
    await startSteward();
    const doubt = await became(card, 'Was the export of “Alex Wilber” started?');
    expect(cardText(doubt.card)).toContain('I do not start it a second time by myself');
    expect((await graph.calls()).filter((call) => call.startsWith('POST'))).toHaveLength(1);
    expect(started() - before).toBeLessThanOrEqual(1);
  });

  it('while an operation is followed, it follows on', async () => {
    const before = started();
    graph.behaviour.polls = 8;
    const card = await confirmed();
    await became(card, 'Microsoft Graph is working on it');
    await child.kill();
    await startSteward();
    const result = await became(card, 'The directory data of “Alex Wilber” is ready');
    expect(started() - before).toBe(1);
    expect((await fetch(linksOf(result)[0] ?? '')).status).toBe(200);
  });
});

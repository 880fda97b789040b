import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseSettings, openDatabase } from '../../src/database/connection.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { anchorOf, nextDues } from '../../src/domain/recurrence-rule.ts';
import { type ChatPerson, chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { createLog } from '../../src/log.ts';
import { type Running, start } from '../../src/main.ts';
import { emptyEmbedded } from '../harness/databases.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { createLeapingClock } from '../harness/leaping-clock.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { cardFor, linksOf } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat, Teams } from '../harness/teams.ts';
import { adele, alex, hurriedClock, megan, settingsFor } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

const day = 24 * 3_600_000;
const minute = 60_000;
const timeZone = 'Europe/Berlin';

/** A Steward whose time a test moves, and what is around it. */
interface Place {
  readonly teams: Teams;
  readonly studio: TestEmulator;
  readonly clock: Clock;
  /** Moves on to a moment; the embedded database is closed meanwhile, like a worker that was down. */
  moveTo(moment: number): Promise<void>;
  close(): Promise<void>;
}

/** Moves the clock of the job queue, too. pg-boss reads it through this function, which exists in order to be replaced. */
async function moveQueue(settings: DatabaseSettings, ahead: number): Promise<void> {
  const database = await openDatabase(settings, () => undefined);
  await sql
    .raw(`create or replace function queue.job_now() returns timestamp with time zone
      language sql stable as $$ select pg_catalog.now() + interval '${ahead} milliseconds' $$`)
    .execute(database.db);
  await database.close();
}

/** With `leaping`, time moves while Steward runs; without, it is stopped meanwhile. */
async function setUp(
  database: DatabaseSettings,
  leaping: ReturnType<typeof createLeapingClock> | null,
): Promise<Place> {
  const studio = await startTestEmulator({ blobProxy: true });
  const teams = await Teams.start(chatPeople);
  let ahead = 0;
  const clock: Clock = leaping ?? { now: () => hurriedClock.now() + ahead, wait: hurriedClock.wait };
  const plain = settingsFor(studio, database);
  // A question stays open for longer than the time between two runs.
  const requests = { ...plain.requests, waitsForPeopleMs: 30 * day, maxMessageBurst: 1_000 };
  const settings = { ...plain, requests };
  const log = createLog('error', { write: () => undefined });
  let steward: Running;
  const begin = async () => {
    steward = await start(settings, clock, log);
    teams.endpoint = `http://127.0.0.1:${steward.port}/api/messages`;
    await steward.ready;
  };
  await begin();
  return {
    teams,
    studio,
    clock,
    moveTo: async (moment) => {
      const by = moment - clock.now();
      if (leaping !== null) return leaping.leap(by);
      await steward.stop();
      ahead += by;
      await moveQueue(database, ahead);
      await begin();
    },
    close: async () => {
      await steward.stop();
      await teams.stop();
      await studio.close();
    },
  };
}

/** Says what the reader makes of a sentence, as its button does. */
function say(teams: Teams, person: ChatPerson, intent: string, slots: object, more: object = {}) {
  const reading = JSON.stringify({ intent, slots });
  return teams.press(person, { reading }, { verb: 'meant', more: { localTimezone: timeZone }, ...more });
}

interface ScheduleButton {
  readonly title: string;
  readonly data: { readonly schedule: number; readonly version: number; readonly choice: string };
}

/** The buttons about schedules on a card. */
function scheduleButtons(card: unknown): ScheduleButton[] {
  const found: ScheduleButton[] = [];
  JSON.stringify(card, (_key, node) => {
    if (node?.verb === 'schedule') found.push({ title: node.title, data: node.data });
    return node;
  });
  return found;
}

/** Presses a button about a schedule and returns the text of the answer, a card's or a sentence. */
async function press(teams: Teams, person: ChatPerson, card: unknown, title: string, kind = 'personal' as const) {
  const button = scheduleButtons(card).find((each) => each.title === title);
  if (button === undefined) throw new Error(`no button ${title} in ${JSON.stringify(card)}`);
  const { body } = await teams.press(person, button.data, { verb: 'schedule', kind });
  return { text: typeof body?.value === 'string' ? body.value : cardText(body?.value as never), card: body?.value };
}

const requestIn = (message: PostedMessage): string => /DSR-\d+/u.exec(cardText(message.card))?.[0] ?? '';

function tellsPromises(
  isDown: boolean | 'archive',
  open: () => Promise<{ place: Place; remove: () => Promise<void> }>,
): void {
  let place: Place;
  let remove: () => Promise<void>;
  let lab: StudioPerson;

  beforeAll(async () => {
    ({ place, remove } = await open());
    lab = new StudioPerson(place.studio, 'Churn Lab');
  });
  afterAll(async () => {
    await place.close();
    await remove();
  });

  /** The dates of a rule that was set up just now. */
  const datesFrom = (rule: string, count: number) => {
    const now = place.clock.now();
    return nextDues({ rule, timeZone, until: null, anchor: anchorOf(rule, timeZone, now) }, now, count);
  };

  /** Sets up and confirms a schedule. */
  async function confirmed(slots: object): Promise<PostedMessage> {
    const { teams } = place;
    await say(teams, alex, 'schedule.create', slots);
    const preview = await cardFor(teams, alex, 'Nothing is scheduled until you press');
    teams.forget(preview.id);
    const { text } = await press(teams, alex, preview.card, 'Schedule it');
    expect(text).toContain('It is scheduled. The next run is on');
    return preview;
  }

  /** The list of which exports are scheduled, as a message of its own. */
  async function listed(): Promise<PostedMessage> {
    await say(place.teams, alex, 'schedule.list', {});
    const list = await cardFor(place.teams, alex, /^(?:Scheduled|Nothing is scheduled)/u);
    place.teams.forget(list.id);
    return list;
  }

  /** The messages about runs of daily exports that were not there before. */
  const dailyRuns = (earlier: ReadonlySet<string>) =>
    place.teams
      .messages(personalChat(alex))
      .filter(({ id, card }) => !earlier.has(id) && cardText(card).includes('Daily export'));
  const messagesNow = () => new Set(place.teams.messages(personalChat(alex)).map(({ id }) => id));

  /** Stops everything that is scheduled. */
  async function stopAll(): Promise<void> {
    for (let list = await listed(); scheduleButtons(list.card).length > 0; list = await listed()) {
      await press(place.teams, alex, list.card, 'Stop');
    }
  }

  // In a world of its own: its clock is near that of storage, which the other tests leave behind.
  if (isDown === 'archive') {
    it('each time with an archive that opens', async () => {
      const { teams } = place;
      // Storage keeps the real time, so the run is due at the last six o'clock, for which links are still valid.
      const rule = { rule: 'FREQ=DAILY', timeZone, until: null, anchor: '2026-01-01' };
      const [due = 0] = nextDues(rule, place.clock.now() - day, 1);
      await place.moveTo(due - 60 * minute);
      await confirmed({ recurrence: rule.rule, workspace: 'Churn Lab' });
      await place.moveTo(due + 1_000);
      const result = await cardFor(teams, alex, 'is ready', 'Daily export');
      const files = await unzip(Buffer.from(await (await fetch(linksOf(result)[0] ?? '')).arrayBuffer()));
      expect([...files.keys()].some((path) => path.startsWith('datasets/'))).toBe(true);
      await stopAll();
      teams.forget(result.id);
    });
    return;
  }

  it('after a press on the card that shows what, when and for whom; each run is a request of its own', async () => {
    const { teams } = place;
    const rule = 'FREQ=MONTHLY;BYMONTHDAY=31';
    const [first = 0, second = 0] = datesFrom(rule, 2);
    await say(teams, alex, 'schedule.create', { recurrence: rule, workspace: 'Churn Lab' });
    const preview = await cardFor(teams, alex, 'Export “Churn Lab” on the 31st of every month');
    const shown = cardText(preview.card);
    expect(shown).toContain('or on the last day where a month is shorter?');
    expect(shown).toContain('time zone Europe/Berlin; I cannot choose another time. It repeats until you stop it.');
    expect(shown).toContain('Each archive is kept for 7 days, its download link works for 24 hours.');
    expect(shown).toContain('Only you, here in this chat.');
    expect(shown.match(/\d{4}, 06:00/gu)).toHaveLength(3);

    // Nothing is scheduled yet, and nobody else can change that.
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    const others = await press(teams, megan, preview.card, 'Schedule it');
    expect(others.text).toBe('Only the person who set up this recurring export can do that.');
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');

    const scheduled = await press(teams, alex, preview.card, 'Schedule it');
    expect(scheduled.text).toContain('It is scheduled. The next run is on');
    expect(scheduleButtons(scheduled.card).map(({ title }) => title)).toEqual(['Stop']);
    const again = await press(teams, alex, preview.card, 'Schedule it');
    expect(again.text).toContain('It is scheduled.');
    const list = cardText((await listed()).card);
    expect(list).toContain('Scheduled: 1 recurring export');
    expect(list).toContain('It has not run yet.');

    await place.moveTo(first + 1_000);
    const result = await cardFor(teams, alex, 'is ready', 'Monthly export', 'The next run is on');
    expect(cardText(result.card)).not.toContain('late');
    expect(linksOf(result)).toHaveLength(1);
    const afterwards = cardText((await listed()).card);
    expect(afterwards).toContain(`Last: ${requestIn(result)}`);

    await place.moveTo(second + 1_000);
    const next = await teams.waitFor(
      personalChat(alex),
      (message) => cardText(message.card).includes('is ready') && requestIn(message) !== requestIn(result),
    );
    expect(cardText(next.card)).toContain('Monthly export');

    await say(teams, alex, 'schedule.stop', {});
    const stopped = await cardFor(teams, alex, 'It is stopped: there will be no further runs.');
    expect(cardText(stopped.card)).toContain('Archives of earlier runs stay');
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    for (const { id } of [preview, result, next, stopped]) teams.forget(id);
  });

  it('runs once, late, and says so, when nothing was running at several dates', async () => {
    const { teams } = place;
    const rule = 'FREQ=DAILY';
    const dates = datesFrom(rule, 3);
    const earlier = messagesNow();
    await confirmed({ recurrence: rule, workspace: 'Churn Lab', data: 'personal' });
    await place.moveTo((dates[2] ?? 0) + 60 * minute);
    const late = await cardFor(teams, alex, 'is ready', 'Daily export', 'so it comes late');
    expect(cardText(late.card)).toContain('2 more dates passed meanwhile; this one run stands for all.');
    expect(dailyRuns(earlier).map(({ id }) => id)).toEqual([late.id]);
    await stopAll();
    teams.forget(late.id);
  });

  it('leaves out a run while the one before it has not ended, and says so once', async () => {
    const { teams } = place;
    const rule = 'FREQ=WEEKLY';
    await lab.upload('choosy.csv');
    const dates = datesFrom(rule, 4);
    await confirmed({ recurrence: rule, workspace: 'Churn Lab', assets: [{ kind: 'dataset', name: 'choosy.cvs' }] });
    await place.moveTo((dates[0] ?? 0) + 1_000);
    // The first run waits for an answer.
    const question = await cardFor(teams, alex, 'choosy.csv', 'choosy.cvs');
    await place.moveTo((dates[1] ?? 0) + 1_000);
    const leftOut = await cardFor(teams, alex, 'Weekly export left out', `${requestIn(question)}, has not ended yet`);
    expect(cardText(leftOut.card)).toContain('The next run is on');
    await place.moveTo((dates[2] ?? 0) + 1_000);
    const list = await listed();
    expect(cardText(list.card)).toContain(`Last: ${requestIn(leftOut)}`);
    const told = teams
      .messages(personalChat(alex))
      .filter(({ card }) => cardText(card).includes(`${requestIn(question)}, has not ended yet`));
    expect(told.map(({ id }) => id)).toEqual([leftOut.id]);

    // Once it is answered the run goes on by itself, and so does the schedule.
    await teams.press(alex, { request: requestIn(question), version: 2, choice: 'a0' });
    const done = await cardFor(teams, alex, 'is ready', requestIn(question), 'Weekly export');
    await stopAll();
    for (const { id } of [question, leftOut, done]) teams.forget(id);
  });

  it('ends by itself when its person loses the right, and says why', async () => {
    const { teams } = place;
    const rule = 'FREQ=DAILY';
    const [first = 0] = datesFrom(rule, 1);
    const earlier = messagesNow();
    await confirmed({ recurrence: rule, workspace: 'Churn Lab' });
    // Somebody took the address away by which Studio knows them.
    const moved = { userPrincipalName: 'alex.moved@example.com', email: 'alex.moved@example.com' };
    teams.roster.set(alex, moved);
    await place.moveTo(first + 1_000);
    const refused = await cardFor(teams, alex, 'Daily export', 'not possible', 'since you are no longer allowed');
    expect(linksOf(refused)).toEqual([]);
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    teams.roster.set(alex, { userPrincipalName: alex.email, email: alex.email });
    await place.moveTo(place.clock.now() + 2 * day);
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    expect(dailyRuns(earlier).map(({ id }) => id)).toEqual([refused.id]);
    teams.forget(refused.id);
  });

  it('ends when its person has left', async () => {
    const { teams } = place;
    const rule = 'FREQ=DAILY';
    const [first = 0] = datesFrom(rule, 1);
    const earlier = messagesNow();
    await confirmed({ recurrence: rule, workspace: 'Churn Lab' });
    teams.roster.set(alex, null);
    await place.moveTo(first + 1_000);
    // One answer that they are not there may be an error of the service; the second one counts, and is told in the chat.
    const ended = await cardFor(teams, alex, 'since Teams no longer listed you here');
    expect(linksOf(ended)).toEqual([]);
    teams.roster.set(alex, { name: 'Alex Wilber', aadObjectId: alex.objectId, userPrincipalName: alex.email });
    await expect.poll(async () => cardText((await listed()).card)).toContain('Nothing is scheduled.');
    await place.moveTo(first + 2 * day);
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    expect(dailyRuns(earlier).filter(({ card }) => cardText(card).includes('DSR-'))).toEqual([]);
  });

  it('ends with the last date before its end, which is said on the last result', async () => {
    const { teams } = place;
    const rule = 'FREQ=DAILY';
    const [first = 0, second = 0] = datesFrom(rule, 2);
    const until = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(second);
    await confirmed({ recurrence: rule, until, workspace: 'Churn Lab', data: 'personal' });
    await place.moveTo(first + 1_000);
    const last = await cardFor(teams, alex, 'is ready', 'That was the last run');
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    teams.forget(last.id);
  });

  it('when its person writes so in a sentence, with its end', async () => {
    const { teams } = place;
    const sentence = 'export Churn Lab every first Monday until the end of next year';
    await teams.write(alex, sentence, { more: { localTimezone: timeZone } });
    const preview = await cardFor(teams, alex, 'Export “Churn Lab” every first Monday of the month?');
    const shown = cardText(preview.card);
    const nextYear = new Date(place.clock.now()).getUTCFullYear() + 1;
    expect(shown).toContain(`It ends before 1 January ${nextYear + 1}.`);
    expect(shown.match(/Mon [1-7] \w+ \d{4}, 06:00/gu)).toHaveLength(3);
    const { text } = await press(teams, alex, preview.card, 'Schedule it');
    expect(text).toContain('It is scheduled. The next run is on Mon');
    await stopAll();
    teams.forget(preview.id);
  });

  it('until its person writes that it should stop', async () => {
    const { teams } = place;
    await confirmed({ recurrence: 'FREQ=MONTHLY', workspace: 'Churn Lab' });
    await teams.write(alex, 'stop the monthly export');
    const stopped = await cardFor(teams, alex, 'It is stopped: there will be no further runs.');
    await teams.write(alex, 'which exports are scheduled?');
    const list = await cardFor(teams, alex, 'Nothing is scheduled.');
    for (const { id } of [stopped, list]) teams.forget(id);
  });

  if (isDown) return;

  it('with every limit that the sentence states, and of one workspace at a time', async () => {
    const { teams } = place;
    await teams.write(alex, 'export the two biggest datasets in Churn Lab every month');
    const limited = await cardFor(teams, alex, 'The 2 biggest datasets', 'Nothing is scheduled until you press');
    const slots = { recurrence: 'FREQ=DAILY', workspace: 'Churn Lab', all: true, owner: 'me', unused: true };
    await say(teams, alex, 'schedule.create', { ...slots, exceptKinds: ['experiment'] });
    const narrowed = await cardFor(teams, alex, 'Everything that you own that nothing uses, except experiments');
    await teams.write(alex, 'export Churn Lab and Fraud Detection every month');
    const refused = await cardFor(teams, alex, 'You named 2 workspaces, and I set up one recurring export at a time');
    expect(cardText(refused.card)).toContain('export workspace "Fraud Detection" every month');
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
    for (const { id } of [limited, narrowed, refused]) teams.forget(id);
  });

  it('asks which workspace, how often and what, where that is open; says no where others read, and to deletions', async () => {
    const { teams } = place;
    await say(teams, alex, 'schedule.create', { recurrence: 'FREQ=DAILY' });
    const which = await cardFor(teams, alex, 'Which workspace should I export each time?');
    expect(cardText(which.card)).toContain('Export workspace “Churn Lab” every day');
    await say(teams, alex, 'schedule.create', { workspace: 'Churn Lab' });
    await cardFor(teams, alex, 'How often should I export it?');
    await say(teams, alex, 'schedule.create', { recurrence: 'FREQ=SECONDLY', workspace: 'Churn Lab' });
    await say(teams, alex, 'schedule.create', {
      recurrence: 'FREQ=DAILY',
      workspace: 'Churn Lab',
      // biome-ignore lint/suspicious/noThenProperty: the word for a second command, and what it holds is data only.
      then: { intent: 'delete.workspace', slots: { workspace: 'Churn Lab' } },
    });
    await cardFor(teams, alex, 'I only repeat exports, and never delete on a schedule.');
    await say(teams, alex, 'schedule.create', {
      recurrence: 'FREQ=DAILY',
      until: '2020-01-01',
      workspace: 'Churn Lab',
    });
    await cardFor(teams, alex, 'There is no date for “every day” before 1 Jan 2020');
    await say(teams, alex, 'schedule.create', { recurrence: 'FREQ=DAILY', workspace: 'Fraud Detections Ltd' });
    await say(
      teams,
      alex,
      'schedule.create',
      { recurrence: 'FREQ=DAILY', workspace: 'Churn Lab' },
      { conversation: 'group', kind: 'groupChat' },
    );
    const [answer] = teams.messages('group');
    expect(cardText(answer?.card ?? null)).toContain('in our personal chat. I did nothing here.');
    await say(teams, adele, 'schedule.create', { recurrence: 'FREQ=DAILY', workspace: 'Churn Lab' });
    await teams.waitFor(personalChat(adele), ({ card }) => /cannot see a workspace|cannot find/u.test(cardText(card)));
    expect(cardText((await listed()).card)).toContain('Nothing is scheduled.');
  });

  it('only as it was asked for last: an older card of the same export schedules nothing', async () => {
    const { teams } = place;
    const proposed = async (slots: object) => {
      await say(teams, alex, 'schedule.create', slots);
      const preview = await cardFor(teams, alex, 'Nothing is scheduled until you press');
      teams.forget(preview.id);
      return preview;
    };
    const monthly = await proposed({ recurrence: 'FREQ=MONTHLY', workspace: 'Churn Lab' });
    const ofData = await proposed({ recurrence: 'FREQ=MONTHLY', workspace: 'Churn Lab', data: 'personal' });
    const weekly = await proposed({ recurrence: 'FREQ=WEEKLY', workspace: 'Churn Lab' });
    expect((await press(teams, alex, monthly.card, 'Schedule it')).text).toContain('Nothing is scheduled.');
    expect((await press(teams, alex, weekly.card, 'Schedule it')).text).toContain('It is scheduled.');
    expect((await press(teams, alex, ofData.card, 'Schedule it')).text).toContain('It is scheduled.');
    expect(cardText((await listed()).card)).toContain('Scheduled: 2 recurring exports');
    await stopAll();
  });

  it('stops the one that is meant, asks which one among several, and lets nobody have more than ten', async () => {
    const { teams } = place;
    await confirmed({ recurrence: 'FREQ=YEARLY', workspace: 'Churn Lab' });
    await confirmed({ recurrence: 'FREQ=YEARLY', workspace: 'Churn Lab', data: 'personal' });
    await say(teams, alex, 'schedule.stop', {});
    const which = await cardFor(teams, alex, 'Which one should I stop?');
    const left = await press(teams, alex, which.card, 'Stop');
    expect(left.text).toContain('It is stopped.');
    expect(left.text).toContain('Scheduled: 1 recurring export');
    const notTheirs = await press(teams, megan, left.card, 'Stop');
    expect(notTheirs.text).toBe('Only the person who set up this recurring export can do that.');
    for (let count = 1; count < 10; count += 1) await confirmed({ recurrence: 'FREQ=YEARLY', workspace: 'Churn Lab' });
    await say(teams, alex, 'schedule.create', { recurrence: 'FREQ=YEARLY', workspace: 'Churn Lab' });
    const eleventh = await cardFor(teams, alex, 'Nothing is scheduled until you press');
    expect((await press(teams, alex, eleventh.card, 'Schedule it')).text).toContain('that is the most one person');
    const declined = await press(teams, alex, eleventh.card, 'Do not schedule');
    expect(declined.text).toContain('Nothing is scheduled.');
    expect((await press(teams, alex, eleventh.card, 'Schedule it')).text).toContain('Nothing is scheduled.');
    expect(cardText((await listed()).card)).toContain('Scheduled: 10 recurring exports');

    // Some clients send a press as a message, and a card can be copied to where others read.
    const [first, second] = scheduleButtons((await listed()).card);
    const inGroup = await teams.press(alex, first?.data, {
      verb: 'schedule',
      conversation: 'group',
      kind: 'groupChat',
    });
    expect(inGroup.body?.value).toContain('in our personal chat only. Nothing was done.');
    const forged = await teams.press(alex, { ...first?.data, choice: 'delete' }, { verb: 'schedule' });
    expect(forged.body?.value).toBe('That button is not one of mine, so nothing was done.');
    const value = { verb: 'schedule', ...second?.data, choice: 'stop' };
    await teams.send(teams.activity(alex, { type: 'message', id: 'pressed', text: '', value }));
    await cardFor(teams, alex, 'It is stopped: there will be no further runs.');
    expect(cardText((await listed()).card)).toContain('Scheduled: 9 recurring exports');
    await stopAll();
  });
}

describeOnPostgres('an export repeats by schedule, while time passes', () => {
  tellsPromises(false, async () => {
    const own = await createTestDatabase();
    const database = { kind: 'postgres', url: own.url, maxConnections: 6 } as const;
    return { place: await setUp(database, createLeapingClock(own.url)), remove: own.drop };
  });
});

describe('an export repeats by schedule, on the embedded database that was closed at the time', () => {
  tellsPromises(true, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steward-schedules-'));
    const database = await emptyEmbedded(join(folder, 'database'));
    return { place: await setUp(database, null), remove: () => rm(folder, { recursive: true, force: true }) };
  });
});

describe('an export repeats by schedule, as storage keeps the time', () => {
  tellsPromises('archive', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steward-schedules-'));
    const database = await emptyEmbedded(join(folder, 'database'));
    return { place: await setUp(database, null), remove: () => rm(folder, { recursive: true, force: true }) };
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { readUnclear, removeExpiredUnclear } from '../../src/database/unclear-message-rows.ts';
import { day, defaultRetention } from '../../src/domain/retention.ts';
import { offeredVerb } from '../../src/teams/cards/meant-press.ts';
import { walk } from '../cards/walk.ts';
import { cardFor } from '../harness/talk.ts';
import { alex, startWorld, type World } from '../harness/world.ts';

/** What is on record of unclear messages once Steward has ended. */
async function kept(world: World): Promise<{ id: number; text: string; chosen: object }[]> {
  await world.steward.stop();
  const database = await openDatabase(world.settings.database, (error) => {
    throw error;
  });
  try {
    const rows = [...(await readUnclear(database.db, 0, 100))];
    expect(await readUnclear(database.db, rows.at(-1)?.id ?? 0, 100)).toEqual([]);
    await removeExpiredUnclear(database.db, new Date(Date.now() + day));
    expect(await readUnclear(database.db, 0, 100)).toHaveLength(rows.length);
    await removeExpiredUnclear(database.db, new Date(Date.now() + 4 * day));
    expect(await readUnclear(database.db, 0, 100)).toEqual([]);
    return rows;
  } finally {
    await database.close();
  }
}

/** Writes something unclear and presses a button, then something unclear and the same in other words. */
async function talk({ teams }: World): Promise<void> {
  await teams.write(alex, 'export Churn');
  const asking = await cardFor(teams, alex, 'Did you mean one of these?');
  const button = [...walk(asking.card)].find(
    ({ verb, title }) => verb === offeredVerb && /workspace/u.test(`${title}`),
  );
  await teams.press(alex, button?.data as object, { verb: offeredVerb, replyTo: asking.id });
  await cardFor(teams, alex, 'Churn Lab', /Did you mean|Export/u, 'DSR-');
  await teams.write(alex, 'blorb the frobnicator for jo@contoso.com with password: hunter2secret');
  await cardFor(teams, alex, 'I did nothing');
  await teams.write(alex, 'what do we hold on jo@contoso.com?');
  await cardFor(teams, alex, 'I cannot search for the data about a person');
}

describe('messages that were not understood at once', () => {
  let keeping: World;
  let usual: World;
  beforeAll(async () => {
    const unclearMs = 3 * day;
    keeping = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        requests: { ...settings.requests, retention: { ...defaultRetention, unclearMs } },
      }),
    });
    usual = await startWorld();
  });
  afterAll(async () => {
    await keeping.close();
    await usual.close();
  });

  it('are kept with what was chosen for as long as the settings say, without people and secrets', async () => {
    await talk(keeping);
    const rows = await kept(keeping);
    expect(rows.map(({ text, chosen }) => ({ text, chosen }))).toEqual([
      {
        text: 'export Churn',
        chosen: { by: 'button', intent: 'export.workspace', slots: { workspace: 'Churn' } },
      },
      {
        text: 'blorb the frobnicator for Jo Bloggs with password: ***',
        chosen: {
          by: 'other-words',
          intent: 'dsr.discover',
          slots: { subject: 'Jo Bloggs' },
          said: 'what do we hold on Jo Bloggs?',
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/contoso|hunter2/u);
  });

  it('are not kept unless the settings say so', async () => {
    await talk(usual);
    expect(await kept(usual)).toEqual([]);
  });
});

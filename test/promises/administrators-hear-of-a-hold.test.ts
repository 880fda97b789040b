import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/connection.ts';
import { startQueue } from '../../src/database/queue.ts';
import type { HoldTarget } from '../../src/domain/legal-hold.ts';
import { followHolds } from '../../src/holds/follow-holds.ts';
import { confirmLift, proposeLift } from '../../src/holds/lift-holds.ts';
import { confirmHold, proposeHold } from '../../src/holds/place-holds.ts';
import { recall } from '../../src/requests/contacts.ts';
import { systemClock } from '../../src/system-clock.ts';
import { jobServices } from '../harness/job-services.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { adele, alex, megan, patti, startWorld, type World } from '../harness/world.ts';

const day = 24 * 3_600_000;

describeOnPostgres('a legal hold that a second process of the same Steward places', () => {
  let world: World;
  let services: ReturnType<typeof jobServices>;
  const closing: (() => Promise<unknown>)[] = [];
  const later = { ms: 0 };

  beforeAll(async () => {
    const { url } = await createTestDatabase();
    world = await startWorld({
      database: { kind: 'postgres', url, maxConnections: 6 },
      prepare: async (settings) => ({
        ...settings,
        requests: { ...settings.requests, administrators: [megan.email, patti.email] },
      }),
    });
    for (const person of [alex, megan, patti, adele]) await world.teams.write(person, 'hello');
    const database = await openDatabase({ kind: 'postgres', url, maxConnections: 2 }, () => undefined);
    const queue = await startQueue(database);
    closing.push(
      () => queue.stop(),
      () => database.close(),
      () => world.close(),
    );
    const clock = { ...systemClock, now: () => systemClock.now() + later.ms };
    services = { ...jobServices(database, queue, {} as never, clock), settings: world.settings.requests };
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  const personOf = async ({ email }: typeof megan) => {
    const { db } = services.database;
    const row = await db
      .selectFrom('people')
      .select(['tenantId', 'objectId'])
      .where('mail', '=', email)
      .executeTakeFirstOrThrow();
    const known = await recall(services, row.tenantId, row.objectId);
    if (known === null) throw new Error(`${email} is not known`);
    return { ...known.person, addresses: [email] };
  };

  it('is told to the administrators alone, when it is placed, due for a review and lifted; a press is refused with its card', async () => {
    const { teams } = world;
    await teams.write(alex, 'delete dataset "churn.csv" in Churn Lab');
    const preview = await cardFor(teams, alex, 'churn.csv', 'Delete');
    const [placer, lifter] = [await personOf(megan), await personOf(patti)];
    const target: HoldTarget = { kind: 'person', objectId: null, name: 'Alex Wilber', addresses: [alex.email] };
    const draft = { target, reference: 'M-2024-118', reason: 'The audit.', from: null, until: null };
    const number = (await proposeHold(services, placer, draft)).hold?.number ?? 0;
    expect((await confirmHold(services, placer, number)).result).toBe('accepted');
    for (const person of [megan, patti]) {
      await cardFor(
        teams,
        person,
        `Legal hold ${number} on Alex Wilber (M-2024-118) was placed by`,
        'To end it, write',
      );
    }
    await pressButton(teams, alex, preview, 'Delete');
    const refused = await cardFor(teams, alex, 'A legal hold stands on');
    expect(cardText(refused.card)).not.toMatch(/M-2024-118|audit|Alex Wilber/u);
    later.ms = 90 * day;
    await followHolds(services);
    await cardFor(teams, patti, `Legal hold ${number}`, 'still stands. Please check whether it is still needed.');
    const lift = await proposeLift(services, lifter, number, 'The case is closed.');
    const liftNumber = lift.result === 'accepted' ? lift.lift.number : 0;
    expect((await confirmLift(services, lifter, liftNumber)).result).toBe('accepted');
    await cardFor(teams, megan, `Legal hold ${number}`, 'was lifted by Patti Fernandez.');
    const others = [alex, adele].flatMap((person) => teams.messages(personalChat(person)));
    expect(others.filter(({ card }) => cardText(card).includes(`Legal hold ${number}`))).toEqual([]);
  });
});

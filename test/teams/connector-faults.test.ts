import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { storedJson } from '../../src/database/storable.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { resumeDeliveries } from '../../src/requests/outbox.ts';
import { press } from '../../src/requests/press.ts';
import { reportRequest } from '../../src/requests/report.ts';
import { requestCard } from '../../src/teams/request-card.ts';
import { type OpenedDatabase, openEmbedded } from '../harness/databases.ts';
import { Outbox } from '../harness/outbox.ts';
import { buttons, type ConnectorFault, cardText, personalChat, Teams } from '../harness/teams.ts';
import { alex, megan } from '../harness/world.ts';

const channel = '19:a/b+c%d@thread.tacv2';
const team = 'team';
const source = new Proxy({} as AssetSource, {
  get: () => {
    throw new Error('the source was asked');
  },
});

let opened: OpenedDatabase;
let teams: Teams;
let outbox: Outbox;

beforeAll(async () => {
  opened = await openEmbedded();
  teams = await Teams.start(chatPeople);
});
afterAll(async () => {
  await teams.stop();
  await opened.close();
});
beforeEach(() => begin());

/** A connector without faults, and an outbox in which nothing of an earlier test is owed. */
async function begin(): Promise<void> {
  teams.faults.splice(0);
  const settled = {
    undeliverable: null,
    failingSince: null,
    unreachedSince: null,
    retryAt: null,
    sendingSince: null,
  };
  await opened.database.db
    .updateTable('cards')
    .set((column) => ({ ...settled, delivered: column.ref('wanted') }))
    .execute();
  await opened.database.db.deleteFrom('sends').execute();
  outbox = new Outbox(opened, teams, source, channel);
}

const inConversation = (id: string) => (_method: string, path: string) => path.includes(`/${id}/`);
const postsInto = (id: string) => (method: string, path: string) => method === 'POST' && path.includes(`/${id}/`);
const updates = (method: string) => method === 'PUT';

async function everybody() {
  const person = await outbox.meet(alex);
  await outbox.meet(alex, team, 'channel');
  const approver = await outbox.meet(megan, channel, 'channel');
  return { person, approver };
}

async function cardsOf(number: number) {
  return opened.database.db.selectFrom('cards').selectAll().where('requestNumber', '=', number).orderBy('id').execute();
}

/** Messages that offer to decide about a request. */
function live(conversationId: string, number: number) {
  return teams
    .messages(conversationId)
    .filter(({ card }) => buttons(card).some(({ data }) => data.request === `DSR-${number}` && data.choice !== 'page'));
}

/** What is said in a conversation about a request, newest message last. */
function said(conversationId: string, number: number): string {
  const about = teams.messages(conversationId).map(({ card, text }) => `${cardText(card)} ${text}`);
  return about.findLast((text) => text.includes(`DSR-${number}`)) ?? '';
}

describe('a card', () => {
  it('is posted once for each try: no call that posts is repeated behind the outbox', async () => {
    const { person } = await everybody();
    teams.faults.push({ match: postsInto(personalChat(alex)), status: 503, retryAfterSeconds: 3_600, times: 1 });
    teams.calls.splice(0);
    await outbox.preview(person, personalChat(alex), 'personal');
    await outbox.pass(2);
    expect(teams.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([401, 403, 404, 408, 410, 412, 429, 500, 503, 'dropped', 'hanging'] as const)(
    'that Teams answers with %s at first is posted a moment later',
    async (status) => {
      const { person } = await everybody();
      teams.faults.push({ match: postsInto(personalChat(alex)), status, times: 2 });
      const { number } = await outbox.preview(person, personalChat(alex), 'personal');
      await outbox.pass(8);
      expect(live(personalChat(alex), number)).toHaveLength(1);
    },
  );

  it('whose message Teams denies once is changed in its place', async () => {
    const { person } = await everybody();
    const { number, version } = await outbox.preview(person, personalChat(alex), 'personal');
    await outbox.pass(1);
    teams.faults.push({ match: updates, status: 404, times: 1 });
    await press(outbox.services, person, { request: number, version, choice: 'cancel' });
    await outbox.pass(10);
    expect(live(personalChat(alex), number)).toHaveLength(0);
    const about = teams.messages(personalChat(alex)).filter(({ card }) => cardText(card).includes(`DSR-${number}`));
    expect(about).toHaveLength(1);
  });

  it('whose message Teams denies for longer is posted anew, and the earlier one loses its buttons', async () => {
    const { person } = await everybody();
    const { number, version } = await outbox.preview(person, personalChat(alex), 'personal');
    await outbox.pass(1);
    const [first] = live(personalChat(alex), number);
    teams.faults.push({ match: updates, status: 404, times: 5 });
    await press(outbox.services, person, { request: number, version, choice: 'delete' });
    await outbox.pass(60);
    const offering = live(personalChat(alex), number);
    expect(offering).toHaveLength(1);
    expect(offering[0]?.id).not.toBe(first?.id);
    expect(cardText(teams.messages(personalChat(alex)).find(({ id }) => id === first?.id)?.card ?? null)).toContain(
      'out of date',
    );
  });

  it.each([
    [8_000, 'card'],
    [6_000, 'card'],
    [3_000, 'words'],
  ])('of 60 assets is sent smaller when Teams takes no more than %i bytes, at last as %s', async (bytes, kind) => {
    const { person } = await everybody();
    teams.faults.push({ match: inConversation(personalChat(alex)), status: 413, times: 1_000, overBytes: bytes });
    const { number } = await outbox.preview(person, personalChat(alex), 'personal', 60);
    await outbox.pass(3);
    const told = said(personalChat(alex), number);
    expect(told).toContain(kind === 'card' ? 'of 60' : 'status of');
    expect(live(personalChat(alex), number)).toHaveLength(kind === 'card' ? 1 : 0);
  });

  it('that cannot be made is told in fixed words, and shown when it can be made', async () => {
    const { person } = await everybody();
    const { number } = await outbox.preview(person, personalChat(alex), 'personal');
    const { totals } = await outbox.newest(number);
    const store = (stored: object) =>
      opened.database.db
        .updateTable('requests')
        .set({ totals: storedJson(stored) })
        .where('number', '=', number)
        .execute();
    await store([{ kind: 'no such kind' }]);
    await outbox.pass(40);
    expect(said(personalChat(alex), number)).toContain('I cannot show the card');
    expect(outbox.log.filter(({ message }) => message === 'card rendering failed').length).toBeGreaterThan(3);
    await store(totals);
    await outbox.pass(300);
    expect(live(personalChat(alex), number)).toHaveLength(1);
  });
});

describe('approvers who cannot be reached', () => {
  it('are not said to be asked; the card is given up with a line and a row, and comes when they are met', async () => {
    const { person } = await everybody();
    // Neither there nor in their own chats.
    const isAlexs = inConversation(personalChat(alex));
    teams.faults.push({
      match: (method, path) => !isAlexs(method, path),
      status: 404,
      times: Number.POSITIVE_INFINITY,
    });
    const { number, version } = await outbox.preview(person, personalChat(alex), 'personal');
    await press(outbox.services, person, { request: number, version, choice: 'delete' });
    await outbox.pass(2);
    expect(said(personalChat(alex), number)).toContain('I am asking those who can approve it');
    await outbox.pass(30);
    expect(said(personalChat(alex), number)).toContain('have not reached those who can approve it');
    expect(outbox.log.some(({ message }) => message.includes('recipients not reached'))).toBe(true);
    await outbox.pass(700);
    const given = (await cardsOf(number)).find(({ audience }) => audience === 'approvers');
    expect(given?.undeliverable).toContain('404');
    expect(given?.timesGivenUp).toBe(1);
    expect(outbox.log.some(({ message }) => message.includes('delivery abandoned'))).toBe(true);
    teams.faults.splice(0);
    await outbox.meet(megan, channel, 'channel');
    await outbox.pass(5);
    expect(live(channel, number)).toHaveLength(1);
    expect(said(personalChat(alex), number)).toContain('I have asked those who can approve it');
  });

  it('get their card after a restart', async () => {
    const { person } = await everybody();
    teams.faults.push({ match: inConversation(channel), status: 403, times: Number.POSITIVE_INFINITY });
    const { number, version } = await outbox.preview(person, personalChat(alex), 'personal');
    await press(outbox.services, person, { request: number, version, choice: 'delete' });
    await outbox.pass(800);
    teams.faults.splice(0);
    await resumeDeliveries(outbox.services, true);
    await outbox.pass(3);
    expect(live(channel, number)).toHaveLength(1);
  });
});

describe('a request in a channel that is closed', () => {
  it('is shown in the own chat of whoever asked', async () => {
    const { person } = await everybody();
    teams.faults.push({ match: inConversation(team), status: 403, times: Number.POSITIVE_INFINITY });
    const { number } = await outbox.preview(person, team, 'channel');
    await outbox.pass(30);
    expect(live(personalChat(alex), number)).toHaveLength(1);
  });
});

describe('when the service is back', () => {
  it('every card comes within seconds, however long it was away', async () => {
    const { person } = await everybody();
    const all: ConnectorFault = { match: () => true, status: 503, times: Number.POSITIVE_INFINITY };
    teams.faults.push(all);
    const numbers: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { number } = await outbox.preview(
        person,
        index % 2 ? team : personalChat(alex),
        index % 2 ? 'channel' : 'personal',
      );
      numbers.push(number);
    }
    await outbox.pass(150);
    teams.faults.splice(0);
    await outbox.pass(12);
    for (const [index, number] of numbers.entries()) {
      expect(live(index % 2 ? team : personalChat(alex), number).length).toBe(1);
    }
  });
});

const status = fc.constantFrom(400, 401, 403, 404, 408, 410, 412, 413, 429, 500, 502, 503, 'dropped' as const);
const fault = fc.record({
  kind: fc.constant('fault' as const),
  status,
  method: fc.constantFrom('POST', 'PUT', 'any'),
  where: fc.constantFrom(personalChat(alex), channel, team),
  times: fc.integer({ min: 1, max: 9 }),
  afterEffect: fc.boolean(),
});
const step = fc.oneof(
  fault,
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('press' as const), choice: fc.constantFrom('delete', 'cancel', 'approve', 'reject') }),
);

describe('whatever the connector does', () => {
  it('everybody sees the newest state of a request once it is back, on one card that can be pressed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 3, maxLength: 14 }), async (shared, steps) => {
        await begin();
        const { person, approver } = await everybody();
        const { number } = await outbox.preview(
          person,
          shared ? team : personalChat(alex),
          shared ? 'channel' : 'personal',
        );
        for (const each of steps) {
          if (each.kind === 'pass') await outbox.pass(each.seconds);
          if (each.kind === 'press') {
            const { version } = await outbox.newest(number);
            const by = each.choice === 'approve' || each.choice === 'reject' ? approver : person;
            await press(outbox.services, by, { request: number, version, choice: each.choice });
          }
          if (each.kind === 'fault') {
            const { method, where } = each;
            const match = (called: string, path: string) =>
              (method === 'any' || method === called) && path.includes(`/${where}/`);
            teams.faults.push({ match, status: each.status, times: each.times, afterEffect: each.afterEffect });
          }
        }
        const isPost = ({ afterEffect, match }: ConnectorFault, where: string) =>
          afterEffect === true && match('POST', `/${where}/`);
        const lost = (where: string) =>
          teams.faults.filter((each) => isPost(each, where)).reduce((sum, { times }) => sum + 9 - times, 0);
        const unanswered = new Map([personalChat(alex), channel, team].map((where) => [where, lost(where)]));
        teams.faults.splice(0);
        await outbox.pass(400);
        const report = await reportRequest(outbox.services, number);
        if (report === null) throw new Error('no request');
        for (const card of await cardsOf(number)) {
          expect(card).toMatchObject({ undeliverable: null, unreachedSince: null, delivered: card.wanted });
          const where = card.conversationId ?? '';
          const shown = teams.messages(where).find(({ id }) => id === card.activityId);
          const wanted = await requestCard({ services: outbox.services, report, audience: card.audience });
          expect(shown?.card?.fallbackText ?? shown?.text).toContain(String(wanted.card.fallbackText).slice(0, 40));
          const offering = live(where, number);
          const offers = buttons(wanted.card).some(({ data }) => data.choice !== 'page');
          expect(offering.length).toBeLessThanOrEqual((offers ? 1 : 0) + (unanswered.get(where) ?? 0));
          if (offers && shown?.card) expect(offering.map(({ id }) => id)).toContain(shown.id);
        }
        const old = await opened.database.db
          .selectFrom('supersededCards')
          .select('id')
          .where('requestNumber', '=', number)
          .execute();
        expect(old).toEqual([]);
      }),
      { numRuns: inject('campaign') ? 200 : 8 },
    );
  }, 600_000);
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationLimits } from '../../src/teams/limits.ts';
import { createTestDatabase, describeOnPostgres } from '../harness/postgres.ts';
import { cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { adele, alex, megan, startWorld, type World } from '../harness/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const posts = (method: string, path: string) => method === 'POST' && path.endsWith('/activities');
const updates = (method: string, path: string) => method === 'PUT' && path.includes('/activities/');

describe('a card that Teams does not take at once', () => {
  it.each([412, 429, 502, 504])('after %i is sent again', async (status) => {
    const { teams } = world;
    teams.faults.push({ match: posts, status, times: 2, ...(status === 429 ? { retryAfterSeconds: 1 } : {}) });
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    teams.faults.push({ match: updates, status, times: 1 });
    await pressButton(teams, alex, preview, 'Cancel');
    await teams.waitFor(
      preview.conversationId,
      ({ id, card }) => id === preview.id && /[Cc]ancelled/u.test(cardText(card)),
    );
    teams.forget(preview.id);
  });

  it('because its message is gone is posted anew', async () => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    teams.forget(preview.id);
    await pressButton(teams, alex, preview, 'Cancel');
    const closed = await cardFor(teams, alex, /[Cc]ancelled/u);
    expect(closed.id).not.toBe(preview.id);
  });
});

describe('a result for somebody who cannot be reached', () => {
  it('is told where they asked, without a link, and delivered when they open a chat', async () => {
    const { teams } = world;
    teams.closed.add(personalChat(adele));
    const group = { conversation: 'team', kind: 'channel' } as const;
    await teams.write(adele, 'export workspace "Fraud Detection"', group);
    const preview = await cardSaying(teams, 'team', 'Export “Fraud Detection”?');
    await pressButton(teams, adele, preview, 'Export', 'channel');
    const told = await cardSaying(teams, 'team', 'Adele Vance', /personal chat/u, /could not|cannot/u);
    expect(JSON.stringify(told.card)).not.toContain('sig=');
    teams.closed.delete(personalChat(adele));
    await teams.write(adele, 'hello');
    await cardFor(teams, adele, 'is ready', 'SHA-256');
  });
});

describe('the card of a running request', () => {
  it('is updated in place, never posted twice', async () => {
    const { teams } = world;
    await teams.write(megan, 'export workspace "Fraud Detection"');
    const preview = await cardFor(teams, megan, 'Export “Fraud Detection”?');
    await pressButton(teams, megan, preview, 'Export');
    const result = await cardFor(teams, megan, 'is ready');
    expect(result.id).toBe(preview.id);
    const same = teams.messages(personalChat(megan)).filter(({ card }) => cardText(card).includes('Fraud Detection'));
    expect(same.length).toBe(1);
  });
});

describeOnPostgres('calls into one conversation', () => {
  it('keep Teams’ limits when somebody writes faster than that', async () => {
    const own = await createTestDatabase();
    const other = await startWorld({ database: { kind: 'postgres', url: own.url, maxConnections: 10 } });
    const { teams } = other;
    await Promise.all(Array.from({ length: 20 }, () => teams.write(megan, 'help')));
    await other.close();
    const client = new pg.Client({ connectionString: own.url });
    await client.connect();
    const { rows } = await client.query<{ at: Date }>('select at from sends order by at');
    await client.end();
    const times = rows.map(({ at }) => at.getTime());
    expect(times.length).toBe(20);
    for (const { calls, windowMs } of conversationLimits) {
      for (const at of times) {
        expect(times.filter((each) => each <= at && each > at - windowMs).length).toBeLessThanOrEqual(calls);
      }
    }
    await own.drop();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    const closed = await cardFor(teams, alex, /[Cc]ancelled/u);
    expect(closed.id).toBe(preview.id);
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

describe('calls into one conversation', () => {
  it('keep Teams’ limits when somebody writes faster than that', async () => {
    const { teams } = world;
    const path = `/v3/conversations/${personalChat(megan)}/activities`;
    await Promise.all(Array.from({ length: 16 }, () => teams.write(megan, 'help')));
    const times = teams.calls.filter((call) => call.path.startsWith(path) && !call.typing).map(({ at }) => at);
    expect(times.length).toBeGreaterThanOrEqual(16);
    for (const at of times) {
      // A little slack, since the limit is kept by the sender's clock and measured by the receiver's.
      expect(times.filter((other) => other <= at && other > at - 900).length).toBeLessThanOrEqual(8);
    }
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

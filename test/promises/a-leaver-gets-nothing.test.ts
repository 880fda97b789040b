import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGraph, type TestGraph } from '../directory/a-directory.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, megan, patti, startWorld, type World } from '../harness/world.ts';

describe('an account that is disabled while its requests are open', () => {
  let graph: TestGraph;
  let world: World;
  beforeAll(async () => {
    graph = await startTestGraph();
    world = await startWorld({
      prepare: async (settings) => ({
        ...settings,
        accounts: { kind: 'fixed-token', endpoint: graph.url, token: graph.token },
        requests: { ...settings.requests, administrators: [patti.email] },
      }),
    });
    for (const person of [megan, patti]) await world.teams.write(person, 'hello');
  });
  afterAll(async () => {
    await world.close();
    await graph.close();
  });

  it('of which Graph does not say keeps its requests answerable, without a link', async () => {
    const { teams } = world;
    await teams.write(alex, 'export dataset "customers.tsv" in Churn Lab');
    await pressButton(teams, alex, await cardFor(teams, alex, 'Export', 'customers.tsv'), 'Export');
    const ready = await cardFor(teams, alex, /is ready/u);
    const [id = ''] = /DSR-\d+/u.exec(cardText(ready.card)) ?? [];
    await graph.fault('GET', 'users', { kind: 'status', status: 503 }, { times: 100_000 });
    const before = new Set(teams.messages(personalChat(alex)).map((message) => message.id));
    await teams.write(alex, `status of ${id}`);
    const isNew = ({ id: own }: { id: string }) => !before.has(own);
    const answer = await teams.waitFor(personalChat(alex), isNew, 30_000);
    expect(cardText(answer.card)).toContain(id);
    expect(cardText(answer.card)).not.toContain('went wrong');
    expect(JSON.stringify(answer.card)).not.toMatch(/\bsig=/u);
    await graph.clearFaults();
  });

  it('gets a link as long as it is active, and then nothing runs, no link is made, and administrators are told', async () => {
    const { teams } = world;
    const linkIn = () => teams.messages(personalChat(alex)).filter(({ card }) => /\bsig=/u.test(JSON.stringify(card)));
    await teams.write(alex, 'export dataset "churn.csv" in Churn Lab');
    await pressButton(teams, alex, await cardFor(teams, alex, 'Export', 'churn.csv'), 'Export');
    const ready = await cardFor(teams, alex, /is ready/u);
    const [id = ''] = /DSR-\d+/u.exec(cardText(ready.card)) ?? [];
    expect(linkIn()).toHaveLength(1);
    await teams.write(alex, 'export workspace "Churn Lab"');
    const second = await cardFor(teams, alex, 'Export “Churn Lab”');
    graph.setLeavers({ disabled: [alex.email] });
    await pressButton(teams, alex, second, 'Export');
    const note = await cardFor(teams, patti, 'The account of Alex Wilber is disabled or no longer in the tenant.');
    expect(cardText(note.card)).toMatch(/I withdrew what waited and stopped what was running: DSR-\d+\./u);
    await cardFor(teams, alex, 'It was withdrawn, because the account');
    const before = teams.messages(personalChat(alex)).length;
    await teams.write(alex, `new link for ${id}`);
    await expect.poll(() => teams.messages(personalChat(alex)).length, { timeout: 20_000 }).toBeGreaterThan(before);
    const answer = teams.messages(personalChat(alex)).slice(before);
    expect(answer.map(({ card }) => JSON.stringify(card)).join('\n')).not.toMatch(/\bsig=/u);
    expect(cardText(answer.at(-1)?.card ?? null)).toContain(id);
    expect(teams.messages(personalChat(megan)).some(({ card }) => cardText(card).includes('Alex Wilber is'))).toBe(
      false,
    );
  });
});

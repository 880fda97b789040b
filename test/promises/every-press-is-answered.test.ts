import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonOf, cardFor, cardSaying, pressButton } from '../harness/talk.ts';
import { buttons, cardText, personalChat } from '../harness/teams.ts';
import { adele, alex, approversChannel, patti, startWorld, type World } from '../harness/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const unknown = { request: 'DSR-999999', version: 1, choice: 'refresh' };

/** What whoever pressed reads. */
async function answered(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  const body = (await response.json()) as { value?: unknown };
  return typeof body.value === 'string' ? body.value : cardText(body.value as never);
}

describe('an invoke is answered in words:', () => {
  const pressed = (data: unknown, verb = 'choose') => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: randomUUID(),
    value: { action: { type: 'Action.Execute', verb, data } },
  });
  const base = (more: object) => world.teams.activity(alex, more);

  it.each([
    ['the refresh of an unknown request', () => base(pressed(unknown))],
    ['a page of an unknown request', () => base(pressed({ ...unknown, choice: 'page', pages: { assets: 1 } }))],
    ['a sentence that is empty', () => base(pressed({ text: '' }, 'say'))],
    ['a sentence that is none', () => base(pressed({ text: { a: 1 } }, 'say'))],
    ['an unknown verb', () => base(pressed({ a: 1 }, 'explode'))],
    ['no verb at all', () => base({ ...pressed(unknown), value: { action: { type: 'Action.Execute' } } })],
    ['no value', () => base({ ...pressed(unknown), value: undefined })],
    [
      'a plain submit',
      () => base({ ...pressed(unknown), value: { action: { type: 'Action.Submit', data: unknown } } }),
    ],
    ['another invoke', () => base({ type: 'invoke', name: 'task/fetch', id: randomUUID(), value: {} })],
    ['an invoke without a name', () => base({ type: 'invoke', id: randomUUID() })],
    ['a presser without an object id', () => ({ ...base(pressed(unknown)), from: { id: 'nobody', name: 'Nobody' } })],
    ['an activity without a tenant', () => ({ ...base(pressed(unknown)), conversation: { id: 'c' }, channelData: {} })],
    ['the first act of somebody', () => world.teams.activity(patti, pressed(unknown))],
  ])('%s', async (_case, make) => {
    const said = await answered(await world.teams.send(make()));
    expect(said.length).toBeGreaterThan(20);
    expect(said).not.toContain('undefined');
  });

  it('a card that was copied into another channel, or is looked at by a stranger', async () => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    const data = { ...buttonOf(preview, 'Export'), choice: 'refresh' };
    for (const place of [{ conversation: 'elsewhere', kind: 'channel' } as const, {}]) {
      const { status, body } = await teams.press(adele, data, place);
      expect(status).toBe(200);
      expect(String(body?.value)).toMatch(/cannot show DSR-\d+ to you here/u);
    }
    await pressButton(teams, alex, preview, 'Cancel');
  });
});

describe('a press that comes as a message', () => {
  const wrapped = [
    (data: object) => data,
    (data: object) => ({ verb: 'choose', ...data }),
    (data: object) => ({ action: { type: 'Action.Execute', verb: 'choose', data } }),
    (data: object) => ({ action: { type: 'Action.Submit', data } }),
    (data: object) => ({ data }),
    (data: object) => ({ msteams: { type: 'messageBack', value: JSON.stringify(data) } }),
    (data: object) => ({ ...data, msteams: { type: 'messageBack', text: 'Cancel' } }),
  ];

  it.each(wrapped.map((wrap, index) => [index, wrap] as const))('is a press, in form %i', async (_index, wrap) => {
    const { teams } = world;
    await teams.write(alex, 'export workspace "Churn Lab"');
    const preview = await cardFor(teams, alex, 'Export “Churn Lab”?');
    const cancel = buttonOf(preview, 'Cancel');
    // Somebody else's press does nothing, in this form too.
    await teams.write(adele, '', { more: { value: wrap(cancel) } });
    await teams.write(alex, '', { more: { value: wrap(cancel) } });
    await cardFor(teams, alex, cancel.request, /[Cc]ancelled/u);
  });

  it('with data of no button of the bot’s gets a sentence', async () => {
    const { teams } = world;
    await teams.write(alex, '', { more: { value: { delete: 'everything' } } });
    await teams.waitFor(personalChat(alex), ({ text }) => text.includes('not one of mine'));
  });
});

describe('an edit', () => {
  it('after a press is answered: what became of the request, and the new wish under its own id', async () => {
    const { teams } = world;
    const { id } = await teams.write(alex, 'export dataset churn.csv');
    const preview = await cardFor(teams, alex, 'Export “churn.csv”');
    const { request } = buttonOf(preview, 'Export');
    await pressButton(teams, alex, preview, 'Export');
    await teams.send(teams.activity(alex, { type: 'messageUpdate', id, text: 'export workspace "Churn Lab"' }));
    await cardFor(teams, alex, request, /confirmed|ended/u, 'new text');
    const second = await cardFor(teams, alex, 'Export “Churn Lab”?');
    expect(buttonOf(second, 'Export').request).not.toBe(request);
    await cardFor(teams, alex, request, 'is ready');
    // The same text again does nothing; another wording is taken again.
    const before = teams.messages(personalChat(alex)).length;
    await teams.send(teams.activity(alex, { type: 'messageUpdate', id, text: 'export workspace "Churn Lab"' }));
    expect(teams.messages(personalChat(alex))).toHaveLength(before);
    await pressButton(teams, alex, second, 'Cancel');
  });

  it('of a list is answered once for each text', async () => {
    const { teams } = world;
    const { id } = await teams.write(adele, 'list my workspaces');
    const edit = (text: string) => teams.send(teams.activity(adele, { type: 'messageUpdate', id, text }));
    const count = () => teams.messages(personalChat(adele)).length;
    const first = count();
    await edit('list my workspaces');
    expect(count()).toBe(first);
    await edit('help');
    expect(count()).toBe(first + 1);
  });

  it('that restores a deleted message asks anew, once', async () => {
    const { teams } = world;
    const text = 'export dataset churn.csv';
    const { id } = await teams.write(alex, text);
    const preview = await cardFor(teams, alex, 'Export “churn.csv”');
    const { request } = buttonOf(preview, 'Cancel');
    await teams.send(teams.activity(alex, { type: 'messageDelete', id }));
    await cardFor(teams, alex, request, /[Cc]ancelled/u);
    const restore = { type: 'messageUpdate', id, text, channelData: { tenant: {}, eventType: 'undeleteMessage' } };
    const { channelData } = teams.activity(alex, {});
    await teams.send(
      teams.activity(alex, { ...restore, channelData: { ...channelData, eventType: 'undeleteMessage' } }),
    );
    const again = await teams.waitFor(personalChat(alex), ({ card }) => {
      const [button] = buttons(card);
      return button !== undefined && button.data.request !== request && cardText(card).includes('Export “churn.csv”');
    });
    await pressButton(teams, alex, again, 'Cancel');
  });
});

describe('an approver', () => {
  it('decides in their own chat, where the request has no button that refuses them', async () => {
    const { teams } = world;
    await teams.write(patti, 'hello', { conversation: approversChannel, kind: 'channel' });
    await teams.write(alex, 'delete dataset "transactions.csv" in workspace "Fraud Detection"');
    const preview = await cardFor(teams, alex, 'Delete “transactions.csv” from “Fraud Detection”?');
    const { request } = buttonOf(preview, 'Delete');
    await pressButton(teams, alex, preview, 'Delete');
    const posted = await cardSaying(teams, approversChannel, request, 'Approval needed');
    // Whoever opens the channel now may not see what was posted before: it is shown again, and once only.
    const arrival = { type: 'installationUpdate', action: 'add' };
    await teams.send(teams.activity(patti, arrival, { conversation: approversChannel, kind: 'channel' }));
    const isLive = (message: { card: unknown }) =>
      buttons(message.card).some(({ data }) => data.request === request && data.choice === 'approve');
    await teams.waitFor(approversChannel, (message) => message.id !== posted.id && isLive(message));
    await teams.waitFor(approversChannel, (message) => message.id === posted.id && !isLive(message));
    await teams.write(patti, 'what waits for my approval?');
    await cardFor(teams, patti, request.replace('DSR-', ''));
    await teams.write(patti, `status of ${request}`);
    const shown = await teams.waitFor(personalChat(patti), ({ card }) =>
      buttons(card).some(({ data }) => data.choice === 'approve'),
    );
    expect(buttons(shown.card).map(({ data }) => data.choice)).not.toContain('cancel');
    const { body } = await pressButton(teams, patti, shown, 'Reject');
    expect(cardText(body?.value as never)).toContain('Rejected');
    await cardFor(teams, alex, request, /[Rr]ejected|said no/u);
  });
});

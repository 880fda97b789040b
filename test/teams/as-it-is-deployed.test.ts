import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DeployedWorld,
  type SharedServices,
  serviceUrl,
  startDeployedWorld,
  startSharedServices,
} from '../harness/deployed-world.ts';
import type { RegisteredApp, TokenChoices } from '../harness/entra.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, patti } from '../harness/world.ts';

/** Sends a message with this authorization header, or with none. */
async function say(world: DeployedWorld, authorization: string | null, more: object = {}) {
  const text = 'list my workspaces';
  const activity = world.teams.activity(alex, { type: 'message', id: randomUUID(), text, ...more });
  const response = await fetch(world.teams.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
    body: JSON.stringify(activity),
  });
  return { status: response.status, text: await response.text() };
}

const messages = (world: DeployedWorld) => world.teams.messages(personalChat(alex)).length;
const answered = (world: DeployedWorld, after: number) =>
  world.teams.waitFor(personalChat(alex), ({ card }) => card !== null && messages(world) > after);
const isLogLine = (line: string) => typeof (JSON.parse(line) as { msg?: unknown }).msg === 'string';

let services: SharedServices;
beforeAll(async () => {
  services = await startSharedServices();
});
afterAll(() => services.close());

describe('a bot that is deployed', () => {
  it('with a secret that was changed lives, says that it gets no token, and answers after the repair', async () => {
    let right: RegisteredApp | undefined;
    const world = await startDeployedWorld(services, 'secret', {}, ({ entra }) => {
      [right] = entra.apps.splice(0, 1);
      if (right) entra.apps.push({ ...right, secret: 'a-newer-one' });
    });
    try {
      await world.becomes(({ status, text }) => status === 503 && text.includes('Check MICROSOFT_APP_PASSWORD'));
      expect((await fetch(`${world.address}/healthz`)).status).toBe(200);
      expect(world.lines.some((line) => line.includes('AADSTS7000215'))).toBe(true);
      world.entra.apps.splice(-1, 1, ...(right ? [right] : []));
      await answersAndEnds(world);
    } finally {
      await world.close();
    }
  });

  it('with the managed identity of a machine refuses what needs an approval until it is in the approvers’ channel', async () => {
    const channel = '19:aBc12345d67e48f9a0b1c2d3e4f5a6b7@thread.tacv2';
    const world = await startDeployedWorld(services, 'managed-identity-of-a-machine', {
      APPROVERS: patti.email,
      APPROVAL_CONVERSATION: `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel)}/Approvals`,
    });
    const wish = 'delete dataset "transactions.csv" in workspace "Fraud Detection"';
    const says = (words: string) =>
      world.teams.waitFor(personalChat(alex), ({ card }) => cardText(card).includes(words));
    try {
      await world.becomes(({ status, text }) => status === 503 && text.includes('Approvals are not possible yet'));
      await world.teams.write(alex, wish);
      await says('This needs an approval, which I cannot ask for yet');
      const added = { type: 'installationUpdate', action: 'add' };
      const thread = `${channel};messageid=1700000000000`;
      await world.teams.send(world.teams.activity(patti, added, { conversation: thread, kind: 'channel' }));
      await world.becomes(({ status }) => status === 200);
      await world.teams.write(alex, wish);
      await says('Delete “transactions.csv” from “Fraud Detection”?');
      await answersAndEnds(world);
    } finally {
      await world.close();
    }
  });
});

async function answersAndEnds(world: DeployedWorld): Promise<void> {
  await world.becomes(({ status }) => status === 200);
  expect((await world.teams.write(alex, 'list my workspaces')).status).toBe(200);
  expect(cardText((await answered(world, 0)).card)).toContain('Churn Lab');
  expect(await world.terminate()).toBe(0);
  expect(world.lines.filter((line) => !isLogLine(line))).toEqual([]);
}

describe('a bot that is deployed with the managed identity of a web app', () => {
  let world: DeployedWorld;
  beforeAll(async () => {
    world = await startDeployedWorld(services, 'managed-identity');
    await world.becomes(({ status }) => status === 200);
  });
  afterAll(() => world.close());
  const token = (choices?: TokenChoices) => world.entra.channelToken(world.app.appId, serviceUrl, choices);

  /** Sends a message that is accepted, and waits for its answer, so that it comes into no other test. */
  const taken = async (send: () => Promise<{ status: number }>) => {
    const before = messages(world);
    expect((await send()).status).toBe(200);
    return answered(world, before);
  };

  it('answers a signed message with a token that Teams accepts', async () => {
    const answer = await taken(() => world.teams.write(alex, 'list my workspaces'));
    expect(cardText(answer.card)).toContain('Churn Lab');
  });

  it.each<[string, number, (() => Promise<string | null>) | TokenChoices]>([
    ['no token', 401, async () => null],
    ['another scheme', 401, async () => `Basic ${await token()}`],
    ['rubbish', 401, async () => 'Bearer a.b.c'],
    ['an unsigned token', 401, async () => `Bearer ${(await token()).replace(/^[^.]+/u, 'eyJhbGciOiJub25lIn0')}`],
    ['a changed token', 401, async () => `Bearer ${(await token()).replace(/.{9}$/u, 'AAAAAAAAA')}`],
    ['a stranger’s signature under a known key', 401, { key: 'stranger' }],
    ['an unknown key', 401, { key: 'stranger', keyId: 'nobody-knows' }],
    ['an expired token', 401, { expiresIn: -600 }],
    ['a token of the future', 401, { notBeforeIn: 900, expiresIn: 3_600 }],
    ['another issuer', 401, { issuer: 'https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/' }],
    ['a token for another app', 403, { audience: '11111111-6d4e-4a1e-9c55-5b8f3f0e2a11' }],
    ['a token for the connector', 403, { audience: 'https://api.botframework.com' }],
    ['a token for another service address', 403, { serviceUrl: 'https://smba.example.com/' }],
    ['a token without a service address', 403, { serviceUrl: null }],
    [
      'the bot’s own token, as a service that it calls could send it back',
      401,
      async () => `Bearer ${await world.entra.appToken(world.app, world.app.appId)}`,
    ],
    [
      'a token of the bot for a tenant of one’s own',
      401,
      async () =>
        `Bearer ${await token({
          issuer: 'https://sts.windows.net/99999999-9999-4999-8999-999999999999/',
          claims: { tid: '99999999-9999-4999-8999-999999999999', appid: world.app.appId, ver: '1.0' },
        })}`,
    ],
  ])('refuses %s with %i, and does nothing', async (_case, status, choices) => {
    const before = messages(world);
    const authorization = typeof choices === 'function' ? await choices() : `Bearer ${await token(choices)}`;
    const answer = await say(world, authorization);
    expect(answer).toEqual({ status, text: JSON.stringify({ message: 'This activity was not accepted.' }) });
    expect(messages(world)).toBe(before);
  });

  it('refuses a token that is for Teams in an activity of another channel', async () => {
    expect((await say(world, `Bearer ${await token()}`, { channelId: 'webchat' })).status).toBe(403);
  });

  it('takes tokens of a key that the Bot Framework changed to, without a restart', async () => {
    const before = messages(world);
    await world.entra.rotate();
    // Unknown keys ask for the list at most every five seconds, which is real time here.
    await expect.poll(async () => (await world.teams.write(alex, 'help')).status, { timeout: 30_000 }).toBe(200);
    await answered(world, before);
  });

  it('serves whoever has a known key while the list of keys cannot be had, and says so to others', async () => {
    const known = await token();
    await taken(() => say(world, `Bearer ${known}`));
    await world.entra.rotate({ publish: false });
    world.entra.faults.push({ at: 'keys', answer: { status: 500 }, times: 1_000 });
    await taken(() => say(world, `Bearer ${known}`));
    // The list is asked for at most every five seconds, which is real time here.
    await expect.poll(async () => (await say(world, `Bearer ${await token()}`)).status, { timeout: 30_000 }).toBe(503);
    world.entra.faults.length = 0;
    world.entra.publishAll();
    const before = messages(world);
    await expect.poll(async () => (await say(world, `Bearer ${await token()}`)).status, { timeout: 30_000 }).toBe(200);
    await answered(world, before);
  });

  it('shows that Teams refuses its identity, in readiness and the log, and is ready again after the repair', async () => {
    const { accepts, ...trust } = world.teams.trust ?? { accepts: async () => false, serviceUrl, token };
    world.teams.trust = { ...trust, accepts: async () => false };
    await world.teams.write(alex, 'list my workspaces');
    await world.becomes(({ status, text }) => status === 503 && text.includes('connector answers 401'));
    expect(world.lines.filter((line) => line.includes('connector answers 401'))).toHaveLength(1);
    world.teams.trust = { ...trust, accepts };
    await world.becomes(({ status }) => status === 200);
    await taken(() => world.teams.write(alex, 'list my workspaces'));
  });

  it('prints nothing but log lines, no token and no secret among them, whoever writes', async () => {
    await say(world, `Bearer ${await token({ audience: '11111111-6d4e-4a1e-9c55-5b8f3f0e2a11' })}`);
    for (let times = 0; times < 50; times += 1) await say(world, 'Bearer a.b.c');
    expect(world.lines.filter((line) => !isLogLine(line))).toEqual([]);
    const text = world.lines.join('\n');
    expect(text).not.toMatch(/eyJ|identity_header/iu);
    expect(text).not.toContain(world.entra.identityHeader);
    const reasons = world.lines.filter((line) => line.includes('activities rejected'));
    expect(reasons.some((line) => line.includes('for another app'))).toBe(true);
    expect(reasons.length).toBeLessThan(20);
  });
});

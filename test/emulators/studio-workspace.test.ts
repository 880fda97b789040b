import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { plainClient } from './plain-client.ts';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(async () => {
  await emulator?.close();
});

const errorSchema = z.object({ Error: z.object({ Code: z.string(), Message: z.string() }) });
const record = z.record(z.string(), z.unknown());

describe('the workspace', () => {
  it('has every field in the exact case', async () => {
    const client = plainClient(emulator.workspace('Fraud Detection'));
    const workspace = await client.json(record, 'workspaces/{ws}');
    expect(workspace).toMatchObject({
      FriendlyName: 'Fraud Detection',
      Type: 'PaidStandard',
      WorkspaceStatus: 'Enabled',
      OwnerEmail: 'meganb@example.com',
      CreatedTime: '/Date(1498032000000)/',
    });
    expect(Object.keys(workspace)).toEqual(expect.arrayContaining(['AuthorizationToken', 'UserStorageKey', 'Etag']));
  });

  it('of a guest has no owner, and was created shortly before the first start', async () => {
    const workspace = await plainClient(emulator.workspace('Guest-Workspace')).json(record, 'workspaces/{ws}');
    expect(workspace).toMatchObject({ Type: 'Anonymous', OwnerEmail: '', SubscriptionId: '' });
  });

  it('lists members and open invitations together', async () => {
    const users = await plainClient(emulator.workspace('Churn Lab')).json(z.array(record), 'workspaces/{ws}/users');
    expect(users).toMatchObject([
      { Status: 'Active', User: { Email: 'alexw@example.com', Role: 'Owner', Name: 'Alex Wilber' } },
      { Status: 'Active', User: { Email: 'meganb@example.com', Role: 'User' } },
      { Status: 'Invited', User: { Email: 'isaiahl@example.com', UserId: '' } },
    ]);
  });
});

describe('a token', () => {
  it('opens with either header, and the secondary one as well as the primary', async () => {
    const { endpoint, workspaceId, token } = emulator.workspace('Churn Lab');
    const url = `${endpoint}workspaces/${workspaceId}`;
    const shape = z.object({ AuthorizationToken: z.object({ SecondaryToken: z.string() }) });
    const bearer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    const { SecondaryToken } = shape.parse(await bearer.json()).AuthorizationToken;
    const secondary = await fetch(url, { headers: { 'x-ms-metaanalytics-authorizationtoken': SecondaryToken } });
    expect([bearer.status, secondary.status]).toEqual([200, 200]);
  });

  it.each(['missing', 'wrong', "another workspace's"])(
    'that is %s gets 401 in the service’s error shape',
    async (kind) => {
      const { endpoint, workspaceId } = emulator.workspace('Churn Lab');
      const other = emulator.workspace('Fraud Detection').token;
      const token = { missing: '', wrong: 'nonsense', "another workspace's": other }[kind] ?? '';
      const response = await fetch(`${endpoint}workspaces/${workspaceId}`, {
        headers: token === '' ? {} : { 'x-ms-metaanalytics-authorizationtoken': token },
      });
      expect(response.status).toBe(401);
      expect(errorSchema.parse(await response.json()).Error.Code).toBe('Unauthorized');
    },
  );

  it('with a wrong workspace id gets 401', async () => {
    const wrong = { ...emulator.workspace('Churn Lab'), workspaceId: '0'.repeat(32) };
    expect(await plainClient(wrong).status('GET', 'workspaces/{ws}')).toBe(401);
  });
});

describe('a path', () => {
  it.each([
    ['below a prefix', '/some/where/api/workspaces/{ws}/users'],
    ['with stray slashes', '/api//workspaces/{ws}//users/'],
    ['in another case', '/API/Workspaces/{WS}/Users'],
    ['of the management host', '/workspaces/{ws}/users'],
  ])('%s is understood', async (_what, path) => {
    const { workspaceId, token } = emulator.workspace('Churn Lab');
    const url = emulator.url + path.replace('{ws}', workspaceId).replace('{WS}', workspaceId.toUpperCase());
    const response = await fetch(url, { headers: { 'x-ms-metaanalytics-authorizationtoken': token } });
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(3);
  });

  it('that nobody knows gets 404, a known one with another method 405', async () => {
    const client = plainClient(emulator.workspace('Churn Lab'));
    expect(await client.status('GET', 'workspaces/{ws}/nonsense')).toBe(404);
    expect(await client.status('PUT', 'workspaces/{ws}/datasources')).toBe(405);
  });

  it('of the management host has errors in lower case', async () => {
    const { workspaceId } = emulator.workspace('Churn Lab');
    const response = await fetch(`${emulator.url}/workspaces/${workspaceId}`);
    expect(await response.json()).toMatchObject({ error: { code: 'Unauthorized', details: [{}] } });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Action } from '../../src/domain/actions.ts';
import type { LogFields } from '../../src/domain/logger.ts';
import type { Ask } from '../../src/domain/request.ts';
import { ask } from '../../src/requests/create.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { prepare } from '../../src/workers/prepare-request.ts';
import { run } from '../../src/workers/run-request.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { type OpenedDatabase, openEmbedded } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import {
  type Answer,
  json,
  type ScriptedServer,
  startScriptedServer,
  status,
} from '../sources/studio-classic/scripted-server.ts';
import {
  datasetPayload,
  HurriedClock,
  patient,
  sourceAt,
  workspaceId,
  workspacePath,
} from '../sources/studio-classic/small-studio.ts';

const datasets = [0, 1, 2].map((nth) =>
  datasetPayload('http://127.0.0.1:1', { Id: `${workspaceId}.f${nth}.v1`, FamilyId: `f${nth}`, Name: `c${nth}.csv` }),
);
const wishes = {
  delete: {
    action: 'delete',
    target: 'assets',
    data: 'customer',
    mentions: [],
    selection: { kind: 'dataset', except: [] },
  },
  'delete-workspace': { action: 'delete-workspace', target: 'workspace', data: 'all', mentions: [] },
} as const satisfies Partial<Record<Action, Ask>>;

let opened: OpenedDatabase;
let studio: ScriptedServer;
let services: WorkflowServices;
let role: 'Owner' | 'User' | null;
/** Called with each request for a single dataset. */
let onLook: () => void;
let log: { readonly message: string; readonly fields: LogFields }[];

beforeAll(async () => {
  opened = await openEmbedded();
});
afterAll(() => opened.close());
beforeEach(async () => {
  role = 'Owner';
  onLook = () => {};
  log = [];
  const looks = datasets.map((dataset): [string, Answer] => [
    `GET ${workspacePath}/datasources/${dataset.Id}`,
    (...of) => {
      onLook();
      json(dataset)(...of);
    },
  ]);
  studio = await startScriptedServer({
    [`GET ${workspacePath}`]: json({ WorkspaceId: workspaceId, FriendlyName: 'Churn Lab', Type: 'Free' }),
    [`GET ${workspacePath}/users`]: (...of) => {
      const Email = role === null ? 'somebody.else@example.com' : asker.mail;
      json([{ Status: 'Active', User: { UserId: '1', Email, Name: 'A', Role: role ?? 'Owner' } }])(...of);
    },
    [`GET /workspaces/${workspaceId}/webservices`]: json([]),
    ...Object.fromEntries(
      ['experiments', 'modules', 'trainedmodels', 'transformmodules', 'projectcontainers', 'notebooks'].map(
        (list): [string, Answer] => [`GET ${workspacePath}/${list}`, json([])],
      ),
    ),
    [`GET ${workspacePath}/datasources`]: json(datasets),
    ...Object.fromEntries(looks),
    [`DELETE ${workspacePath}`]: status(500, ''),
  });
  const plain = jobServices(opened.database, opened.queue, sourceAt(studio.url), new HurriedClock());
  const note = (message: string, fields: LogFields = {}) => void log.push({ message, fields });
  services = { ...plain, log: { ...plain.log, info: note, warn: note } };
});
afterEach(() => studio[Symbol.asyncDispose]());

async function asked(action: keyof typeof wishes): Promise<number> {
  const origin = { conversationId: 'chat', kind: 'personal', activityId: randomUUID() } as const;
  const { number } = await ask(services, asker, origin, wishes[action]);
  await prepare(services, number, patient);
  return number;
}

async function confirmed(action: keyof typeof wishes): Promise<number> {
  const number = await asked(action);
  const request = await findRequest(services, number);
  expect(request?.state).toBe('awaiting-confirmation');
  await press(services, asker, {
    request: number,
    version: request?.version ?? 0,
    choice: action,
    typed: request?.workspace?.name ?? '',
  });
  return number;
}

const refusals = () => log.filter(({ message }) => message === 'a request was refused').map(({ fields }) => fields);
const line = (number: number, reason: string) => ({ reason, objectId: asker.objectId, request: number });
const deletions = () => studio.seen.filter(({ method }) => method === 'DELETE');

it('a request that is refused before its preview leaves one line, with ids only', async () => {
  role = 'User';
  const number = await asked('delete-workspace');
  expect(refusals()).toEqual([line(number, 'owner-only')]);
});

it.each(Object.keys(wishes) as (keyof typeof wishes)[])(
  'a permission that is gone when a request for “%s” runs leaves one line',
  async (action) => {
    const number = await confirmed(action);
    role = null;
    await run(services, number, patient);
    expect(refusals()).toEqual([line(number, 'no-longer-allowed')]);
    expect(deletions()).toEqual([]);
  },
);

it('a permission that goes while assets are deleted leaves one line, however many are kept', async () => {
  const number = await confirmed('delete');
  onLook = () => {
    role = null;
  };
  await run(services, number, patient);
  expect(refusals()).toEqual([line(number, 'no-longer-allowed')]);
  expect(deletions()).toEqual([]);
});

it('a request that may run leaves none', async () => {
  await run(services, await confirmed('delete'), patient);
  expect(refusals()).toEqual([]);
});

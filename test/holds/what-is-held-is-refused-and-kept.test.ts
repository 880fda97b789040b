import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { HoldTarget } from '../../src/domain/legal-hold.ts';
import type { Ask } from '../../src/domain/request.ts';
import { confirmHold, proposeHold } from '../../src/holds/place-holds.ts';
import { ask } from '../../src/requests/create.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { prepare } from '../../src/workers/prepare-request.ts';
import { run } from '../../src/workers/run-request.ts';
import { watchWorkspace } from '../../src/workflows/delete-workspace/poll.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { member } from '../harness/people.ts';
import { noApprovals } from '../harness/policies.ts';
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

const dataset = (name: string, Owner: string) =>
  datasetPayload('http://127.0.0.1:1', { Id: `${workspaceId}.${name}.v1`, FamilyId: name, Name: name, Owner });
const experiment = (name: string, parent: string | null) => ({
  ExperimentId: `${workspaceId}.f-id.${name}`,
  ParentExperimentId: parent === null ? null : `${workspaceId}.f-id.${parent}`,
  Description: name,
  Creator: 'alexw@example.com',
  Status: { StatusCode: 'Finished', CreationTime: '/Date(1561021000000)/' },
});

describeOnEachDatabase('what a legal hold covers', (open) => {
  let opened: OpenedDatabase;
  let server: ScriptedServer;
  let services: WorkflowServices;
  let tenants = 0;
  let [alex, legal] = [member('', '', ''), member('', '', '')];

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    tenants += 1;
    alex = member(`alex-${tenants}`, 'Alex Wilber', 'alexw@example.com', `tenant-${tenants}`);
    legal = member(`legal-${tenants}`, 'Legal', 'legal@example.com', `tenant-${tenants}`);
    const users = ['alexw@example.com', 'meganb@example.com'].map((Email) => ({
      Status: 'Active',
      User: { UserId: Email, Email, Name: Email.startsWith('alex') ? 'Alex Wilber' : 'Megan Bowen', Role: 'Owner' },
    }));
    const lists = ['modules', 'trainedmodels', 'transformmodules', 'projectcontainers', 'notebooks'];
    server = await startScriptedServer({
      [`GET ${workspacePath}`]: json({ WorkspaceId: workspaceId, FriendlyName: 'Churn Lab', Type: 'Free' }),
      [`DELETE ${workspacePath}`]: status(403, ''),
      [`GET ${workspacePath}/users`]: json(users),
      [`GET /workspaces/${workspaceId}/webservices`]: json([]),
      [`GET ${workspacePath}/datasources`]: json([
        dataset('churn.csv', 'Alex Wilber'),
        dataset('loans.csv', 'meganb@example.com'),
        dataset('old.csv', 'Python SDK'),
      ]),
      [`GET ${workspacePath}/experiments`]: json([
        experiment('root', null),
        experiment('A', 'root'),
        experiment('B', 'root'),
        experiment('X', null),
      ]),
      ...Object.fromEntries(lists.map((list): [string, Answer] => [`GET ${workspacePath}/${list}`, json([])])),
    });
    const made = jobServices(opened.database, opened.queue, sourceAt(server.url), new HurriedClock());
    const policy = { ...noApprovals, approversExist: false };
    services = { ...made, settings: { ...made.settings, policy, administrators: legal.addresses } };
  });
  afterEach(() => server[Symbol.asyncDispose]());

  async function place(target: HoldTarget): Promise<void> {
    const draft = { target, reference: 'M-1', reason: 'A dispute.', from: null, until: null };
    const proposed = await proposeHold(services, legal, draft);
    expect((await confirmHold(services, legal, proposed.hold?.number ?? 0)).result).toBe('accepted');
  }
  const asked = async (wish: Ask) => {
    const origin = { conversationId: 'chat', kind: 'personal', activityId: null } as const;
    const { number } = await ask(services, alex, origin, wish);
    await prepare(services, number, patient);
    return stands(number);
  };
  const stands = async (number: number) => {
    const request = await findRequest(services, number);
    if (request === null) throw new Error('no request');
    return request;
  };
  const deletionOf = (kind: 'dataset' | 'experiment', ...names: readonly string[]) =>
    asked({ action: 'delete', target: 'assets', data: 'customer', mentions: names.map((name) => ({ kind, name })) });
  const all = { action: 'delete', target: 'assets', data: 'customer', mentions: [] } as const;
  const onAsset = (assetKind: 'dataset' | 'experiment', familyId: string): HoldTarget => {
    return { kind: 'asset', workspaceId, workspaceName: 'Churn Lab', assetKind, familyId, name: familyId };
  };
  const held = (detail: string) => ({ state: 'rejected', refusal: { reason: 'held', name: 'Churn Lab', detail } });

  it('is refused in the preview as a whole, by its name; what it does not cover and an export go on', async () => {
    await place(onAsset('dataset', 'churn.csv'));
    expect(await deletionOf('dataset', 'churn.csv', 'loans.csv')).toMatchObject(held('“churn.csv”'));
    expect(await asked({ ...all, selection: { kind: 'dataset', except: [] } })).toMatchObject(held('“churn.csv”'));
    expect((await deletionOf('dataset', 'loans.csv')).state).toBe('awaiting-confirmation');
    const copy: Ask = { action: 'export', target: 'workspace', data: 'all', mentions: [] };
    expect((await asked(copy)).state).toBe('awaiting-confirmation');
    const whole: Ask = { action: 'delete-workspace', target: 'workspace', data: 'all', mentions: [] };
    expect(await asked(whole)).toMatchObject({ state: 'rejected', refusal: { reason: 'held', name: 'Churn Lab' } });
  });

  it('is what is or may be a person’s, and never what is certainly another member’s', async () => {
    await place({ kind: 'person', objectId: alex.objectId, name: null, addresses: ['alexw@example.com'] });
    expect(await deletionOf('dataset', 'churn.csv', 'old.csv')).toMatchObject(held('“churn.csv” and “old.csv”'));
    expect((await deletionOf('dataset', 'loans.csv')).state).toBe('awaiting-confirmation');
    const text = JSON.stringify((await deletionOf('dataset', 'churn.csv')).refusal);
    expect(text).not.toMatch(/Alex|alexw|M-1|dispute/u);
  });

  it('is an experiment also where the deletion of another one would take its earlier runs', async () => {
    const free = await deletionOf('experiment', 'A');
    expect(free.state).toBe('awaiting-confirmation');
    const familyOfB = await opened.database.db
      .selectFrom('requestAssets')
      .select('familyId')
      .where('requestNumber', '=', (await deletionOf('experiment', 'B')).number)
      .executeTakeFirstOrThrow();
    await place(onAsset('experiment', familyOfB.familyId));
    expect(await deletionOf('experiment', 'A')).toMatchObject(held('earlier runs of “A”'));
    expect(await deletionOf('experiment', 'B')).toMatchObject(held('“B”'));
    expect((await deletionOf('experiment', 'X')).state).toBe('awaiting-confirmation');
  });

  it('is no longer asked for to be deleted by hand', async () => {
    const whole: Ask = { action: 'delete-workspace', target: 'workspace', data: 'all', mentions: [] };
    const { number, version } = await asked(whole);
    await press(services, alex, { request: number, version, choice: 'delete-workspace', typed: 'Churn Lab' });
    await run(services, number, patient);
    expect((await stands(number)).progress.phase).toBe('waiting');
    await place({ kind: 'workspace', workspaceId, name: 'Churn Lab' });
    await watchWorkspace(services, number, 0, patient);
    expect(await stands(number)).toMatchObject({ state: 'partly-failed', refusal: { reason: 'workspace-kept' } });
    expect((await stands(number)).refusal?.detail).toContain('legal hold');
  });
});

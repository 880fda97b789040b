import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import { NotCleared } from '../../src/domain/clearance.ts';
import type { Person } from '../../src/domain/people.ts';
import { confirmAddressChange, proposeAddressChange } from '../../src/requests/address-changes.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { membershipRefusal } from '../../src/requests/renew.ts';
import { workspaceClearance } from '../../src/workflows/clearances.ts';
import { checkPermission } from '../../src/workflows/permission.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const none = { workspaces: [], roles: [], groups: [] };
const workspace = {
  id: 'ws',
  name: 'Churn Lab',
  accountType: 'free',
  serviceType: 'Free',
  expiresAt: null,
  ownerId: 'x',
};
const source = {
  workspaceIds: () => ['ws'],
  registeredBy: () => 'registrar@contoso.com',
  workspace: async () => workspace,
  members: async () => [{ email: 'owner@old.example', role: 'owner', status: 'active', name: 'Owner' }],
  usesOwnRights: () => false,
} as unknown as AssetSource;
const byHand = { where: 'source', url: '', lookFor: [] } as const;
const removal = {
  method: 'source',
  resourceId: null,
  byHand,
  tied: [],
  tiedKnown: true,
  storageAccount: null,
} as const;

describeOnEachDatabase('an address that was taken from somebody who asked for a deletion with it', (open) => {
  let opened: OpenedDatabase;
  let services: WorkflowServices;
  let round = 0;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  const idOf = (n: number) => `${round}0000000-0000-4000-8000-00000000000${n}`;
  const signal = AbortSignal.timeout(60_000);
  let mallory: Person;
  let admin: Person;

  beforeEach(async () => {
    round += 1;
    mallory = member(idOf(1), 'Mallory', `mallory${round}@contoso.com`);
    admin = member(idOf(2), 'Ada Min', `admin${round}@contoso.com`);
    const made = jobServices(opened.database, opened.queue, source, new TestClock()) as WorkflowServices;
    services = { ...made, settings: { ...made.settings, administrators: [...admin.addresses] } };
    for (const each of [mallory, admin]) await refreshPerson(services, asSeen(each));
    await change('link');
  });

  async function change(kind: 'link' | 'unlink') {
    const wish = { kind, address: 'owner@old.example', target: mallory, rights: none } as const;
    const { change: proposed } = await proposeAddressChange(services, admin, wish);
    expect((await confirmAddressChange(services, admin, proposed?.number ?? 0, none)).result).toBe('accepted');
  }
  const now = () => refreshPerson(services, asSeen(mallory));
  async function running() {
    const by = await now();
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `a-${round}` } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as const;
    const asked = await ask(services, by, origin, wish);
    await recordPreparation(services, beginSnapshot(services, asked), previewOf(termsWith(0)));
    return { number: asked.number, version: asked.version + 1 };
  }

  it('gives no right any more: not to run, to delete, or to open the archive', async () => {
    const { number, version } = await running();
    expect((await press(services, await now(), { request: number, version, choice: 'delete' })).result).toBe(
      'accepted',
    );
    const run = await takeRun(services, number);
    if (run === null) throw new Error('nothing runs');
    expect(await checkPermission(services, run.request, signal)).toBeNull();
    expect(await membershipRefusal(services, run.request, signal)).toBeNull();
    const call = { id: 'ws', removal };
    const clearance = await workspaceClearance(services, run, call, async () => false, signal);
    await change('unlink');
    // Between the checks and the call.
    await expect(clearance.spend()).rejects.toMatchObject({ denial: { kind: 'not-allowed' } });
    expect(await checkPermission(services, run.request, signal)).toMatchObject({ reason: 'no-longer-allowed' });
    expect(await membershipRefusal(services, run.request, signal)).toMatchObject({ reason: 'no-longer-allowed' });
    await expect(workspaceClearance(services, run, call, async () => false, signal)).rejects.toBeInstanceOf(NotCleared);
  });
});

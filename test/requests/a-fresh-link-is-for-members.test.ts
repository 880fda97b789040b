import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/actions.ts';
import { membershipRefusal } from '../../src/requests/renew.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type OpenedDatabase, openEmbedded } from '../harness/databases.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { jobServices } from '../harness/job-services.ts';
import { member } from '../harness/people.ts';

const alex = member('alex', 'Alex Wilber', 'alexw@example.com');
const stranger = member('stranger', 'Former Member', 'former@example.com');
const patient = AbortSignal.timeout(60_000);

describe('a fresh link', () => {
  let emulator: TestEmulator;
  let opened: OpenedDatabase;
  beforeAll(async () => {
    [emulator, opened] = await Promise.all([startTestEmulator(), openEmbedded()]);
  });
  afterAll(() => Promise.all([emulator.close(), opened.close()]));

  const refusalOf = (requester: typeof alex, action: Action, id = emulator.workspace('Churn Lab').workspaceId) => {
    const source = createStudioSource({ connections: emulator.registrations(), clock: systemClock });
    const workspace = { id, name: 'Churn Lab', accountType: 'free', serviceType: 'Free', expiresAt: null } as const;
    const services = jobServices(opened.database, opened.queue, source, systemClock);
    return membershipRefusal(services, { requester, action, workspace }, patient);
  };

  it('is made for a member', async () => {
    expect(await refusalOf(alex, 'export')).toBeNull();
  });

  it('is not made for somebody who has left since, nor where nobody can tell', async () => {
    expect(await refusalOf(stranger, 'export')).toMatchObject({ reason: 'no-longer-allowed', name: 'Churn Lab' });
    expect(await refusalOf(alex, 'export', '0'.repeat(32))).toMatchObject({ reason: 'no-longer-allowed' });
  });

  it('is made for who has deleted the workspace, of which there are no members any more', async () => {
    expect(await refusalOf(alex, 'export-then-delete-workspace', '0'.repeat(32))).toBeNull();
  });
});

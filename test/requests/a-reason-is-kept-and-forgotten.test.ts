import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eraseFromRequests } from '../../src/database/erasure.ts';
import { eraseNames } from '../../src/database/retention-rules.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { ask } from '../../src/requests/create.ts';
import { finishRun, takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { reconfirm } from '../../src/requests/reconfirm.ts';
import { findRequest } from '../../src/requests/report.ts';
import { refusalNow } from '../../src/workflows/permission.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const wish: Ask = {
  action: 'delete',
  target: 'assets',
  data: 'all',
  mentions: [],
  selection: { kind: 'dataset', except: [] },
};
const why = 'Superseded by the labels of 2020';

describeOnEachDatabase('the reason of a confirmation', (open) => {
  let opened: OpenedDatabase;
  let services: WorkflowServices;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    services = jobServices(opened.database, opened.queue, {} as AssetSource, new TestClock());
  });

  const now = async (number: number): Promise<RequestRecord> => {
    const request = await findRequest(services, number);
    if (request === null) throw new Error(`there is no request ${number}`);
    return request;
  };
  /** A preview, and what a press with this reason makes of it; nothing takes jobs from the queue here. */
  const pressed = async (reasonNeeded: boolean, reason?: string): Promise<number> => {
    messages += 1;
    const activityId = `reason-${opened.database.kind}-${messages}`;
    const { number } = await ask(services, asker, { conversationId: 'chat', kind: 'personal', activityId }, wish);
    await recordPreparation(
      services,
      beginSnapshot(services, await now(number)),
      previewOf({ ...termsWith(0), reasonNeeded }, [
        { kind: 'dataset', count: 1, sizeBytes: 10, sizeIncomplete: false },
      ]),
    );
    const { version } = await now(number);
    const given = reason === undefined ? {} : { reason };
    await press(services, asker, { request: number, version, choice: 'delete', ...given });
    return number;
  };

  it('is stored with its request, and nowhere else', async () => {
    const number = await pressed(true, why);
    expect(await now(number)).toMatchObject({ state: 'scheduled', requesterReason: why });
    const { db } = opened.database;
    const audit = await db.selectFrom('audit').selectAll().where('requestNumber', '=', number).execute();
    const history = await db.selectFrom('requestHistory').selectAll().where('requestNumber', '=', number).execute();
    expect(audit.length + history.length).toBeGreaterThan(2);
    expect(JSON.stringify([audit, history])).not.toContain('Superseded');
  });

  it('is not stored where no rule asks for it, and a press without it changes nothing where one does', async () => {
    expect(await now(await pressed(false, why))).toMatchObject({ state: 'scheduled', requesterReason: null });
    expect(await now(await pressed(true))).toMatchObject({ state: 'awaiting-confirmation', requesterReason: null });
  });

  it('is asked for again with the next preview', async () => {
    const number = await pressed(true, why);
    const run = await takeRun(services, number);
    if (run === null) throw new Error('it does not run');
    await reconfirm(services, run, wish);
    expect(await now(number)).toMatchObject({ state: 'preparing', requesterReason: null });
  });

  it('is forgotten with the requester, and with the names of its request', async () => {
    const ended = async () => {
      const number = await pressed(true, why);
      const run = await takeRun(services, number);
      if (run === null) throw new Error('it does not run');
      await finishRun(services, run, { outcome: 'succeeded' });
      expect((await now(number)).requesterReason).toBe(why);
      return number;
    };
    const { db } = opened.database;
    const anonymous = await ended();
    await db.transaction().execute((trx) => eraseNames(trx, anonymous, { reason: 'names-forgotten' }, new Date()));
    expect((await now(anonymous)).requesterReason).toBeNull();
    const erased = await ended();
    await db.transaction().execute((trx) => eraseFromRequests(trx, asker, [asker.name]));
    expect((await now(erased)).requesterReason).toBeNull();
  });

  it('is missing where the policy asks for it only by then, and the request is refused', async () => {
    const rules = [{ says: 'It has a reason.', actions: ['delete'], reasonNeeded: true }] as const;
    const later = {
      ...services,
      settings: { ...services.settings, policy: { version: '2', rules, approversExist: true } },
    };
    const visible = { workspace: { accountType: 'free', name: 'Churn Lab' }, members: [], role: 'owner' } as never;
    const without = await now(await pressed(false));
    expect(refusalNow(services, without, visible, false)).toBeNull();
    expect(refusalNow(later, without, visible, false)).toEqual({
      reason: 'no-longer-allowed',
      name: 'Churn Lab',
      detail: 'It now needs a reason. Please ask again.',
    });
    expect(refusalNow(later, await now(await pressed(true, why)), visible, false)).toBeNull();
  });

  it('is asked for of a preview of which an earlier release did not look whose its assets are', async () => {
    const rules = [{ says: 'It has a reason.', actions: ['delete'], othersAssets: true, reasonNeeded: true }] as const;
    const later = {
      ...services,
      settings: { ...services.settings, policy: { version: '2', rules, approversExist: true } },
    };
    const visible = { workspace: { accountType: 'free', name: 'Churn Lab' }, members: [], role: 'owner' } as never;
    const own = await now(await pressed(false));
    expect(own.othersAssets).toBe(false);
    expect(refusalNow(later, own, visible, false)).toBeNull();
    for (const othersAssets of [true, null])
      expect(refusalNow(later, { ...own, othersAssets }, visible, false)?.detail).toContain('now needs a reason');
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eraseFromRequests } from '../../src/database/erasure.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Ask, RequestRecord } from '../../src/domain/request.ts';
import { stopForOther } from '../../src/requests/cancel.ts';
import { ask } from '../../src/requests/create.ts';
import { startCooledOff, startDue } from '../../src/requests/expire.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';

const minute = 60_000;
const wish: Ask = {
  action: 'delete',
  target: 'assets',
  data: 'all',
  mentions: [],
  selection: { kind: 'dataset', except: [] },
};
const megan: Person = { ...asker, objectId: 'megan', name: 'Megan Bowen' };

describeOnEachDatabase('a deletion that cools off for an hour', (open) => {
  let opened: OpenedDatabase;
  let clock: TestClock;
  let services: WorkflowServices;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    clock = new TestClock();
    services = jobServices(opened.database, opened.queue, {} as AssetSource, clock);
  });

  const now = async (number: number): Promise<RequestRecord> => {
    const request = await findRequest(services, number);
    if (request === null) throw new Error(`there is no request ${number}`);
    return request;
  };
  /** A confirmed one; nothing takes jobs from the queue here. */
  const confirmed = async (): Promise<number> => {
    messages += 1;
    const origin = {
      conversationId: 'chat',
      kind: 'personal',
      activityId: `cool-${opened.database.kind}-${messages}`,
    } as const;
    const request = await ask(services, asker, origin, wish);
    await recordPreparation(
      services,
      beginSnapshot(services, request),
      previewOf({ ...termsWith(0), waitMinutes: 60 }, [
        { kind: 'dataset', count: 1, sizeBytes: 10, sizeIncomplete: false },
      ]),
    );
    const { version } = await now(request.number);
    await press(services, asker, { request: request.number, version, choice: 'delete' });
    return request.number;
  };

  it('is not started before, by whatever asks, and then by the sweep when its job is lost', async () => {
    const number = await confirmed();
    const { version, startsAt, state } = await now(number);
    expect([state, startsAt?.getTime()]).toEqual(['cooling-off', clock.now() + 60 * minute]);
    clock.advance(59 * minute);
    await startCooledOff(services, number, version);
    await startDue(services);
    expect((await now(number)).state).toBe('cooling-off');
    clock.advance(2 * minute);
    await startCooledOff(services, number, version - 1);
    expect((await now(number)).state).toBe('cooling-off');
    await startDue(services);
    expect(await now(number)).toMatchObject({ state: 'scheduled', startsAt: null });
  });

  it('never starts once it was stopped, and forgets who stopped it when that person is erased', async () => {
    const number = await confirmed();
    const { version } = await now(number);
    const { version: stopping } = await now(number);
    await stopForOther(services, megan, number, stopping, { idempotencyKey: `${stopping}:cancel:${megan.objectId}` });
    expect(await now(number)).toMatchObject({
      state: 'cancelled',
      refusal: { reason: 'stopped-by-other', name: 'Megan Bowen' },
    });
    clock.advance(120 * minute);
    await startCooledOff(services, number, version);
    await startDue(services);
    expect((await now(number)).state).toBe('cancelled');
    await opened.database.db.transaction().execute((trx) => eraseFromRequests(trx, megan, ['Megan Bowen']));
    expect((await now(number)).refusal).toEqual({ reason: 'stopped-by-other', name: 'Somebody' });
    const history = await opened.database.db
      .selectFrom('requestHistory')
      .select('actor')
      .where('requestNumber', '=', number)
      .execute();
    expect(history.map(({ actor }) => actor)).not.toContain('Megan Bowen');
  });
});

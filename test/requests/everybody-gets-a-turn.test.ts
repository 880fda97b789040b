import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { lockRequest, updateRequest } from '../../src/database/request-rows.ts';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Ask } from '../../src/domain/request.ts';
import { ServiceFailure } from '../../src/domain/service-failure.ts';
import { ask, TooManyOpenError } from '../../src/requests/create.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { findRequest } from '../../src/requests/report.ts';
import { systemClock } from '../../src/system-clock.ts';
import { handleJobs } from '../../src/workers/handlers.ts';
import type { WorkflowServices } from '../../src/workflows/workflow-services.ts';
import { type OpenedDatabase, openPostgres } from '../harness/databases.ts';
import { asker, jobServices } from '../harness/job-services.ts';
import { termsWith } from '../harness/policies.ts';
import { describeOnPostgres } from '../harness/postgres.ts';
import { previewOf } from '../harness/previews.ts';

const person = (objectId: string): Person => ({ ...asker, objectId, name: objectId });
const wish: Ask = { action: 'export', target: 'workspace', data: 'all', mentions: [] };
type Size = 'small' | 'large';
const bytes: Readonly<Record<Size, number>> = { small: 1_000, large: 50 * 2 ** 30 };

/** Workspaces that respond only when a test releases them, and then with an error, so that the run ends. */
class GatedSource {
  readonly begun: string[] = [];
  /** By workspace; a run that lost its lease on a busy machine begins again, and its earlier attempt ends with it. */
  readonly #released = new Map<string, PromiseWithResolvers<void>>();
  readonly #gates = new Set<() => void>();
  readonly source = new Proxy({} as AssetSource, {
    get: (_target, property) => {
      if (property === 'workspaceIds') return () => [];
      if (property === 'registeredBy') return () => null;
      return (workspaceId: string) => (property === 'members' ? this.#begin(workspaceId) : this.#refuse());
    },
  });

  /** Ends the run in this workspace. */
  release(workspaceId: string): void {
    this.#releaseOf(workspaceId).resolve();
  }

  #releaseOf(workspaceId: string): PromiseWithResolvers<void> {
    const known = this.#released.get(workspaceId) ?? Promise.withResolvers<void>();
    this.#released.set(workspaceId, known);
    return known;
  }

  /** Resolves as soon as the runs that have begun fit. */
  until(fits: (begun: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const gate = () => {
        if (!fits(this.begun)) return;
        this.#gates.delete(gate);
        resolve();
      };
      this.#gates.add(gate);
      gate();
    });
  }

  async #begin(workspaceId: string): Promise<never> {
    if (!this.begun.includes(workspaceId)) this.begun.push(workspaceId);
    for (const gate of [...this.#gates]) gate();
    await this.#releaseOf(workspaceId).promise;
    return this.#refuse();
  }

  async #refuse(): Promise<never> {
    throw new ServiceFailure('Studio', 'forbidden', 'No.');
  }
}

/** A separate database without workers. */
async function openedApart() {
  const own = await openPostgres();
  return { ...own, [Symbol.asyncDispose]: () => own.close() };
}

describeOnPostgres('many people who want much at once', () => {
  let opened: OpenedDatabase;
  let services: WorkflowServices;
  let gated: GatedSource;
  let messages = 0;

  beforeAll(async () => {
    opened = await openPostgres();
  });
  afterAll(() => opened.close());
  beforeEach(() => {
    gated = new GatedSource();
    services = jobServices(opened.database, opened.queue, gated.source, systemClock);
  });

  const asked = (who: Person, on: WorkflowServices = services) =>
    ask(on, who, { conversationId: 'chat', kind: 'personal', activityId: `turn-${++messages}` }, wish);
  /** A confirmed request in its own workspace, so that its run can be identified. */
  const confirmed = async (who: Person, workspaceId: string, size: Size, on: WorkflowServices = services) => {
    const request = await asked(who, on);
    const { number } = request;
    await recordPreparation(
      on,
      beginSnapshot(on, request),
      previewOf(termsWith(0), [{ kind: 'dataset', count: 1, sizeBytes: bytes[size], sizeIncomplete: false }], {
        id: workspaceId,
        name: workspaceId,
        accountType: 'free',
        serviceType: 'Free',
        expiresAt: null,
      }),
    );
    const version = (await findRequest(on, number))?.version ?? 0;
    await press(on, who, { request: number, version, choice: 'export' });
    return number;
  };

  it('come next, too, when one person’s runs began in another order than they were asked for', async () => {
    await using own = await openedApart();
    const on = jobServices(own.database, own.queue, gated.source, systemClock);
    const hugo = person('hugo');
    const numbers: number[] = [];
    for (const index of [1, 2, 3]) numbers.push(await confirmed(hugo, `hugo-large-${index}`, 'large', on));
    const [first = 0, , third = 0] = numbers;
    // As when three workers look for work at the same time and the second one's job is put back.
    for (const number of [first, third]) await updateRequest(own.database.db, number, { startedAt: new Date() });
    const turnOf = async (number: number) => (await lockRequest(own.database.db, number))?.turn ?? 0;
    const newcomer = await confirmed(person('ida'), 'ida-large-1', 'large', on);
    expect(await turnOf(newcomer)).toBeLessThan(await turnOf(numbers[1] ?? 0));
  });

  it('never wait behind one person’s long runs, and short runs never behind long ones', {
    timeout: 120_000,
  }, async () => {
    const alex = person('alex');
    const dora = person('dora');
    // Two, and then two more: of four, three workers that look at once may put back the first one, which then rightly
    // keeps its turn before Emil's.
    for (const index of [1, 2]) await confirmed(alex, `alex-large-${index}`, 'large');
    await handleJobs(services, opened.queue);
    const begun = (id: string) => gated.until((ids) => ids.includes(id));
    await gated.until(({ length }) => length >= 2);
    for (const index of [3, 4]) await confirmed(alex, `alex-large-${index}`, 'large');
    expect(gated.begun).toHaveLength(2);
    const [first = ''] = gated.begun;
    // Fair queuing: another person's long run gets its own slot, and so does a short run of the same person.
    await confirmed(dora, 'dora-large-1', 'large');
    await confirmed(alex, 'alex-small-1', 'small');
    await begun('dora-large-1');
    await begun('alex-small-1');
    expect(gated.begun.filter((id) => id.startsWith('alex-large'))).toHaveLength(2);
    // When all slots are taken, the next free one goes to the person without a running request, not to the oldest
    // request.
    await confirmed(dora, 'dora-large-2', 'large');
    await confirmed(person('emil'), 'emil-large-1', 'large');
    gated.release(first);
    await begun('emil-large-1');
    expect(gated.begun.filter((id) => id.startsWith('alex-large'))).toHaveLength(2);
    for (const id of gated.begun) gated.release(id);
    await begun('dora-large-2');
    for (const index of [1, 2, 3, 4]) await begun(`alex-large-${index}`);
    for (const id of gated.begun) gated.release(id);
  });

  it('have so many open requests and no more, however many messages come at once, and are told which', async () => {
    const few: WorkflowServices = { ...services, settings: { ...services.settings, maxOpenRequests: 3 } };
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => asked(person('flood'), few)));
    const taken = answers.filter(({ status }) => status === 'fulfilled');
    expect(taken).toHaveLength(3);
    const refused = answers.find((answer) => answer.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(TooManyOpenError);
    expect(String(refused?.reason)).toMatch(/You have 3 open requests.*DSR-\d+, DSR-\d+, and DSR-\d+/u);
    // Other people are not affected, and a repeated message creates no further request.
    await asked(person('other'), few);
    messages -= 1;
    expect((await asked(person('other'), few)).requester.objectId).toBe('other');
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { recordPage } from '../../src/audit/record-page.ts';
import { sealAll } from '../../src/audit/sealer.ts';
import type { Person } from '../../src/domain/people.ts';
import type { Refusal } from '../../src/domain/refusals.ts';
import type { RequestRecord } from '../../src/domain/request.ts';
import { cancelByNumber } from '../../src/requests/cancel.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { ask } from '../../src/requests/create.ts';
import { expire } from '../../src/requests/expire.ts';
import { finishRun, takeRun } from '../../src/requests/lease.ts';
import { beginSnapshot, recordPreparation } from '../../src/requests/preparation.ts';
import { press } from '../../src/requests/press.ts';
import { readableRequest } from '../../src/requests/record-access.ts';
import { findRequest } from '../../src/requests/report.ts';
import type { RequestServices } from '../../src/requests/request-services.ts';
import { whoDecidedWords, whyRefusedWords } from '../../src/teams/record-sentences.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { asSeen, member } from '../harness/people.ts';
import { termsWith } from '../harness/policies.ts';
import { previewOf } from '../harness/previews.ts';
import { json, type ScriptedServer, startScriptedServer } from '../sources/studio-classic/scripted-server.ts';
import { sourceAt, workspaceId, workspacePath } from '../sources/studio-classic/small-studio.ts';

const alex = member('0000-alex', 'Alex Wilber', 'alexw@example.com');
const megan = member('0000-megan', 'Megan Bowen', 'meganb@example.com');
const owner = member('0000-owner', 'Olga Owner', 'olga@example.com');
const user = member('0000-user', 'Uma User', 'uma@example.com');
const patti = member('0000-patti', 'Patti Fernandez', 'pattif@example.com');
const isaiah = member('0000-isaiah', 'Isaiah Langer', 'isaiahl@example.com');
const lab = { id: workspaceId, name: 'Churn Lab', accountType: 'free', serviceType: 'Free', expiresAt: null } as const;
const listed = (email: string, Role: string) => ({
  Status: 'Active',
  User: { UserId: email, Email: email, Name: email, Role },
});

describeOnEachDatabase('the record of a request', (open) => {
  let opened: OpenedDatabase;
  let studio: ScriptedServer;
  let services: RequestServices;
  let messages = 0;

  beforeAll(async () => {
    opened = await open();
    studio = await startScriptedServer({
      [`GET ${workspacePath}`]: json({ WorkspaceId: workspaceId, FriendlyName: 'Churn Lab', Type: 'Free' }),
      [`GET ${workspacePath}/users`]: json([listed('olga@example.com', 'Owner'), listed('uma@example.com', 'User')]),
    });
  });
  afterAll(async () => {
    await studio[Symbol.asyncDispose]();
    await opened.close();
  });
  beforeEach(async () => {
    const made = jobServices(opened.database, opened.queue, sourceAt(studio.url), new TestClock());
    services = {
      ...made,
      settings: { ...made.settings, approvers: ['meganb@example.com'], auditors: ['pattif@example.com'] },
    };
    for (const person of [alex, megan, owner, user, patti, isaiah]) await refreshPerson(services, asSeen(person));
  });

  /** A deletion by Alex as it is with its preview, and confirmed where it needs approvals. */
  async function asked(approvals: number, isConfirmed = true): Promise<RequestRecord> {
    messages += 1;
    const origin = { conversationId: 'channel', kind: 'channel', activityId: `record-${messages}` } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'churn.csv' }] } as const;
    const { number, version } = await ask(services, alex, origin, wish);
    const preview = previewOf(termsWith(approvals), [], lab);
    await recordPreparation(services, beginSnapshot(services, { number, version }), preview);
    const shown = (await findRequest(services, number)) as RequestRecord;
    if (!isConfirmed) return shown;
    await press(services, alex, { request: number, version: shown.version, choice: 'delete' });
    return (await findRequest(services, number)) as RequestRecord;
  }
  const view = async (person: Person, { number }: RequestRecord, here: string | null = null) => {
    const place = here === null ? 'personal' : 'shared';
    const asker = { person, place, isHere: (id: string) => id === here, signal: AbortSignal.timeout(60_000) } as const;
    return (await readableRequest(services, number, asker))?.view ?? 'none';
  };
  const told = async ({ number }: RequestRecord, isNamed = true) => {
    const request = (await findRequest(services, number)) as RequestRecord;
    const { events } = await recordPage(opened.database.db, request, isNamed ? 'names' : 'roles');
    return { request, events, isNamed };
  };
  const vote = async ({ number, version }: RequestRecord, choice: string, comment?: string) =>
    press(services, megan, { request: number, version, choice, ...(comment === undefined ? {} : { comment }) });

  it('is read with names by those concerned and auditors, in their own chat alone', async () => {
    const request = await asked(1);
    const views = async (here: string | null) =>
      Promise.all([alex, megan, owner, patti, user, isaiah].map((person) => view(person, request, here)));
    expect(await views(null)).toEqual(['names', 'names', 'names', 'names', 'none', 'none']);
    expect(await views('another')).toEqual(['roles', 'roles', 'none', 'none', 'none', 'none']);
    expect(await views('channel')).toEqual(['roles', 'roles', 'roles', 'roles', 'roles', 'roles']);
    expect(await view({ ...alex, tenantId: 'other' }, request)).toBe('none');
    expect(await view(patti, { ...request, number: 999_999 })).toBe('none');
  });

  it('stays readable for whoever decided, when their role is gone', async () => {
    const request = await asked(1);
    await vote(request, 'approve');
    services = { ...services, settings: { ...services.settings, approvers: [] } };
    expect(await view(megan, request)).toBe('names');
  });

  it('tells who decided, and until then that nobody has', async () => {
    const request = await asked(2);
    expect(whoDecidedWords(await told(request))).toMatch(
      /^Nobody has decided about DSR-\d+ yet\. It still waits; it needs 2 approvals\.$/u,
    );
    await vote(request, 'approve');
    expect(whoDecidedWords(await told(request))).toMatch(
      /was approved by Megan Bowen \(approver\) on .*It still waits/u,
    );
    expect(whoDecidedWords(await told(request, false))).toMatch(/was approved by an approver on /u);
    expect(whoDecidedWords(await told(await asked(0)))).toContain('Nobody had to approve');
    expect(whoDecidedWords(await told(await asked(1, false)))).toContain('was not confirmed');
  });

  it('tells why it ended: rejected, refused, expired, withdrawn, or denied before a call', async () => {
    const rejected = await asked(1);
    await vote(rejected, 'reject', 'Not before the audit.');
    expect(whyRefusedWords(await told(rejected))).toContain(
      'Megan Bowen (approver) on 24 Nov 2026, 12:00 UTC, who wrote “Not before the audit.”',
    );
    const hidden = whyRefusedWords(await told(rejected, false));
    expect(hidden).toContain('was rejected by an approver on ');
    expect(hidden).not.toMatch(/Megan|audit/u);

    const expired = await asked(1);
    await expire(services, expired.number, expired.version);
    expect(whyRefusedWords(await told(expired))).toContain('nobody answered in time, so it expired on');

    const withdrawn = await asked(1);
    await cancelByNumber(services, alex, withdrawn.number);
    expect(whyRefusedWords(await told(withdrawn))).toContain('it was withdrawn by Alex Wilber (requester)');

    messages += 1;
    const origin = { conversationId: 'chat', kind: 'personal', activityId: `record-${messages}` } as const;
    const wish = { action: 'delete', target: 'assets', data: 'customer', mentions: [{ name: 'x.csv' }] } as const;
    const refused = await ask(services, alex, origin, wish);
    const refusal: Refusal = { reason: 'unknown-workspace', name: 'Secret Lab' };
    await recordPreparation(services, beginSnapshot(services, refused), {
      kind: 'refusal',
      workspace: null,
      refusal,
    } as never);
    expect(whyRefusedWords(await told(refused))).toMatch(/^I refused DSR-\d+ on .*Secret Lab/u);
    expect(whyRefusedWords(await told(refused, false))).toMatch(/The reason: unknown workspace\.$/u);

    const denied = await asked(0);
    const run = await takeRun(services, denied.number);
    if (run === null) throw new Error('it does not run');
    await finishRun(services, run, { outcome: 'failed', refusal: { reason: 'no-longer-allowed', name: 'Churn Lab' } });
    expect(whyRefusedWords(await told(denied))).toMatch(/^DSR-\d+ failed on .*Churn Lab/u);

    expect(whyRefusedWords(await told(await asked(1)))).toContain('was not refused: it is still open.');
  });

  it('says how far it is sealed, page by page', async () => {
    const request = await asked(1);
    const page = (from: number, limit: number) => recordPage(opened.database.db, request, 'names', { from, limit });
    expect((await page(0, 2)).sealing).toMatchObject({ first: null, unsealed: 3 });
    await sealAll(services);
    const whole = await page(0, 10);
    expect(whole.sealing).toMatchObject({ first: expect.any(Number), last: expect.any(Number), unsealed: 0 });
    const [first, second] = [await page(0, 2), await page(2, 2)];
    expect([...first.events, ...second.events]).toEqual(whole.events);
    expect([first.total, second.total]).toEqual([3, 3]);
  });
});

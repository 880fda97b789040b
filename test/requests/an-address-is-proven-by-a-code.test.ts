import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MailOutcome } from '../../src/domain/mailer.ts';
import type { Person } from '../../src/domain/people.ts';
import { createSmtpMailer } from '../../src/mail/smtp-mailer.ts';
import { confirmAddressChange, proposeAddressChange } from '../../src/requests/address-changes.ts';
import { acceptCode, expectsCode, sendCode } from '../../src/requests/address-proofs.ts';
import { refreshPerson } from '../../src/requests/contacts.ts';
import { TestClock } from '../harness/clock.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { jobServices } from '../harness/job-services.ts';
import { type MailServer, startMailServer } from '../harness/mail-server.ts';
import { asSeen, member } from '../harness/people.ts';

const minute = 60_000;
const none = { workspaces: [], roles: [], groups: [] };

describeOnEachDatabase('a code', (open) => {
  let opened: OpenedDatabase;
  let mail: MailServer;
  let services: ReturnType<typeof jobServices>;
  let clock: TestClock;
  let round = 0;
  let [alex, megan, admin] = [] as unknown as [Person, Person, Person];
  let old = '';

  beforeAll(async () => {
    [opened, mail] = await Promise.all([open(), startMailServer()]);
  });
  afterAll(() => Promise.all([opened.close(), mail.close()]));
  beforeEach(async () => {
    round += 1;
    const person = (name: string) => member(`${name}-${round}`, name, `${name}${round}@contoso.com`);
    [alex, megan, admin] = [person('alex'), person('megan'), person('admin')];
    old = `alex${round}@old.example`;
    clock = new TestClock();
    const made = jobServices(opened.database, opened.queue, {} as never, clock);
    const settings = { ...made.settings, administrators: [...admin.addresses, `boss${round}@old.example`] };
    services = { ...made, settings };
    for (const each of [alex, megan, admin]) await seen(each);
  });

  const seen = (person: Person) => refreshPerson(services, asSeen(person));
  const mailer = () => createSmtpMailer({ kind: 'smtp', url: mail.url, from: 's@contoso.com' }, services.log, mail.ca);
  const send = (person: Person, address: string) => sendCode(services, person, address, mailer());
  /** The code in the newest mail to an address. */
  const codeTo = (address: string) =>
    /my code is (\d{8})/u.exec(mail.received.findLast(({ to }) => to.includes(address))?.raw ?? '')?.[1] ?? '';
  const addressesOf = async (person: Person) => (await seen(person)).addresses;
  const wrong = (code: string) => code.replace(/.$/u, (last) => String((Number(last) + 1) % 10));
  async function link(address: string, target: Person) {
    const outcome = await proposeAddressChange(services, admin, { kind: 'link', address, target, rights: none });
    return confirmAddressChange(services, admin, outcome.change?.number ?? 0, none);
  }

  it('links the address that it was sent to, once, with an audit row and no trace of itself', async () => {
    expect(await send(alex, old)).toBe('sent');
    expect(await expectsCode(services, alex)).toBe(true);
    const code = codeTo(old);
    expect(code).toMatch(/^\d{8}$/u);
    const { rows: stored } = await sql<object>`select * from address_codes where address = ${old}`.execute(
      opened.database.db,
    );
    expect(JSON.stringify(stored)).not.toContain(code);
    expect(await acceptCode(services, megan, code)).toEqual({ result: 'no-code' });
    expect(await acceptCode(services, alex, code)).toEqual({ result: 'linked', address: old });
    expect(await addressesOf(alex)).toEqual([...alex.addresses, old]);
    expect(await acceptCode(services, alex, code)).toEqual({ result: 'no-code' });
    expect(await expectsCode(services, alex)).toBe(false);
    const { rows: audit } = await sql<object>`select action, actor, detail from audit
      where action = 'address.proven' and actor = ${alex.objectId}`.execute(opened.database.db);
    expect(audit).toMatchObject([{ actor: alex.objectId, detail: { objectId: alex.objectId } }]);
    expect(JSON.stringify(audit)).not.toContain(code);
    expect(await send({ ...alex, addresses: await addressesOf(alex) }, old)).toBe('already-yours');
  });

  it('works for fifteen minutes', async () => {
    await send(alex, old);
    clock.advance(15 * minute - 1);
    expect(await expectsCode(services, alex)).toBe(true);
    clock.advance(1);
    expect(await expectsCode(services, alex)).toBe(false);
    expect(await acceptCode(services, alex, codeTo(old))).toEqual({ result: 'no-code' });
    expect(await addressesOf(alex)).toEqual(alex.addresses);
  });

  it('survives four wrong tries, in whatever form, and not five', async () => {
    await send(alex, old);
    const code = codeTo(old);
    for (const [at, typed] of [wrong(code), '', code.slice(1), `${code}0`].entries()) {
      expect(await acceptCode(services, alex, typed)).toEqual({ result: 'wrong', triesLeft: 4 - at });
    }
    expect(await acceptCode(services, alex, code)).toMatchObject({ result: 'linked' });
    const other = `other${round}@old.example`;
    await send(alex, other);
    const tries = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => acceptCode(services, alex, wrong(codeTo(other)))));
    expect(tries.filter(({ result }) => result === 'wrong')).toHaveLength(5);
    expect(await acceptCode(services, alex, codeTo(other))).toEqual({ result: 'no-code' });
  });

  it('ends with the next one', async () => {
    await send(alex, old);
    const first = codeTo(old);
    await send(alex, `other${round}@old.example`);
    expect(await acceptCode(services, alex, first)).toMatchObject({ result: 'wrong' });
    expect(await acceptCode(services, alex, codeTo(`other${round}@old.example`))).toMatchObject({ result: 'linked' });
  });

  it('never takes an address from another account, or one that an administrator took away or that gives a role', async () => {
    const before = mail.received.length;
    const [megans = ''] = megan.addresses;
    expect(await send(alex, megans)).toBe('not-by-code');
    // A guest's mail is linked to nobody, and is somebody's all the same.
    await seen({
      ...megan,
      objectId: `guest-${round}`,
      role: 'guest',
      userPrincipalName: null,
      mail: old,
      addresses: [],
    });
    expect(await send(alex, old)).toBe('not-by-code');
    expect(await send(alex, `boss${round}@old.example`)).toBe('not-by-code');
    const taken = `taken${round}@old.example`;
    await link(taken, megan);
    const unlink = { kind: 'unlink', address: taken, target: megan, rights: none } as const;
    const outcome = await proposeAddressChange(services, admin, unlink);
    await confirmAddressChange(services, admin, outcome.change?.number ?? 0, none);
    expect(await send(alex, taken)).toBe('not-by-code');
    expect(await send(megan, taken)).toBe('not-by-code');
    expect(mail.received.length).toBe(before);
  });

  it('is worth nothing once somebody else has the address', async () => {
    await send(alex, old);
    await link(old, megan);
    expect(await acceptCode(services, alex, codeTo(old))).toEqual({ result: 'not-by-code' });
    expect(await addressesOf(megan)).toContain(old);
    expect(await addressesOf(alex)).toEqual(alex.addresses);
  });

  it('is sent five times a day, to a person and to an address, also when all are asked for at once', async () => {
    const sent = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((at) => send(alex, `n${at}-${round}@old.example`)));
    expect(sent.filter((each) => each === 'sent')).toHaveLength(5);
    expect(sent.filter((each) => each === 'too-many')).toHaveLength(2);
    const others = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (at) => {
        const person = member(`many-${round}-${at}`, 'Many', `many${round}-${at}@contoso.com`);
        await seen(person);
        return send(person, old);
      }),
    );
    expect(others.filter((each) => each === 'sent')).toHaveLength(5);
    clock.advance(24 * 60 * minute + 1);
    expect(await send(alex, old)).toBe('sent');
  });

  it.each(['refused', 'unavailable'] as const)(
    'that did not arrive (%s) cannot be typed',
    async (outcome: MailOutcome) => {
      let text = '';
      const failing = {
        send: async (given: { readonly text: string }) => {
          text = given.text;
          return outcome;
        },
      };
      expect(await sendCode(services, alex, old, failing)).toBe(outcome);
      expect(await expectsCode(services, alex)).toBe(false);
      expect(await acceptCode(services, alex, /\d{8}/u.exec(text)?.[0] ?? '')).toEqual({ result: 'no-code' });
    },
  );
});

import { afterEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../../src/domain/logger.ts';
import type { Mailer } from '../../src/domain/mailer.ts';
import { mailerOf } from '../../src/mail/mailer-of.ts';
import { createSmtpMailer } from '../../src/mail/smtp-mailer.ts';
import { type MailServer, startMailServer } from '../harness/mail-server.ts';

const from = 'steward@contoso.com';
const mail = { to: 'adoe@old.example', subject: 'Your code', text: 'my code is 12345678' };

const lines: string[] = [];
const write = (message: string, fields?: LogFields | unknown) => void lines.push(JSON.stringify([message, fields]));
const log = { info: write, warn: write, error: write };

const servers: MailServer[] = [];
async function server(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const started = await startMailServer(options);
  servers.push(started);
  return started;
}
afterEach(async () => {
  for (const each of servers.splice(0)) await each.close();
  // Neither mail, nor code, nor password is ever logged.
  expect(lines.join('\n')).not.toMatch(/12345678|adoe|p@ss|p%40ss/u);
  lines.length = 0;
});
const mailerTo = ({ url, ca }: MailServer, changed: (url: string) => string = (same) => same): Mailer =>
  createSmtpMailer({ kind: 'smtp', url: changed(url), from }, log, ca);

describe('mail over SMTP', () => {
  it.each(['implicit', undefined] as const)('arrives over TLS (%s)', async (tls) => {
    const to = await server(tls === undefined ? {} : { tls });
    expect(await mailerTo(to).send(mail)).toBe('sent');
    expect(to.received).toHaveLength(1);
    expect(to.received[0]?.to).toEqual([mail.to]);
    expect(to.received[0]?.raw).toContain(mail.text);
    expect(to.received[0]?.raw).toMatch(/^From: steward@contoso\.com$/mu);
    expect(to.received[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/mu);
  });

  it('goes to a server without encryption, or with a certificate of nobody, not at all', async () => {
    const plain = await server({ tls: 'none' });
    expect(await mailerTo(plain).send(mail)).toBe('unavailable');
    const unknown = await server();
    expect(await createSmtpMailer({ kind: 'smtp', url: unknown.url, from }, log).send(mail)).toBe('unavailable');
    expect([plain.received, unknown.received]).toEqual([[], []]);
  });

  it('says what the server refuses, and what it may take later', async () => {
    expect(await mailerTo(await server({ refuses: 550 })).send(mail)).toBe('refused');
    expect(await mailerTo(await server({ refuses: 451 })).send(mail)).toBe('unavailable');
    expect(await mailerTo(await server(), (url) => url.replace(/p%40ss%2Fword/u, 'wrong')).send(mail)).toBe(
      'unavailable',
    );
    expect(lines.length).toBeGreaterThan(2);
  });

  it('gives up on a server that is silent or away', async () => {
    const before = performance.now();
    expect(await mailerTo(await server({ silent: true })).send(mail)).toBe('unavailable');
    expect(performance.now() - before).toBeLessThan(9_000);
    const away = await startMailServer();
    await away.close();
    expect(await mailerTo(away).send(mail)).toBe('unavailable');
  });

  it('goes to the one address only, whatever stands in it', async () => {
    const to = await server();
    await mailerTo(to).send({ ...mail, to: 'a@old.example, b@old.example' });
    await mailerTo(to).send({ ...mail, to: 'a@old.example\r\nBcc: b@old.example' });
    expect(to.received.flatMap((each) => each.to)).not.toContain('b@old.example');
  });
});

describe('without a server', () => {
  it('there is no mailer, and on one machine mails are printed', async () => {
    expect(mailerOf(undefined, log, () => undefined)).toBeNull();
    const printed: string[] = [];
    expect(await mailerOf({ kind: 'console' }, log, (text) => void printed.push(text))?.send(mail)).toBe('sent');
    expect(printed.join('')).toContain('Mail to adoe@old.example');
    expect(printed.join('')).toContain(mail.text);
  });
});

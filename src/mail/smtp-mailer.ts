import { createTransport } from 'nodemailer';
import type { Log } from '../domain/logger.ts';
import type { Mailer, MailOutcome } from '../domain/mailer.ts';
import type { MailSettings } from './mail-settings.ts';

/** How long each step of a delivery may take, in milliseconds: the turn of a chat waits for it. */
const stepMs = 3_000;
/** How long the whole delivery may take, in milliseconds. */
const deliveryMs = 8_000;

/**
 * Sends mail over SMTP, always encrypted: with `smtps:` from the start, with `smtp:` after STARTTLS, without which
 * nothing is sent. `ca` are certificates that are trusted beside the usual ones, for tests.
 */
export function createSmtpMailer(
  { url, from }: Extract<MailSettings, { kind: 'smtp' }>,
  log: Log,
  ca?: string,
): Mailer {
  const server = new URL(url);
  const isImplicit = server.protocol === 'smtps:';
  const user = decodeURIComponent(server.username);
  const transport = createTransport({
    host: server.hostname,
    port: server.port === '' ? (isImplicit ? 465 : 587) : Number(server.port),
    secure: isImplicit,
    requireTLS: !isImplicit,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(server.password) } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    dnsTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text }) => {
      const sent = transport
        .sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        .then(
          (): MailOutcome => 'sent',
          (error: unknown) => failed(error, log),
        );
      const late = new Promise<MailOutcome>((resolve) => {
        AbortSignal.timeout(deliveryMs).addEventListener('abort', () => resolve('unavailable'), { once: true });
      });
      return Promise.race([sent, late]);
    },
  };
}

/** Logs the kind of failure only: a server's answer may repeat the mail, and an error the password. */
function failed(error: unknown, log: Log): MailOutcome {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  const status = typeof responseCode === 'number' ? responseCode : null;
  log.warn('mail was not sent', { code: typeof code === 'string' ? code : null, status });
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isAboutMail && status !== null && status >= 500 ? 'refused' : 'unavailable';
}

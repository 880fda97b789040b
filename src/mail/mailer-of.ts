import type { Log } from '../domain/logger.ts';
import type { Mailer } from '../domain/mailer.ts';
import type { MailSettings } from './mail-settings.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

/** The mailer of these settings; null where no mail is sent. `print` writes to this machine's console. */
export function mailerOf(settings: MailSettings | undefined, log: Log, print: (text: string) => void): Mailer | null {
  if (settings === undefined) return null;
  return settings.kind === 'smtp' ? createSmtpMailer(settings, log) : createConsoleMailer(print);
}

/** Prints mails instead of sending them, for one machine. */
function createConsoleMailer(print: (text: string) => void): Mailer {
  return {
    send: async ({ to, subject, text }) => {
      print(`\nMail to ${to}: ${subject}\n\n${text}\n`);
      return 'sent';
    },
  };
}

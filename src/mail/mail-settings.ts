import { z } from 'zod';

/** How mail is sent. */
export type MailSettings =
  /** `url` is a secret: it may hold a password. */
  | { readonly kind: 'smtp'; readonly url: string; readonly from: string }
  /** Prints mails, for one machine only: whoever reads its console reads the codes. */
  | { readonly kind: 'console' };

const addressForm = /^[^\s@,;:"'<>()[\]\\]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;

function isServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  // Options of the library in the address, such as switched-off certificate checks, are not for settings.
  return /^smtps?:$/u.test(protocol) && hostname !== '' && /^\/?$/u.test(pathname) && search === '' && hash === '';
}

/** The variables about mail, in the form of `config-variables.ts`. Values are never repeated, since they may be secret. */
export const mailVariables = {
  SMTP_URL: z
    .string()
    .refine(
      isServer,
      'is not the address of a mail server; write one such as smtps://user:password@smtp.contoso.com, with % escapes in the password and nothing behind the port.',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => addressForm.test(text), 'is not an address; write one such as steward@contoso.com.')
    .optional(),
};

/** The settings about mail; null when none is sent. The caller has checked that both are there or neither is. */
export function mailSettings({
  SMTP_URL: url,
  MAIL_FROM: from,
}: {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
}): MailSettings | null {
  return url === undefined || from === undefined ? null : { kind: 'smtp', url, from };
}

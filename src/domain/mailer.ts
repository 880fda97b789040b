/** A mail of plain text to one address. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What became of a mail. `refused`: its server will never take it, for this address or at all. */
export type MailOutcome = 'sent' | 'refused' | 'unavailable';

/** Sends mail. Never rejects; why it failed is in its log, without the mail. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
}

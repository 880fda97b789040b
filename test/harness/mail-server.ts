import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { namesOfMicrosoft } from './tls-front.ts';

/** A mail as it arrived. */
interface ReceivedMail {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real SMTP server in this process. */
export interface MailServer {
  /** Its address with the password that it accepts. */
  readonly url: string;
  readonly ca: string;
  readonly received: readonly ReceivedMail[];
  close(): Promise<void>;
}

/** What the server does other than taking each mail after STARTTLS and the right password. */
interface MailServerOptions {
  /** With TLS from the first byte, or without any. */
  readonly tls?: 'implicit' | 'none';
  /** The status of its answer to each recipient. */
  readonly refuses?: number;
  /** True when it takes connections and never says anything. */
  readonly silent?: boolean;
}

const password = 'p@ss/word';

/** Starts it on a free port. */
export async function startMailServer({ tls, refuses, silent }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const ca = readFileSync(namesOfMicrosoft('certificate.pem'), 'utf8');
  const server = new SMTPServer({
    secure: tls === 'implicit',
    key: readFileSync(namesOfMicrosoft('key.pem')),
    cert: ca,
    disabledCommands: tls === 'none' ? ['STARTTLS'] : [],
    allowInsecureAuth: tls === 'none',
    onConnect: (_session, callback) => {
      if (silent !== true) callback();
    },
    onAuth: (auth, _session, callback) => {
      if (auth.username === 'steward' && auth.password === password) callback(null, { user: 'steward' });
      else callback(Object.assign(new Error('wrong password'), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, callback) => {
      if (refuses === undefined) callback();
      else callback(Object.assign(new Error('no such mailbox'), { responseCode: refuses }));
    },
    onData: (stream, session, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(parts).toString('utf8') });
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const scheme = tls === 'implicit' ? 'smtps' : 'smtp';
  return {
    url: `${scheme}://steward:${encodeURIComponent(password)}@localhost:${port}`,
    ca,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

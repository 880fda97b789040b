import { type DestinationStream, pino } from 'pino';
import type { Log } from './domain/log.ts';

// Whatever slipped into an error's text: SAS signatures, bearer tokens, account keys.
const secrets = /((?:sig|accountkey|sharedaccesskey|client_secret|password)=)[^&\s"']+|(bearer\s+)[\w.~+/=-]+/giu;

/** The text with every secret that can be recognised replaced by `***`. */
function blankSecrets(text: string): string {
  return text.replace(secrets, (_whole, key: string | undefined, scheme: string | undefined) => `${key ?? scheme}***`);
}

/** Structured log lines on standard error, one JSON object a line. */
export function createLog(level: 'info' | 'warn' | 'error', destination: DestinationStream = pino.destination(2)): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, error, fields) => logger.error({ ...fields, ...describe(error) }, message),
  };
}

function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: blankSecrets(String(error)) };
  const cause = error.cause === undefined ? {} : { cause: blankSecrets(String(error.cause)) };
  return { error: `${error.name}: ${blankSecrets(error.message)}`, stack: blankSecrets(error.stack ?? ''), ...cause };
}

import { inspect } from 'node:util';
import { type DestinationStream, pino } from 'pino';
import type { Log, LogFields } from './domain/logger.ts';
import { withoutSecrets } from './domain/scrub.ts';

/** The longest text of one field, in UTF-16 units; a web page in an error says nothing more behind that. */
const longestText = 4_000;

/** What an error says when a library has put an object where the message belongs. */
const noMessage = '[object Object]';

/** How many causes of a cause are told. */
const mostCauses = 4;

// Sentences for people put the names of assets and workspaces between these quotes.
const names = /“[^“”]*”/gu;

/** The text with every known form of a secret replaced by `***`, and without the names that it quotes. */
function clean(text: string): string {
  const cut = text.slice(0, longestText).replace(names, '“…”');
  return withoutSecrets(cut, { instead: '***' }).toWellFormed();
}

/** Structured log lines on standard error, one JSON object a line. */
export function createLog(level: 'info' | 'warn' | 'error', destination: DestinationStream = pino.destination(2)): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, fields) => logger.info(cleaned(fields), message),
    warn: (message, fields) => logger.warn(cleaned(fields), message),
    error: (message, error, fields) => logger.error({ ...cleaned(fields), ...describe(error) }, message),
  };
}

function cleaned(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  );
}

function describe(error: unknown): Record<string, string> {
  const causes: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause !== undefined && causes.length < mostCauses) {
    causes.push(told(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return {
    error: told(error),
    ...(error instanceof Error ? { stack: clean((error.stack ?? '').replaceAll(noMessage, 'no message')) } : {}),
    ...(causes.length === 0 ? {} : { cause: clean(causes.join(' ← ')) }),
  };
}

/** What went wrong in words: an error's class, message and codes; of anything else that was thrown what it holds. */
function told(error: unknown): string {
  if (typeof error === 'string') return clean(error);
  if (!(error instanceof Error)) return clean(inspect(error, { depth: 2, breakLength: Number.POSITIVE_INFINITY }));
  const { name, message } = error;
  const codes = ['code', 'status', 'statusCode', 'reason'].flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
  });
  const inner = error instanceof AggregateError ? error.errors.slice(0, mostCauses).map(told) : [];
  const said = message === noMessage ? 'no message' : message;
  const further = codes.length === 0 ? '' : ` (${codes.join(', ')})`;
  return clean(`${name}: ${said}${further}${inner.length === 0 ? '' : `: ${inner.join('; ')}`}`);
}

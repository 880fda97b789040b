import { inspect } from 'node:util';
import { type DestinationStream, pino } from 'pino';
import type { Log, LogFields } from './domain/logger.ts';
import { withoutSecrets } from './domain/scrub.ts';

/** Maximum length of a field's text, in UTF-16 units; anything longer is usually a web page inside an error. */
const maxTextLength = 4_000;

/** The message of an error when a library passed an object as its message. */
const objectAsMessage = '[object Object]';

/** Maximum number of nested causes that are logged. */
const maxCauses = 4;

// Sentences for people put the names of assets and workspaces between these quotes.
const quotedNames = /“[^“”]*”/gu;

/** The text with every known form of a secret replaced by `***`, and without the quoted names. */
function cleanText(text: string): string {
  const cut = text.slice(0, maxTextLength).replace(quotedNames, '“…”');
  return withoutSecrets(cut, { instead: '***' }).toWellFormed();
}

/** Structured log on standard error as JSON lines. */
export function createLog(level: 'info' | 'warn' | 'error', destination: DestinationStream = pino.destination(2)): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, fields) => logger.info(cleanFields(fields), message),
    warn: (message, fields) => logger.warn(cleanFields(fields), message),
    error: (message, error, fields) => logger.error({ ...cleanFields(fields), ...errorFields(error) }, message),
  };
}

function cleanFields(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? cleanText(value) : value]),
  );
}

function errorFields(error: unknown): Record<string, string> {
  const causes: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause !== undefined && causes.length < maxCauses) {
    causes.push(errorText(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return {
    error: errorText(error),
    ...(error instanceof Error
      ? { stack: cleanText((error.stack ?? '').replaceAll(objectAsMessage, 'no message')) }
      : {}),
    ...(causes.length === 0 ? {} : { cause: cleanText(causes.join(' ← ')) }),
  };
}

/** Describes what was thrown: class, message and codes of an error; the inspected value of anything else. */
function errorText(error: unknown): string {
  if (typeof error === 'string') return cleanText(error);
  if (!(error instanceof Error)) return cleanText(inspect(error, { depth: 2, breakLength: Number.POSITIVE_INFINITY }));
  const { name, message } = error;
  const codes = ['code', 'status', 'statusCode', 'reason'].flatMap((field) => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' || typeof value === 'number' ? [`${field} ${value}`] : [];
  });
  const inner = error instanceof AggregateError ? error.errors.slice(0, maxCauses).map(errorText) : [];
  const messageText = message === objectAsMessage ? 'no message' : message;
  const further = codes.length === 0 ? '' : ` (${codes.join(', ')})`;
  return cleanText(`${name}: ${messageText}${further}${inner.length === 0 ? '' : `: ${inner.join('; ')}`}`);
}

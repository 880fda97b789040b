/**
 * Structured fields of a log line: ids and counts; never the content of a name, a token, a link or what a person wrote.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The log of all modules. The message is a constant; what varies goes into fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** Writes `error` with its class, its message without secrets, and its stack. */
  error(message: string, error: unknown, fields?: LogFields): void;
}

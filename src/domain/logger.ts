/** Facts of a log line. Ids and counts; never a name's content, a token, a link or what a person wrote. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where the parts tell what happened. The message is a constant; what varies goes into fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** `error` is written with its class and message, secrets blanked, and its stack. */
  error(message: string, error: unknown, fields?: LogFields): void;
}

import type pg from 'pg';

/**
 * Time-outs of the database, in milliseconds. A failover of the server drops connections silently, and a worker that
 * dies inside a transaction leaves its locks behind; without time-outs both last for hours.
 */
export interface DatabaseTimeouts {
  /** Opening a connection, or waiting for a free one. */
  readonly connectMs: number;
  /** Idle time of a connection before TCP keep-alive probes are sent. */
  readonly keepAliveAfterMs: number;
  /** One statement, on the server. */
  readonly statementMs: number;
  /** Waiting for a lock that another transaction holds. */
  readonly lockMs: number;
  /** An idle transaction; the server then ends it and releases its locks. */
  readonly idleInTransactionMs: number;
  /** The answer to one statement, on the client; longer than the server's own time-out, whose error says more. */
  readonly answerMs: number;
}

/** The time-outs of every connection that serves requests and jobs. */
export const servingTimeouts: DatabaseTimeouts = {
  connectMs: 5_000,
  keepAliveAfterMs: 10_000,
  statementMs: 30_000,
  lockMs: 10_000,
  idleInTransactionMs: 60_000,
  answerMs: 35_000,
};

const tenMinutes = 600_000;

/** Longer time-outs: migrations rebuild whole tables, and processes that start together wait for each other's. */
export const migrationTimeouts: DatabaseTimeouts = {
  ...servingTimeouts,
  statementMs: tenMinutes,
  lockMs: tenMinutes,
  idleInTransactionMs: tenMinutes,
  answerMs: tenMinutes + 5_000,
};

/** The time-outs as options of a pool of `pg`; pg-boss passes its own on to such a pool. */
export function boundedPool(bounds: DatabaseTimeouts): pg.PoolConfig {
  return {
    connectionTimeoutMillis: bounds.connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: bounds.keepAliveAfterMs,
    statement_timeout: bounds.statementMs,
    lock_timeout: bounds.lockMs,
    idle_in_transaction_session_timeout: bounds.idleInTransactionMs,
    query_timeout: bounds.answerMs,
  };
}

/**
 * Closes a pool's connection when an answer times out. `pg` only fails the one query: the connection would keep
 * waiting, and the rollback queued behind the query would wait for a second time-out.
 */
export function closeOnReadTimeout(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  const closing = (...parameters: unknown[]): unknown => {
    const answer = query(...parameters);
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (isReadTimeout(error)) void endNow(client);
      });
    }
    return answer;
  };
  Object.assign(client, { query: closing });
}

/** `pg` gives this error no code and no class of its own. */
function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** With a query under way, `end` destroys the socket instead of ending the session in an orderly manner. */
async function endNow(client: pg.PoolClient): Promise<void> {
  const { end } = client as unknown as { end(): Promise<void> };
  await end.call(client).catch(() => undefined);
}

import type pg from 'pg';

/**
 * How long each thing may take on the database, in milliseconds. A failover of the server drops connections without a
 * word, and a worker that dies inside a transaction leaves its locks behind; without these bounds both last for hours.
 */
export interface DatabaseBounds {
  /** Opening a connection, or waiting for a free one. */
  readonly connectMs: number;
  /** Silence on a connection before TCP asks whether the other side still lives. */
  readonly keepAliveAfterMs: number;
  /** One statement, on the server. */
  readonly statementMs: number;
  /** Waiting for a lock that another transaction holds. */
  readonly lockMs: number;
  /** A transaction in which nothing is asked; the server then ends it and frees its locks. */
  readonly idleInTransactionMs: number;
  /** The answer to one statement, on this side; longer than the server's own bound, whose error says more. */
  readonly answerMs: number;
}

/** The bounds of every connection that serves requests and jobs. */
export const servingBounds: DatabaseBounds = {
  connectMs: 5_000,
  keepAliveAfterMs: 10_000,
  statementMs: 30_000,
  lockMs: 10_000,
  idleInTransactionMs: 60_000,
  answerMs: 35_000,
};

const tenMinutes = 600_000;

/** Migrations rebuild whole tables, and processes that start together wait for each other's. */
export const migrationBounds: DatabaseBounds = {
  ...servingBounds,
  statementMs: tenMinutes,
  lockMs: tenMinutes,
  idleInTransactionMs: tenMinutes,
  answerMs: tenMinutes + 5_000,
};

/** The bounds as options of a pool of `pg`; pg-boss hands its own on to such a pool. */
export function boundedPool(bounds: DatabaseBounds): pg.PoolConfig {
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
 * Makes a pool's connection close itself when an answer is overdue. `pg` only fails the one query: the connection
 * would go on waiting, and the rollback behind the query would wait in vain for as long again.
 */
export function closeWhenSilent(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  const closing = (...parameters: unknown[]): unknown => {
    const answer = query(...parameters);
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (isOverdue(error)) void endNow(client);
      });
    }
    return answer;
  };
  Object.assign(client, { query: closing });
}

/** `pg` gives this error no code and no class of its own. */
function isOverdue(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** With a query under way, `end` destroys the socket instead of saying goodbye. */
async function endNow(client: pg.PoolClient): Promise<void> {
  const { end } = client as unknown as { end(): Promise<void> };
  await end.call(client).catch(() => undefined);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../harness/postgres-server.ts';
import type { RequestJob } from './request-run.ts';

/** The databases that are measured: an empty one each time `open` is called. */
export interface MeasuredDatabases {
  readonly names: readonly ('PostgreSQL' | 'PGlite')[];
  open(name: 'PostgreSQL' | 'PGlite'): Promise<RequestJob['database']>;
  close(): Promise<void>;
}

/** Starts a PostgreSQL server in a process of its own where there is one; PGlite runs inside the measured process. */
export async function startDatabases(): Promise<MeasuredDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  const server = await startPostgres();
  let nth = 0;
  return {
    names: 'missing' in server ? ['PGlite'] : ['PostgreSQL', 'PGlite'],
    open: async (name) => {
      nth += 1;
      if (name === 'PGlite' || 'missing' in server) return { kind: 'embedded', folder: join(folder, `${nth}`) };
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`create database bench_${nth}`);
      await client.end();
      const url = new URL(server.url);
      url.pathname = `bench_${nth}`;
      return { kind: 'postgres', url: url.href, maxConnections: 4 };
    },
    close: async () => {
      if (!('missing' in server)) await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

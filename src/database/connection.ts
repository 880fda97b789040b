import { mkdir } from 'node:fs/promises';
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { PgBoss } from 'pg-boss';
import {
  boundedPool,
  closeOnReadTimeout,
  type DatabaseTimeouts,
  migrationTimeouts,
  servingTimeouts,
} from './bounds.ts';
import { migrate, requireMigrated } from './migrations.ts';
import { ensureRole, grantToRole } from './roles.ts';
import { StorableParametersPlugin } from './storable.ts';
import type { Tables } from './tables.ts';

/** Either the database itself or a transaction on it. */
export type Connection = Kysely<Tables> | Transaction<Tables>;

/** Where the state lives: a PostgreSQL server, or PGlite (the same SQL, embedded) in a folder. */
export type DatabaseSettings =
  | {
      readonly kind: 'postgres';
      readonly url: string;
      readonly schema?: string;
      readonly maxConnections: number;
      /** Time-outs; `servingTimeouts` when left out. */
      readonly bounds?: DatabaseTimeouts;
      /** False when only `npm run migrate` changes tables, as their owner; default true: each opening does. */
      readonly migrates?: boolean;
    }
  | { readonly kind: 'embedded'; readonly folder: string };

/** An open database with its schema up to date, and a pg-boss on the same database that is not started yet. */
export interface Database {
  readonly kind: DatabaseSettings['kind'];
  readonly db: Kysely<Tables>;
  readonly boss: PgBoss;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

// Sizes and counts stay far below 2^53, so both drivers give 64-bit integers as plain numbers.
const int8 = 20;

// Tables and columns are `snake_case` in the database and inside of `sql` texts, and `camelCase` everywhere else, also in
// the rows of raw queries. Keys inside of JSON columns stay as they are: they are data.
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true }), new StorableParametersPlugin()];

/**
 * Opens the database and applies migrations, or checks that they are applied. Throws the driver's error when it cannot be
 * reached, and MigrationRoleError.
 */
export async function openDatabase(settings: DatabaseSettings, onError: (error: Error) => void): Promise<Database> {
  const opened = settings.kind === 'postgres' ? await openPostgres(settings, onError) : await openEmbedded(settings);
  opened.boss.on('error', onError);
  return opened;
}

async function openPostgres(
  settings: Extract<DatabaseSettings, { kind: 'postgres' }>,
  onError: (error: Error) => void,
): Promise<Database> {
  const schema = settings.schema ?? 'public';
  const bounds = settings.bounds ?? servingTimeouts;
  const queue = {
    connectionString: settings.url,
    schema: `${schema === 'public' ? '' : `${schema}_`}queue`,
  };
  await migrateApart(
    await connect(settings, migrationTimeouts, 1, onError),
    settings.migrates === false ? requireMigrated : migrate,
    new PgBoss({ ...queue, max: 1, ...queuePool(migrationTimeouts), ...idle }),
    onError,
  );
  const db = await connect(settings, bounds, settings.maxConnections, onError);
  const boss = new PgBoss({
    ...queue,
    max: 4,
    useListenNotify: true,
    ...queuePool(bounds),
    // Rebuilding a larger index takes longer than a statement may.
    reindex: { maxIndexBytes: 256 * 1024 * 1024 },
    ...supervision,
  });
  return {
    kind: 'postgres',
    db,
    boss,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}

async function connect(
  { url, schema = 'public' }: { readonly url: string; readonly schema?: string },
  limits: DatabaseTimeouts,
  max: number,
  onError: (error: Error) => void,
): Promise<Kysely<Tables>> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'studio-steward',
    options: `-c search_path=${schema}`,
    ...boundedPool(limits),
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
    },
  });
  pool.on('error', onError);
  pool.on('connect', (client) => {
    // The pool handles errors of idle connections only; one that fails during a transaction must not end the process.
    client.on('error', onError);
    closeOnReadTimeout(client);
  });
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins });
}

/** Who migrates, and the role that Steward signs in as. */
export interface MigrationSettings {
  readonly ownerUrl: string;
  readonly role: { readonly name: string; readonly password: string };
}

/**
 * Applies migrations as the owner of the tables, and gives the role that Steward signs in as its rights; creates the role
 * when there is none. Returns whether it was new. Throws the database's error, and LaterReleaseError.
 */
export async function migrateAsOwner({ ownerUrl, role }: MigrationSettings): Promise<boolean> {
  const db = await connect({ url: ownerUrl }, migrationTimeouts, 1, () => undefined);
  try {
    await migrate(db);
    const isNew = await ensureRole(db, role.name, role.password);
    await grantToRole(db, role.name);
    return isNew;
  } finally {
    await db.destroy();
  }
}

/** Migrates Steward's schema and the queue's over separate connections with longer time-outs. */
async function migrateApart(
  db: Kysely<Tables>,
  migrateOwn: typeof migrate,
  boss: PgBoss,
  onError: (error: Error) => void,
): Promise<void> {
  try {
    await migrateOwn(db);
  } finally {
    await db.destroy();
  }
  boss.on('error', onError);
  await boss.start();
  await boss.stop({ graceful: false, close: true });
}

/** pg-boss passes every option that it does not know on to its pool of `pg`, though its types do not say so. */
function queuePool(bounds: DatabaseTimeouts): object {
  return boundedPool(bounds);
}

async function openEmbedded(settings: Extract<DatabaseSettings, { kind: 'embedded' }>): Promise<Database> {
  // Loaded only here: its WebAssembly takes half a gigabyte, which a worker on PostgreSQL does not need.
  const [{ PGlite, types }, { PGliteDialect }, { fromPglite }, { lockFolder }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('kysely'),
    import('pg-boss'),
    import('./folder-lock.ts'),
  ]);
  await mkdir(settings.folder, { recursive: true });
  const release = await lockFolder(settings.folder);
  const pglite = await PGlite.create(`${settings.folder}/pgdata`, { parsers: { [types.INT8]: Number } });
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }), plugins });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    await release();
    throw error;
  }
  const boss = new PgBoss({
    db: fromPglite(pglite),
    backend: 'pglite',
    schema: 'queue',
    useListenNotify: true,
    ...supervision,
  });
  return {
    kind: 'embedded',
    db,
    boss,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: async () => {
      await db.destroy();
      await release();
    },
  };
}

// A job whose worker died is detected by its missing heartbeat in the next of these rounds.
const supervision = { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5, registerInstance: false } as const;

// For a pg-boss that only creates its tables.
const idle = { supervise: false, schedule: false, registerInstance: false } as const;

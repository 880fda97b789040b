import { type Kysely, sql } from 'kysely';

/** Exports of a person's directory data: the operation that is followed, and the files that it wrote. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table directory_exports (
      request_number bigint primary key references requests (number),
      person_id text not null,
      person_name text not null,
      person_address text not null,
      container text not null unique,
      asked_at timestamptz,
      access_ends_at timestamptz,
      operation_id text,
      status text,
      progress double precision not null default 0,
      files integer not null default 0,
      bytes bigint not null default 0
    )`,
    sql`create table directory_files (
      request_number bigint not null references directory_exports (request_number),
      position integer not null,
      name text not null,
      size_bytes bigint not null,
      primary key (request_number, position)
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}

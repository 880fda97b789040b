import { type Kysely, sql } from 'kysely';

/** Approvals by several people: how many a request needs, and who voted on which version of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table requests add column approvals_needed integer not null default 0`,
    sql`update requests set approvals_needed = 1 where needs_approval`,
    sql`create table votes (
      request_number bigint not null references requests (number) on delete cascade,
      version integer not null,
      tenant_id text not null,
      object_id text not null,
      name text not null,
      user_principal_name text,
      mail text,
      vote text not null check (vote in ('approve', 'reject')),
      at timestamptz not null,
      primary key (request_number, version, object_id)
    )`,
    sql`create index votes_by_person on votes (tenant_id, object_id)`,
    // What an earlier release had approved, and has not ended, stays approved.
    sql`insert into votes (request_number, version, tenant_id, object_id, name, vote, at)
      select distinct on (a.request_number) a.request_number, 0, a.tenant_id, a.actor, coalesce(r.decided_by_name, ''),
        'approve', a.at
      from audit a join requests r on r.number = a.request_number
      where a.action = 'request.approved' and r.needs_approval and r.decided_by_name is not null
        and r.state in ('scheduled', 'running')
      order by a.request_number, a.sequence desc`,
  ];
  for (const statement of statements) await statement.execute(db);
}

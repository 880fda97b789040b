import { type Kysely, sql } from 'kysely';

/**
 * The chain over the audit rows: entries without names, whom a pseudonym stands for, and triggers that keep both, and
 * the rows that are sealed, from being changed. What may be removed is what an audit row records as removed. Breaking:
 * an earlier release removes names and old rows without recording it, which is refused from here on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit
      add column recorded_at timestamptz,
      add column entry bigint unique,
      add column salts jsonb`,
    sql`alter table audit alter column recorded_at set default now()`,
    sql`create index audit_unsealed on audit (sequence) where entry is null`,
    sql`create index audit_removals on audit (action, request_number)
      where action in ('person.erased', 'request.names-forgotten', 'audit.removed')`,
    sql`create table audit_entries (
      entry bigint primary key check (entry > 0),
      hash text not null,
      body jsonb not null
    )`,
    sql`create table audit_people (
      pseudonym text primary key,
      tenant_id text not null,
      object_id text not null,
      for_deletions boolean not null,
      salt text not null,
      unique (tenant_id, object_id, for_deletions)
    )`,
    sql`create function refuse_change() returns trigger language plpgsql set search_path from current as $$
      begin
        raise exception 'the record is append-only: % of % is refused', lower(tg_op), tg_table_name
          using errcode = 'insufficient_privilege';
      end $$`,
    sql`create trigger audit_entries_are_kept before update or delete on audit_entries
      for each row execute function refuse_change()`,
    sql`create trigger audit_entries_stay before truncate on audit_entries
      for each statement execute function refuse_change()`,
    sql`create trigger audit_stays before truncate on audit
      for each statement execute function refuse_change()`,
    sql`create trigger audit_people_are_kept before update on audit_people
      for each row execute function refuse_change()`,
    sql`create trigger audit_people_stay before truncate on audit_people
      for each statement execute function refuse_change()`,
    // Forgetting whom a pseudonym stands for needs the row that records it, or no row that it stands in.
    sql`create function keep_pseudonym() returns trigger language plpgsql set search_path from current as $$
      begin
        if exists (select from audit where action = 'person.erased' and detail ->> 'objectId' = old.pseudonym)
          or not exists (select from audit where tenant_id = old.tenant_id and actor = old.object_id) then
          return old;
        end if;
        raise exception 'the record is append-only: no erasure of this person is recorded'
          using errcode = 'insufficient_privilege';
      end $$`,
    sql`create trigger audit_pseudonyms_are_kept before delete on audit_people
      for each row execute function keep_pseudonym()`,
    sql`create function keep_sealed_row() returns trigger language plpgsql set search_path from current as $$
      declare
        mine audit_people;
      begin
        if tg_op = 'DELETE' then
          if exists (select from audit where action = 'audit.removed'
            and (detail ->> 'before')::timestamptz > old.at) then
            return old;
          end if;
        elsif (new.sequence, new.at, new.recorded_at, new.tenant_id, new.action, new.request_number, new.workspace_id,
          new.policy_version, new.entry) is not distinct from (old.sequence, old.at, old.recorded_at, old.tenant_id,
          old.action, old.request_number, old.workspace_id, old.policy_version, old.entry) then
          -- The names of a request at the end of their time.
          if new.actor = old.actor and new.detail = old.detail - 'name' and new.salts = old.salts - '/detail/name'
            and exists (select from audit where action = 'request.names-forgotten'
              and request_number = old.request_number) then
            return new;
          end if;
          -- The object id of an erased person, for whom their pseudonym stands from now on.
          for mine in select p.* from audit_people p join audit r
            on r.action = 'person.erased' and r.detail ->> 'objectId' = p.pseudonym where p.tenant_id = old.tenant_id
          loop
            if new.salts = old.salts and new.actor in (old.actor, mine.pseudonym)
              and replace(new.actor, mine.pseudonym, mine.object_id) = replace(old.actor, mine.pseudonym, mine.object_id)
              and replace(new.detail::text, mine.pseudonym, mine.object_id)::jsonb
                = replace(old.detail::text, mine.pseudonym, mine.object_id)::jsonb then
              return new;
            end if;
          end loop;
        end if;
        raise exception 'the record is append-only: no removal is recorded that allows to % row %', lower(tg_op), old.entry
          using errcode = 'insufficient_privilege';
      end $$`,
    sql`create trigger audit_is_kept before update or delete on audit
      for each row when (old.entry is not null) execute function keep_sealed_row()`,
  ];
  for (const statement of statements) await statement.execute(db);
}

import { type Kysely, sql } from 'kysely';

/**
 * Old entries leave in whole segments, whose head stays as a checkpoint. A trigger lets an entry go only below a
 * checkpoint, when what lay beside it is gone and a recorded cut-off is later than it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table audit_checkpoints (
      entry bigint primary key,
      hash text not null,
      at timestamptz not null,
      signature text
    )`,
    sql`create trigger audit_checkpoints_are_kept before update or delete on audit_checkpoints
      for each row execute function refuse_change()`,
    sql`create trigger audit_checkpoints_stay before truncate on audit_checkpoints
      for each statement execute function refuse_change()`,
    sql`create function check_checkpoint() returns trigger language plpgsql set search_path from current as $$
      begin
        if exists (select from audit_entries where entry = new.entry and hash = new.hash) then return new; end if;
        raise exception 'the record is append-only: row % has another hash', new.entry
          using errcode = 'insufficient_privilege';
      end $$`,
    sql`create trigger audit_checkpoints_are_heads before insert on audit_checkpoints
      for each row execute function check_checkpoint()`,
    sql`create function keep_entry() returns trigger language plpgsql set search_path from current as $$
      begin
        if exists (select from audit_checkpoints where entry >= old.entry)
          and not exists (select from audit where entry = old.entry)
          and exists (select from audit where action = 'audit.removed'
            and (detail ->> 'before')::timestamptz > (old.body ->> 'at')::timestamptz) then
          return old;
        end if;
        raise exception 'the record is append-only: delete of % is refused', tg_table_name
          using errcode = 'insufficient_privilege';
      end $$`,
    sql`drop trigger audit_entries_are_kept on audit_entries`,
    sql`create trigger audit_entries_are_kept before update on audit_entries
      for each row execute function refuse_change()`,
    sql`create trigger audit_entries_leave_in_segments before delete on audit_entries
      for each row execute function keep_entry()`,
    // A session's temporary tables come first unless named last: one called “audit” would answer for the real one.
    sql`do $$
      declare
        name text;
      begin
        foreach name in array array['keep_pseudonym', 'keep_sealed_row', 'check_checkpoint', 'keep_entry'] loop
          execute format('alter function %I() set search_path = %I, pg_temp', name, current_schema());
        end loop;
      end $$`,
    sql`create index audit_restorations on audit_entries (entry) where body ->> 'action' = 'record.restored'`,
  ];
  for (const statement of statements) await statement.execute(db);
}

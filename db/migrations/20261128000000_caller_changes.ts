import type { Knex } from 'knex';

// Notifies the nodes that cache callers (src/db/changes/caller-changes.ts) when a cached caller may
// have changed. A payload is one user id, or `*` for all users. Triggers send it, so that every
// change of a user, a role or a session is covered, also one from psql. They are `always` triggers,
// because a subscriber of a logical replication would not fire others. PostgreSQL delivers
// notifications on commit only.
//
// A transaction notifies about a user once. After about a hundred users it sends `*` and then
// nothing more, so that a change of a million users causes about a hundred notifications. The users
// it has notified about are kept in a setting that ends with the transaction. A rollback to a
// savepoint undoes the setting, as it undoes the notifications.
//
// No notification is sent where no node can have cached anything: for new users and sessions, and
// for removed sessions that had ended, or had expired a day before (clocks differ). A refresh sends
// none either; the triggers cost it two comparisons.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function tell_caller_changes() returns trigger language plpgsql as $$
    declare
      told text := coalesce(current_setting('rolegate.told_callers', true), '');
      changed text[];
      who text;
    begin
      if told = '*' then return null; end if;
      if tg_level = 'STATEMENT' then changed := array['*'];
      elsif tg_table_name = 'users' then changed := array[old.id::text];
      else changed := array[old.user_id::text, new.user_id::text];
      end if;
      foreach who in array changed loop
        continue when who is null or told like '% ' || who || ' %';
        if who = '*' or length(told) > 1000 then who := '*'; told := '*';
        else told := told || ' ' || who || ' ';
        end if;
        perform pg_notify('rolegate_callers', who), set_config('rolegate.told_callers', told, true);
        exit when told = '*';
      end loop;
      return null;
    end $$;

    create trigger users_changed after update on users for each row
      when ((old.id, old.username, old.disabled_at) is distinct from (new.id, new.username, new.disabled_at))
      execute function tell_caller_changes();
    create trigger users_removed after delete on users for each row execute function tell_caller_changes();
    create trigger user_roles_changed after insert or update or delete on user_roles for each row
      execute function tell_caller_changes();
    create trigger sessions_changed after update on sessions for each row
      when ((old.id, old.user_id, old.expires_at, old.ended_at)
            is distinct from (new.id, new.user_id, new.expires_at, new.ended_at))
      execute function tell_caller_changes();
    create trigger sessions_removed after delete on sessions for each row
      when (old.ended_at is null and old.expires_at > now() - interval '1 day')
      execute function tell_caller_changes();
    create trigger roles_changed after update or delete on roles for each statement execute function tell_caller_changes();
    create trigger users_emptied after truncate on users for each statement execute function tell_caller_changes();
    create trigger user_roles_emptied after truncate on user_roles for each statement execute function tell_caller_changes();
    create trigger sessions_emptied after truncate on sessions for each statement execute function tell_caller_changes();
    create trigger roles_emptied after truncate on roles for each statement execute function tell_caller_changes();

    alter table users enable always trigger users_changed, enable always trigger users_removed,
      enable always trigger users_emptied;
    alter table user_roles enable always trigger user_roles_changed, enable always trigger user_roles_emptied;
    alter table sessions enable always trigger sessions_changed, enable always trigger sessions_removed,
      enable always trigger sessions_emptied;
    alter table roles enable always trigger roles_changed, enable always trigger roles_emptied;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger users_changed on users;
    drop trigger users_removed on users;
    drop trigger users_emptied on users;
    drop trigger user_roles_changed on user_roles;
    drop trigger user_roles_emptied on user_roles;
    drop trigger sessions_changed on sessions;
    drop trigger sessions_removed on sessions;
    drop trigger sessions_emptied on sessions;
    drop trigger roles_changed on roles;
    drop trigger roles_emptied on roles;
    drop function tell_caller_changes;
  `);
}

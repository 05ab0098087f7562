import type { Knex } from 'knex';

// `version` shows whether a user has changed since a client read it. Triggers raise it, so that no
// kind of change is missed. Only a change of a displayed property raises it: a new password, for
// example, conflicts with nothing.
//
// Indexes: each way to list users, and each single filter of audit events, has an index in the
// order of the pages. So a page costs the same however many rows exist.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column version integer not null default 1;

    create function raise_user_version() returns trigger language plpgsql as $$
    begin
      new.version := old.version + 1;
      new.updated_at := now();
      return new;
    end $$;
    create trigger users_version before update on users for each row
      when ((old.username, old.email, old.email_verified_at, old.disabled_at)
            is distinct from (new.username, new.email, new.email_verified_at, new.disabled_at))
      execute function raise_user_version();

    create function raise_version_of_user_with_role() returns trigger language plpgsql as $$
    begin
      update users set version = version + 1, updated_at = now() where id = coalesce(new.user_id, old.user_id);
      return null;
    end $$;
    create trigger user_roles_version after insert or update or delete on user_roles for each row
      execute function raise_version_of_user_with_role();

    create index users_disabled_idx on users (id) where disabled_at is not null;
    create index user_roles_role_id_user_id_idx on user_roles (role_id, user_id);
    drop index user_roles_role_id_idx;

    create index audit_events_type_idx on audit_events (type, occurred_at, id);
    create index audit_events_actor_id_idx on audit_events (actor_id, occurred_at, id);
    create index audit_events_subject_id_idx on audit_events (subject_id, occurred_at, id);
    create index audit_events_page_idx on audit_events (occurred_at, id);
    drop index audit_events_occurred_at_idx;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create index audit_events_occurred_at_idx on audit_events (occurred_at);
    drop index audit_events_page_idx, audit_events_subject_id_idx, audit_events_actor_id_idx, audit_events_type_idx;
    create index user_roles_role_id_idx on user_roles (role_id);
    drop index user_roles_role_id_user_id_idx, users_disabled_idx;
    drop trigger user_roles_version on user_roles;
    drop trigger users_version on users;
    drop function raise_version_of_user_with_role, raise_user_version;
    alter table users drop column version;
  `);
}

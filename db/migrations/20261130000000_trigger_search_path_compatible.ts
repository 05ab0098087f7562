import type { Knex } from 'knex';

// Trigger functions find our tables whatever the search path of the session is. pg_restore empties
// it, so that `pg_restore --data-only` failed with "relation users does not exist".
const functions = ['raise_user_version', 'raise_version_of_user_with_role', 'tell_caller_changes'];

export async function up(knex: Knex): Promise<void> {
  for (const name of functions)
    await knex.raw(`
      do $$ begin
        execute format('alter function ${name}() set search_path = %I, pg_temp', current_schema());
      end $$
    `);
}

export async function down(knex: Knex): Promise<void> {
  for (const name of functions) await knex.raw(`alter function ${name}() reset search_path`);
}

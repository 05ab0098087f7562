import type { Knex } from 'knex';

// One row a session, whatever happens in it: a refresh changes it, and adds nothing. `refresh_counter` is how often it was refreshed, and
// `refresh_salt` makes its tokens, together with the server's key. The fillfactor leaves room in each page, so that a refresh rewrites the row
// where it is and touches no index; hence no index on `rotated_at`.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sessions (
      id uuid primary key,
      user_id bigint not null references users on delete cascade,
      refresh_counter integer not null default 0,
      refresh_salt bytea not null,
      created_at timestamptz not null,
      rotated_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      user_agent text,
      ip text
    ) with (fillfactor = 80);
    create index sessions_user_id_idx on sessions (user_id);
    create index sessions_expires_at_idx on sessions (expires_at);
    create index sessions_ended_at_idx on sessions (ended_at) where ended_at is not null;

    create table audit_events (
      id bigint generated always as identity primary key,
      type text not null,
      actor_id bigint,
      subject_id bigint,
      request_id text,
      ip text,
      occurred_at timestamptz not null,
      details jsonb not null default '{}'
    );
    create index audit_events_occurred_at_idx on audit_events (occurred_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table audit_events; drop table sessions;');
}

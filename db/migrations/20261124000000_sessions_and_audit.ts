import type { Knex } from 'knex';

// One row a session: a refresh updates it and adds no row. `refresh_counter` counts its refreshes.
// `refresh_salt` and the server's key make its tokens. The fillfactor leaves room in each page, so
// that a refresh updates the row in place and touches no index. For the same reason `rotated_at`
// has no index.
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

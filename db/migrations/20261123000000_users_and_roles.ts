import type { Knex } from 'knex';

// The unique indexes have names, because the code reads from the name which member is taken.
// username comes first: PostgreSQL checks indexes in the order of their creation, so a sign-up with
// both in use reports the username. Both are ASCII and compared as ASCII whatever the database's
// locale: in Turkish, I and i are two letters.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table roles (
      id bigint generated always as identity primary key,
      name text not null constraint roles_name_key unique
    );
    create table users (
      id bigint generated always as identity primary key,
      username text not null,
      email text not null,
      password_hash text not null,
      disabled_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create unique index users_username_key on users (lower(username collate "C"));
    create unique index users_email_key on users (lower(email collate "C"));
    create table user_roles (
      user_id bigint not null references users on delete cascade,
      role_id bigint not null references roles on delete cascade,
      primary key (user_id, role_id)
    );
    create index user_roles_role_id_idx on user_roles (role_id);
    insert into roles (name) values ('user'), ('moderator'), ('admin');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table user_roles; drop table users; drop table roles;');
}

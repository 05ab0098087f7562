// Fills an empty database with many users. Usernames are `user-` and a number in the order of a shuffle, so that the order of names is not that of
// ids; each address begins with the username, which makes every search find its users twice. Three are admins.

import type { Knex } from 'knex';

export interface Shares {
  /** One in how many is a moderator. */
  readonly moderators: number;
  /** One in how many is disabled. */
  readonly disabled: number;
}

/** Takes the place of all users that are there. Up to a million, not divisible by 7919. */
export async function fillUsers(
  knex: Knex,
  count: number,
  { moderators, disabled }: Shares,
): Promise<void> {
  await knex.raw('truncate users restart identity cascade');
  // 7919 is a prime: each number comes up once.
  await knex.raw(
    `insert into users (username, email, password_hash, disabled_at)
     select name, name || '@example.com', 'x', case when n % ? = 0 then now() end
     from (select n, 'user-' || lpad((n::bigint * 7919 % ?)::text, 7, '0') as name from generate_series(1, ?) n) named order by n`,
    [disabled, count, count],
  );
  // The trigger would write each user anew; nobody has read a version of them yet.
  await knex.raw('alter table user_roles disable trigger user_roles_version');
  await knex.raw(
    `insert into user_roles (user_id, role_id) select users.id, roles.id from users, roles
     where name = 'user' or (name = 'moderator' and users.id % ? = 0) or (name = 'admin' and users.id in (1, ?, ?))`,
    [moderators, count / 2, count],
  );
  await knex.raw('alter table user_roles enable trigger user_roles_version');
  await knex.raw('vacuum analyze users, user_roles, roles');
}

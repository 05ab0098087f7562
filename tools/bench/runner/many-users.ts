// Fills a database with many users, three of them admins. Usernames are `user-` and a shuffled
// number, so that names and ids have a different order. Each e-mail address starts with the
// username, so every search finds its users twice.

import type { Knex } from 'knex';

export interface Shares {
  /** One user in this many is a moderator. */
  readonly moderators: number;
  /** One user in this many is disabled. */
  readonly disabled: number;
}

/** Replaces all users. @param count at most one million, even, and not divisible by 7919 */
export async function fillUsers(
  knex: Knex,
  count: number,
  { moderators, disabled }: Shares,
): Promise<void> {
  await knex.raw('truncate users restart identity cascade');
  // 7919 is a prime, so each number occurs exactly once.
  await knex.raw(
    `insert into users (username, email, password_hash, disabled_at)
     select name, name || '@example.com', 'x', case when n % ? = 0 then now() end
     from (select n, 'user-' || lpad((n::bigint * 7919 % ?)::text, 7, '0') as name
           from generate_series(1, ?) n) named
     order by n`,
    [disabled, count, count],
  );
  // The trigger would update each user. No client has read a version of these users yet.
  await knex.raw('alter table user_roles disable trigger user_roles_version');
  await knex.raw(
    `insert into user_roles (user_id, role_id) select users.id, roles.id from users, roles
     where name = 'user' or (name = 'moderator' and users.id % ? = 0)
       or (name = 'admin' and users.id in (1, ?, ?))`,
    [moderators, count / 2, count],
  );
  await knex.raw('alter table user_roles enable trigger user_roles_version');
  await knex.raw('vacuum analyze users, user_roles, roles');
}

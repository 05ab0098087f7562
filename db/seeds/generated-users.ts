// Any number of generated users, for a development database of a realistic size. User n is the same
// each time: name, address, role and state depend on n alone. Their addresses are under
// example.com, which is reserved (RFC 2606).

import type { Knex } from 'knex';
import { firstNames, lastNames } from './names.ts';

/**
 * Users a batch, and so a transaction. A batch takes about a second, and a run can stop after each
 * one.
 */
const batch = 10_000;

interface Wish {
  /** How many users should exist in the end. */
  readonly count: number;
  /** All users share this hash: hashing a million passwords takes a day. */
  readonly passwordHash: string;
  readonly signal: AbortSignal;
  /** Called after each batch. */
  readonly onProgress: (done: number) => void;
}

/**
 * Adds the missing ones of the first `count` users, until `signal` is aborted.
 * @returns how many were added
 */
export async function seedGeneratedUsers(
  knex: Knex,
  { count, passwordHash, signal, onProgress }: Wish,
): Promise<number> {
  let added = 0;
  for (let from = 1; from <= count && !signal.aborted; from += batch) {
    const to = Math.min(from + batch - 1, count);
    added += await addUsers(knex, from, to, passwordHash);
    onProgress(to);
  }
  // Without it, the planner assumes an empty table until PostgreSQL analyzes it.
  if (added > 0) await knex.raw('analyze users, user_roles');
  return added;
}

/**
 * One statement, and so one transaction. The factors spread n over 32 bits (Knuth, The Art of
 * Computer Programming, volume 3, section 6.4).
 */
async function addUsers(
  knex: Knex,
  from: number,
  to: number,
  passwordHash: string,
): Promise<number> {
  const { rows } = await knex.raw<{ rows: { added: number }[] }>(
    `with scattered as (
       select n, n * 2654435761 % 4294967296 as a, n * 2246822519 % 4294967296 as b
       from generate_series(cast(? as bigint), ?) n
     ), people as (
       select n,
         (cast(? as text[]))[1 + a % ?] || '.' || (cast(? as text[]))[1 + b % ?] || n as username,
         now() - make_interval(secs => b % 31536000) as created_at,
         (a % 1000) / 1000.0 as later
       from scattered
     ), added_users as (
       insert into users
         (username, email, password_hash, created_at, updated_at, email_verified_at, disabled_at)
       select username, username || '@example.com', ?, created_at, created_at,
         case when n % 10 <> 7 then created_at + (now() - created_at) * later / 100 end,
         case when n % 50 = 25 then created_at + (now() - created_at) * later end
       from people
       on conflict do nothing
       returning id, username
     ), added_roles as (
       insert into user_roles (user_id, role_id)
       select added_users.id, roles.id
       from added_users join people using (username)
         join roles on roles.name = 'user' or (roles.name = 'moderator' and n % 33 = 0)
     )
     select count(*) as added from added_users`,
    [from, to, firstNames, firstNames.length, lastNames, lastNames.length, passwordHash],
  );
  return rows[0]?.added ?? 0;
}

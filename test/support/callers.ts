// Reads what a caller may do now, and whether the service had to query the database to know it.

import { setTimeout as pause } from 'node:timers/promises';
import { leaseTime } from '../../src/db/changes/lease.ts';
import { type Service, type TestUser } from './service.ts';

/** Waits until every node has heard of a change that was made directly in the database. */
export const heard = () => pause(leaseTime + 1);

/** Reads the moderators' content: 200, 403 without the role, 401 without a session. */
export async function askAsModerator(
  service: Service,
  user: Pick<TestUser, 'token'>,
): Promise<number> {
  return (await service.asUser(user).get('/api/test/mod')).status;
}

/**
 * Counts how often the service takes a connection from its pool while `work` runs: once for each
 * statement outside a transaction, and once for each transaction.
 */
export async function countStatements(
  { knex }: Service,
  work: () => Promise<unknown>,
): Promise<number> {
  const { pool } = knex.client as { readonly pool: Pool };
  let count = 0;
  const add = () => count++;
  pool.on('acquireSuccess', add);
  await work();
  pool.removeListener('acquireSuccess', add);
  return count;
}

/** Knex's connection pool (tarn). */
type Pool = Record<
  'on' | 'removeListener',
  (event: 'acquireSuccess', listener: () => void) => void
>;

/**
 * Sends requests until one needs no statement: the caller is cached. On a busy machine the listener
 * may need a moment to catch up.
 *
 * @throws Error after 500 requests
 */
export async function untilKept(service: Service, user: Pick<TestUser, 'token'>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if ((await countStatements(service, () => askAsModerator(service, user))) === 0) return;
  }
  throw new Error('every request asks the database');
}

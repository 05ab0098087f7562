// What a caller may do right now, and whether the service had to ask the database for it.

import { setTimeout as pause } from 'node:timers/promises';
import { leaseTime } from '../../src/db/changes/lease.ts';
import { bearer, type Service, type TestUser } from './service.ts';

/** What was changed behind a node's back, in its database, counts there once this is over. */
export const heard = () => pause(leaseTime + 1);

/** The status of what only moderators may read: 200, 403 without the role, 401 without a session. */
export async function askAsModerator(
  service: Service,
  { token }: Pick<TestUser, 'token'>,
): Promise<number> {
  return (await service.call({ path: '/api/test/mod', headers: bearer(token) })).status;
}

/** Counts how often the service asks its pool for a connection while `work` runs: for each statement, and for each transaction. */
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

/** Knex's own (tarn). */
type Pool = Record<
  'on' | 'removeListener',
  (event: 'acquireSuccess', listener: () => void) => void
>;

/** Asks until an answer needs no statement. The machine may be busy, so that the listener is not always up to date. */
export async function untilKept(service: Service, user: Pick<TestUser, 'token'>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if ((await countStatements(service, () => askAsModerator(service, user))) === 0) return;
  }
  throw new Error('every request asks the database');
}

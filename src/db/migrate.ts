// Migrations: steps in db/migrations, each with an `up` and a `down`. All of a run happens in one transaction under an advisory lock
// that ends with it: nodes that start together wait for each other, and one that is killed leaves neither half a schema nor a lock
// (Knex's own lock is a committed row, which a killed process leaves set). Transaction-bound, so a connection pooler is no obstacle.

import { readdir } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Knex } from 'knex';

const folder = new URL('../../db/migrations/', import.meta.url);
/** "migrate." in ASCII; any number would do that no other software picks. */
const lockKey = 0x6d6967726174652en.toString();

export interface MigrationStatus {
  readonly completed: string[];
  readonly pending: string[];
}

/** Applies what is pending and tells its names. */
export function migrateUp(db: Knex): Promise<string[]> {
  return exclusively(db, async (transaction) => {
    const [, applied] = (await transaction.migrate.latest({ migrationSource })) as [
      number,
      string[],
    ];
    return applied;
  });
}

/** Undoes the newest step and tells its name. */
export function migrateDown(db: Knex): Promise<string[]> {
  return exclusively(db, async (transaction) => {
    const [, undone] = (await transaction.migrate.down({ migrationSource })) as [number, string[]];
    return undone;
  });
}

/** Tells what was applied and what was not. Creates Knex's book-keeping tables where there are none. */
export function migrationStatus(db: Knex): Promise<MigrationStatus> {
  return exclusively(db, async (transaction) => {
    const [completed, pending] = (await transaction.migrate.list({ migrationSource })) as [
      { name: string }[],
      string[],
    ];
    return {
      completed: completed.map(({ name }) => name),
      pending: pending.map((file) => migrationSource.getMigrationName(file)),
    };
  });
}

async function exclusively<Result>(
  db: Knex,
  work: (transaction: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (transaction) => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [lockKey]);
    // Whoever holds that row has no say: somebody used Knex's own command, and was killed.
    await transaction.migrate.forceFreeMigrationsLock({ migrationSource });
    return work(transaction);
  });
}

/** Steps go by their name without extension: .ts in development and .js in the build are the same step. */
const migrationSource: Knex.MigrationSource<string> = {
  async getMigrations() {
    const files = await readdir(folder);
    return files.filter((file) => /\.[tj]s$/.test(file)).sort();
  },
  getMigrationName: (file) => parse(file).name,
  getMigration: (file) => import(new URL(file, folder).href) as Promise<Knex.Migration>,
};

// Migrations: steps in db/migrations, each with an `up` and a `down`. A run is one transaction
// under an advisory lock that ends with it. So nodes that start together wait for each other, and a
// killed node leaves neither half a schema nor a lock. (Knex's own lock is a committed row that
// stays set when the process is killed.) The lock belongs to the transaction, so it works behind a
// connection pooler.

import { readdir } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Knex } from 'knex';

const folder = new URL('../../db/migrations/', import.meta.url);
/** "migrate." in ASCII. Any number works that no other software uses. */
const lockKey = 0x6d6967726174652en.toString();

export interface MigrationStatus {
  readonly completed: string[];
  readonly pending: string[];
}

/**
 * Applies the pending migrations.
 * @returns their names
 */
export function migrateUp(db: Knex): Promise<string[]> {
  return exclusively(db, async (transaction) => {
    const [, applied] = (await transaction.migrate.latest({ migrationSource })) as [
      number,
      string[],
    ];
    return applied;
  });
}

/**
 * Undoes the newest migration.
 * @returns its name
 */
export function migrateDown(db: Knex): Promise<string[]> {
  return exclusively(db, async (transaction) => {
    const [, undone] = (await transaction.migrate.down({ migrationSource })) as [number, string[]];
    return undone;
  });
}

/**
 * Lists the applied and the pending migrations. Creates Knex's book-keeping tables if they do not
 * exist.
 */
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
    // Releases Knex's own lock row: it is only set when Knex's own command was used and killed.
    await transaction.migrate.forceFreeMigrationsLock({ migrationSource });
    return work(transaction);
  });
}

/**
 * Migrations are identified by their name without extension: .ts in development and .js in the
 * build are the same one.
 */
const migrationSource: Knex.MigrationSource<string> = {
  async getMigrations() {
    const files = await readdir(folder);
    return files.filter((file) => /\.[tj]s$/.test(file)).sort();
  },
  getMigrationName: (file) => parse(file).name,
  getMigration: (file) => import(new URL(file, folder).href) as Promise<Knex.Migration>,
};

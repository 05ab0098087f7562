// Migrations: steps in db/migrations, each with an `up` and a `down`. A run is one transaction
// under an advisory lock that ends with it. So nodes that start together wait for each other, and a
// killed node leaves neither half a schema nor a lock. (Knex's own lock is a committed row that
// stays set when the process is killed.) The lock belongs to the transaction, so it works behind a
// connection pooler.

import { readdir } from 'node:fs/promises';
import { parse } from 'node:path';
import type { Knex } from 'knex';
import { MigrationError } from './migration-error.ts';

const folder = new URL('../../db/migrations/', import.meta.url);
/** "migrate." in ASCII. Any number works that no other software uses. */
const lockKey = 0x6d6967726174652en.toString();

/**
 * Bears our name, because another application may keep its migrations in `knex_migrations`, the
 * default of Knex.
 */
const tableName = 'rolegate_migrations';
/** Where releases before this one kept our migrations. */
const formerTableName = 'knex_migrations';
/** The ending of a migration that older nodes tolerate. It stays in the database with the name. */
const compatible = '_compatible';

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
    const [, applied] = (await transaction.migrate.latest(knexOptions)) as [number, string[]];
    return applied;
  });
}

/**
 * Undoes the newest migration.
 * @returns its name
 */
export function migrateDown(db: Knex): Promise<string[]> {
  return exclusively(db, async (transaction) => {
    const [, undone] = (await transaction.migrate.down(knexOptions)) as [number, string[]];
    return undone;
  });
}

/**
 * Lists the applied and the pending migrations. Creates Knex's book-keeping tables if they do not
 * exist.
 */
export function migrationStatus(db: Knex): Promise<MigrationStatus> {
  return exclusively(db, async (transaction) => {
    const [completed, pending] = (await transaction.migrate.list(knexOptions)) as [
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
    const files = await migrationSource.getMigrations([]);
    const ours = files.map((file) => migrationSource.getMigrationName(file));
    await takeOver(transaction, ours);
    await refuseNewer(transaction, ours);
    // Releases Knex's own lock row: it is only set when Knex's own command was used and killed.
    await transaction.migrate.forceFreeMigrationsLock(knexOptions);
    return work(transaction);
  });
}

/**
 * Copies our rows of the former table. They stay there too, so that a node of an older release
 * beside this one still starts.
 */
async function takeOver(transaction: Knex.Transaction, ours: readonly string[]): Promise<void> {
  if (await transaction.schema.hasTable(tableName)) return;
  if (!(await transaction.schema.hasTable(formerTableName))) return;
  const rows = await transaction<{ name: string }>(formerTableName)
    .select('name', 'batch', 'migration_time')
    .whereIn('name', ours)
    .orderBy('id');
  if (rows.length === 0) return;
  await transaction.migrate.currentVersion(knexOptions); // creates the table
  await transaction(tableName).insert(rows);
}

/**
 * Unknown migrations come from a newer release.
 * @throws MigrationError when one of them is not marked as compatible
 */
async function refuseNewer(transaction: Knex.Transaction, ours: readonly string[]): Promise<void> {
  if (!(await transaction.schema.hasTable(tableName))) return;
  const unknown = await transaction<{ name: string }>(tableName)
    .whereNotIn('name', ours)
    .orderBy('id')
    .pluck('name');
  const first = unknown.find((name) => !name.endsWith(compatible));
  if (first !== undefined)
    throw new MigrationError(
      `A newer version of Rolegate has migrated this database (${first}): start that version, ` +
        'or undo its migrations with its own `rolegate migrate down` first.',
    );
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

/** Knex would refuse every unknown migration, also a compatible one. */
const knexOptions: Knex.MigratorConfig = {
  migrationSource,
  tableName,
  disableMigrationsListValidation: true,
};

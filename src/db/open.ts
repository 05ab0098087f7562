// Opens the configured database: the one at DATABASE_URL, or the embedded one. Migrates it and
// returns the pool.

import type { Knex } from 'knex';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from './embedded/embedded.ts';
import { isWorthWaiting, messageOf } from './errors.ts';
import { createKnex } from './knex.ts';
import { migrateUp } from './migrate.ts';

export interface Database {
  readonly knex: Knex;
  /** The URL, for a connection outside the pool. Contains the password. */
  readonly url: string;
  /** The migrations that this call applied. */
  readonly applied: readonly string[];
  close(): Promise<void>;
}

interface Place {
  /** `null`: use the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

export interface DatabaseOptions extends Place {
  readonly databasePoolMax: number;
  readonly preparedStatements: boolean;
  readonly warn?: (message: string) => void;
  /** Off for a worker: the primary process has migrated. */
  readonly migrates?: boolean;
  /** Milliseconds to wait for a database that is not available. 0 by default. */
  readonly patience?: number;
  /** Ends the wait. */
  readonly isStopping?: () => boolean;
}

/** Milliseconds between two attempts to reach a database that is not available. */
const retryPause = 500;

/**
 * @throws EmbeddedError, MigrationError, or the driver's error when the database cannot be reached
 *   or migrated. Everything is closed then.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return withAddress(options, async (url, release) => {
    const { migrates = true } = options;
    const migrate = () => withMigrationPool(url, migrateUp);
    const applied = migrates ? await patiently(migrate, options) : [];
    const knex = createKnex({
      url,
      max: options.databasePoolMax,
      silenceLimit: 10_000,
      preparedStatements: options.preparedStatements,
      ...(options.warn && { warn: options.warn }),
    });
    const close = async () => {
      await knex.destroy();
      await release();
    };
    return { knex, url, applied, close };
  });
}

/**
 * Runs `work` on its own pool, without a time limit, and closes everything: for the migration
 * commands.
 */
export async function withDatabase<Result>(
  options: Place,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  return withAddress(options, async (url, release) => {
    const result = await withMigrationPool(url, work);
    await release();
    return result;
  });
}

/** Repeats `work` while the database is not available. Warns once. */
async function patiently<Result>(
  work: () => Promise<Result>,
  { patience = 0, isStopping = () => false, warn = () => undefined }: DatabaseOptions,
): Promise<Result> {
  const start = performance.now();
  for (let attempts = 1; ; attempts++) {
    try {
      return await work();
    } catch (error) {
      const isLate = performance.now() - start >= patience;
      if (!isWorthWaiting(error) || isLate || isStopping()) throw error;
      if (attempts === 1)
        warn(
          `The database is not available (${messageOf(error)}). ` +
            `This node waits for it, for at most ${patience / 1_000} seconds.`,
        );
      await pause(retryPause);
    }
  }
}

async function withAddress<Result>(
  { databaseUrl, dataDir }: Place,
  work: (url: string, release: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const external = { url: databaseUrl ?? '', release: () => Promise.resolve() };
  const { url, release } = databaseUrl === null ? await openEmbedded({ dataDir }) : external;
  try {
    return await work(url, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function withMigrationPool<Result>(
  url: string,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const knex = createKnex({ url, max: 1 });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

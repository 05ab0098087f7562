// The connection pool. Works behind poolers: it sets no session state on a connection, and names
// statements only when `preparedStatements` allows it.

import type { Socket } from 'node:net';
import './navigator.ts';
import knex, { type Knex } from 'knex';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { meaningOfState, ReadOnlyError } from './errors.ts';
import type { PoolParams } from './statements.ts';

export interface PoolOptions {
  /** A postgres:// URL. */
  readonly url: string;
  readonly max: number;
  /**
   * A connection is closed after this many milliseconds without a byte in either direction. So the
   * pool gives up on a database that hangs (the request gets 503, and the next request a new
   * connection) and closes idle connections. When not set, it waits without limit: for migrations.
   */
  readonly silenceLimit?: number;
  /**
   * Whether statements are prepared under a name, which belongs to the connection. Off by default.
   * Must be off behind a pooler that gives each transaction another connection.
   */
  readonly preparedStatements?: boolean;
  /** Called with the warnings of Knex itself; never with a query's values. */
  readonly warn?: (message: string) => void;
}

/**
 * Parses bigint as a number: ids stay far below 2^53, and the contract calls them integers. Only
 * for our own pools, not for all of pg.
 */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

export function createKnex({
  url,
  max,
  silenceLimit,
  preparedStatements = false,
  warn = () => undefined,
}: PoolOptions): Knex {
  // That the pool replaces a broken connection needs no action.
  const warnUnlessReplaced = (message: string) => {
    if (!message.startsWith('Connection Error: ')) warn(message);
  };
  const pool = knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'rolegate',
      connectionTimeoutMillis: Math.min(3_000, silenceLimit ?? 3_000),
      types,
    } as Knex.PgConnectionConfig,
    pool: {
      min: 0,
      max,
      afterCreate(client: PoolConnection, done: (error: unknown, client: unknown) => void) {
        if (silenceLimit !== undefined) limitSilence(client.connection.stream, silenceLimit);
        admit(client).then(
          () => {
            done(null, client);
          },
          (error: unknown) => {
            done(error, client);
          },
        );
      },
    },
    acquireConnectionTimeout: acquireLimit,
    log: { warn: warnUnlessReplaced, error: warn, deprecate: warn, debug: () => undefined },
  });
  shareWhenFull(pool.client as PoolClient);
  pool.userParams = { namesStatements: preparedStatements } satisfies PoolParams;
  return pool;
}

/** Milliseconds that a query waits for a connection. */
const acquireLimit = 5_000;
/** Milliseconds between two attempts to open a connection when the server has no more of them. */
const fullPause = 100;

type PoolConnection = pg.Client & {
  readonly connection: {
    readonly stream: Socket;
    on(name: 'errorMessage', listener: (error: { readonly code?: string }) => void): void;
  };
  /** Set: Knex closes the connection instead of using it again. */
  __knex__disposed?: unknown;
};

/**
 * Watches the connection for errors after which it must not be used again.
 * @throws ReadOnlyError when the server is a standby or read-only; the connection is closed then
 */
async function admit(client: PoolConnection): Promise<void> {
  client.connection.on('errorMessage', ({ code = '' }) => {
    if (meaningOfState(code)?.discards) client.__knex__disposed = code;
  });
  try {
    await refuseReadOnly(async (sql) => (await client.query<{ state: string }>(sql)).rows);
  } catch (error) {
    client.end().catch(() => undefined);
    throw error;
  }
}

/** @throws ReadOnlyError; in recovery, every transaction is read-only */
export async function refuseReadOnly(
  query: (sql: string) => Promise<readonly { readonly state: string }[]>,
): Promise<void> {
  const [row] = await query(`select current_setting('transaction_read_only') as state`);
  if (row?.state !== 'off') throw new ReadOnlyError();
}

/** The part of Knex's client that is used here. */
interface PoolClient {
  acquireRawConnection: () => Promise<unknown>;
  readonly pool?: { numUsed(): number; numFree(): number; numPendingAcquires(): number };
}

/**
 * When the server has no connection left for this pool (SQLSTATE 53300), queries wait for one of
 * the pool's own connections, if it has any. Otherwise the first refusal would fail the query.
 */
function shareWhenFull(client: PoolClient): void {
  const open = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const start = performance.now();
    for (;;) {
      try {
        return await open();
      } catch (error) {
        const { pool } = client;
        const isFull = (error as pg.DatabaseError).code === '53300';
        const hasOwn = pool !== undefined && pool.numUsed() + pool.numFree() > 0;
        const isNeeded = hasOwn && pool.numPendingAcquires() > 0;
        if (!isFull || !isNeeded || performance.now() - start > acquireLimit) throw error;
        await pause(fullPause);
      }
    }
  };
}

/**
 * Closes a connection after `limit` milliseconds without a byte. pg's query_timeout does not help:
 * it gives up on the query and keeps the connection that hangs. Nor does PostgreSQL's
 * statement_timeout: poolers refuse it, and it has no effect when the network is down.
 */
export function limitSilence(stream: Socket, limit: number): void {
  stream.setTimeout(limit, () => stream.destroy(new Error('Connection was silent')));
}

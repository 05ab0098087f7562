// The connection pool. Works behind poolers: it sets no session state on a connection, and names
// statements only when `preparedStatements` allows it.

import type { Socket } from 'node:net';
import knex, { type Knex } from 'knex';
import pg from 'pg';
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
      afterCreate(
        client: { connection: { stream: Socket } },
        done: (error: null, client: unknown) => void,
      ) {
        if (silenceLimit !== undefined) limitSilence(client.connection.stream, silenceLimit);
        done(null, client);
      },
    },
    acquireConnectionTimeout: 5_000,
    log: { warn, error: warn, deprecate: warn, debug: () => undefined },
  });
  pool.userParams = { namesStatements: preparedStatements } satisfies PoolParams;
  return pool;
}

/**
 * Closes a connection after `limit` milliseconds without a byte. pg's query_timeout does not help:
 * it gives up on the query and keeps the connection that hangs. Nor does PostgreSQL's
 * statement_timeout: poolers refuse it, and it has no effect when the network is down.
 */
export function limitSilence(stream: Socket, limit: number): void {
  stream.setTimeout(limit, () => stream.destroy(new Error('Connection was silent')));
}

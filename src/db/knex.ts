// The connection pool. Pooler-safe: no session state is set on a connection, and statements have names only where it is said that they may.

import type { Socket } from 'node:net';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import type { PoolParams } from './statements.ts';

export interface PoolOptions {
  /** A postgres:// URL. */
  readonly url: string;
  readonly max: number;
  /**
   * Milliseconds without a byte in either direction after which a connection is closed. It gives up on a database that hangs (told as
   * 503, and the next request gets a new connection) and closes idle connections. Not set, it waits for ever: for migrations.
   */
  readonly silenceLimit?: number;
  /** Whether statements are prepared by name, which stays with the connection: not behind a pooler that gives each transaction another. Off if not set. */
  readonly preparedStatements?: boolean;
  /** Called for what Knex itself has to say; never with a query's values. */
  readonly warn?: (message: string) => void;
}

/** bigint: ids stay far below 2^53, and the contract calls them integers. Only for our own pools, not for all of pg. */
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
 * Closes a connection after `limit` milliseconds without a byte. Not pg's query_timeout, which gives up on the query and keeps the connection that
 * hangs; and not PostgreSQL's statement_timeout, which poolers refuse and which says nothing when the network is away.
 */
export function limitSilence(stream: Socket, limit: number): void {
  stream.setTimeout(limit, () => stream.destroy(new Error('Connection was silent')));
}

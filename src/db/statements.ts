// Handwritten SQL, prepared under a name. Each connection parses and plans a statement once, which
// is most of the cost of a small statement. It goes to the driver directly, because Knex costs more
// time than the driver.
//
// Statements have names only outside transactions. There, a statement whose name the database
// refuses was not begun, and can be sent again.

import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Client, DatabaseError, QueryConfig, QueryResultRow } from 'pg';

/** Knex's `userParams` of a pool. */
export interface PoolParams {
  /** Whether statements are sent with their names. */
  namesStatements?: boolean;
}

export type Value = string | number | boolean | Date | Buffer | null | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/**
 * Runs the statement with these values, on the pool or in the transaction.
 * @throws the driver's error, with the statement's purpose before its message
 */
export type Prepared<Given extends Values, Row> = (db: Knex, values: Given) => Promise<Row[]>;

/**
 * Prepares a statement. `sql` refers to its values as `:name`. `purpose` is the name in the
 * database's own views.
 */
export function prepare<Given extends Values, Row extends QueryResultRow>(
  purpose: string,
  sql: string,
): Prepared<Given, Row> {
  const { text, order } = numberValues(sql);
  // Behind a pooler, two versions of this service may share a connection. So one name never refers
  // to two texts.
  const name = `${purpose} ${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  return async function execute(db, given) {
    const missing = order.find((value) => given[value] === undefined); // the driver would send null
    if (missing !== undefined) throw new TypeError(`${purpose} - no value for ${missing}`);
    const query = { text, values: order.map((value) => given[value]) };
    const isNamed = !db.isTransaction && (db.userParams as PoolParams).namesStatements === true;
    try {
      return await (isNamed ? sendNamed<Row>(db, { name, ...query }) : send<Row>(db, query));
    } catch (error) {
      if (error instanceof Error) error.message = `${purpose} - ${error.message}`;
      throw error;
    }
  };
}

async function sendNamed<Row extends QueryResultRow>(
  db: Knex,
  { name, ...query }: QueryConfig,
): Promise<Row[]> {
  try {
    return await send<Row>(db, { name, ...query });
  } catch (error) {
    if (isStrange(error)) stopNaming(db);
    else if (!isStale(error)) throw error;
    return send<Row>(db, query);
  }
}

/** `:name` becomes `$1`; `::type` stays. */
function numberValues(sql: string): { readonly text: string; readonly order: readonly string[] } {
  const order: string[] = [];
  const text = sql.replace(/(?<!:):([a-z]+)/gi, (_, name: string) => {
    if (!order.includes(name)) order.push(name);
    return `$${order.indexOf(name) + 1}`;
  });
  return { text, order };
}

async function send<Row extends QueryResultRow>(db: Knex, query: QueryConfig): Promise<Row[]> {
  // As in Knex's own queries: after a transaction has ended, another caller may use its connection.
  if (db.isTransaction && (db as Knex.Transaction).isCompleted())
    throw new Error('the transaction has ended');
  const pool = db.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    return (await connection.query<Row>(query)).rows;
  } catch (error) {
    if (isStale(error)) await connection.end(); // the pool replaces it by one without old names
    throw error;
  } finally {
    await pool.releaseConnection(connection);
  }
}

/**
 * A migration has changed the type of a column since the statement was prepared (PostgreSQL,
 * plancache.c).
 */
function isStale(error: unknown): boolean {
  return (error as Partial<DatabaseError>).routine === 'RevalidateCachedQuery';
}

/**
 * Behind a pooler, a named statement may reach another connection. That one does not have the name,
 * or has it from another client.
 */
function isStrange(error: unknown): boolean {
  return ['26000', '42P05'].includes((error as Partial<DatabaseError>).code ?? '');
}

function stopNaming(db: Knex): void {
  (db.userParams as PoolParams).namesStatements = false;
  const { logger } = db.client as Pool;
  logger.warn(
    'the database is behind a pooler that keeps no prepared statements: ' +
      'from now on they are sent without names. Set PREPARED_STATEMENTS=off.',
  );
}

/**
 * The part of Knex's client that is used here. In a transaction, it returns the transaction's
 * connection.
 */
interface Pool {
  readonly acquireConnection: () => Promise<Client>;
  readonly releaseConnection: (connection: Client) => Promise<void>;
  readonly logger: { warn(message: string): void };
}

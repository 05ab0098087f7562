// The embedded PostgreSQL: a real server in DATA_DIR, on loopback, for development and tests. Any
// number of our processes share it. The first one starts the server, later ones join it, and the
// last one stops it. If the server dies, the remaining processes start it again. The database
// itself knows which processes use it: each holds a shared advisory lock on one connection, and the
// lock ends with the process, even if it is killed. The server listens on a free port, so it
// conflicts with no other program. Its password is stored next to the data.

import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import '../navigator.ts';
import pg from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import { freePort, openCluster, type Cluster } from './embedded-cluster.ts';
import { EmbeddedError } from './embedded-error.ts';
import { keepSecret } from './kept-secret.ts';

export interface EmbeddedDatabase {
  readonly url: string;
  /**
   * Leaves the server, and stops it when no other of our processes uses it. Does not fail when the
   * server has already stopped.
   */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** More settings, as `name=value`, for a server that this process starts. */
  readonly settings?: readonly string[];
}

interface Server extends Required<Pick<EmbeddedOptions, 'settings'>> {
  readonly cluster: Cluster;
  readonly password: string;
}

/** A connection that holds the presence lock. */
interface Presence {
  readonly client: pg.Client;
  readonly port: number;
}

const database = 'rolegate';
/** The presence lock: "role" in ASCII. */
const lockKey = 0x726f6c65;
/** Milliseconds to keep trying while other processes start or stop the server. */
const startTimeout = 30_000;

/**
 * Starts or joins the server in `dataDir`. Creates its data when there is none.
 * @throws EmbeddedError when the data belongs to another PostgreSQL version or the server does not
 *   start; the message says what to do
 */
export async function openEmbedded({
  dataDir,
  settings = [],
}: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = resolve(dataDir);
  await mkdir(home, { recursive: true });
  const password = await keepSecret(join(home, 'postgres-password'), () =>
    randomBytes(24).toString('base64url'),
  );
  const cluster = await openCluster(await findBinaries(), join(home, 'postgres'), password);
  const server: Server = { cluster, password, settings };

  const first = await enter(server);
  await makeDatabase(first.client);
  let leaving = false;
  let current = Promise.resolve(first);
  const stay = ({ client, port }: Presence): void => {
    client.once('end', () => {
      if (leaving) return;
      // The connection pool knows this port, so the server starts on it again. If that fails,
      // requests get 503, and the next start reports the reason.
      current = enter(server, port);
      current.then(stay, () => undefined);
    });
  };
  stay(first);

  return {
    url: urlOf(server, first.port, database),
    async release() {
      leaving = true;
      await current.then(
        ({ client }) => leave(cluster, client),
        () => undefined,
      );
    },
  };
}

/** Joins the running server, or starts one, on `wantedPort` if that is given. */
async function enter(server: Server, wantedPort?: number): Promise<Presence> {
  const deadline = Date.now() + startTimeout;
  let failure: unknown;
  while (Date.now() < deadline) {
    const port = await server.cluster.port();
    const client = port === null ? null : await connect(urlOf(server, port, 'postgres'));
    if (client && port !== null) return { client, port };
    try {
      await server.cluster.start(wantedPort ?? (await freePort()), server.settings);
    } catch (error) {
      // Another process was faster or is stopping the server, or it cannot start: retry.
      failure = error;
      await sleep(200);
    }
  }
  const reason = failure instanceof Error ? failure.message : 'it does not answer';
  throw new EmbeddedError(
    `The embedded PostgreSQL does not start: ${reason}\n` +
      `The end of its log:\n${await server.cluster.log()}`,
    failure,
  );
}

/**
 * `null` when our server does not answer, or its last user is stopping it. Only our own server
 * accepts our password.
 */
async function connect(connectionString: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString,
    application_name: 'rolegate presence',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => undefined); // 'end' follows
  try {
    await client.connect();
    if (await lock(client, 'pg_try_advisory_lock_shared')) return client;
  } catch {
    return null;
  }
  await client.end();
  return null;
}

/** The process that gets the exclusive lock is the last one. */
async function leave(cluster: Cluster, client: pg.Client): Promise<void> {
  try {
    await lock(client, 'pg_advisory_unlock_shared');
    if (await lock(client, 'pg_try_advisory_lock')) await cluster.stop();
    else await client.end();
  } catch {
    // The server has already stopped, as intended.
  }
}

async function lock(
  client: pg.Client,
  verb: 'pg_try_advisory_lock_shared' | 'pg_advisory_unlock_shared' | 'pg_try_advisory_lock',
): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>(`select ${verb}($1) as done`, [lockKey]);
  return rows[0]?.done === true;
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
  if (rowCount) return;
  try {
    await client.query(`create database ${database}`);
  } catch (error) {
    // 42P04, or 23505 in pg_database's own index: another process was faster.
    if (!['42P04', '23505'].includes((error as pg.DatabaseError).code ?? '')) throw error;
  }
}

function urlOf({ password }: Server, port: number, name: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${name}?sslmode=disable`;
}

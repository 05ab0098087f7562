// The PostgreSQL server of the tests: an embedded server in a temporary folder, or the server at
// TEST_DATABASE_URL, whose user must be allowed to create databases. A template database is
// migrated once; each test file gets its own copy of it.

import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../../src/db/embedded/embedded.ts';
import { createKnex } from '../../src/db/knex.ts';
import { migrateUp } from '../../src/db/migrate.ts';

interface TestServer {
  readonly adminUrl: string;
  readonly template: string;
  stop(): Promise<void>;
}

let server: Promise<TestServer> | undefined;

/** Creates a new database, migrated unless `empty`. It is removed after the test run. */
export async function createDatabase({ empty = false } = {}): Promise<string> {
  const { adminUrl, template } = await (server ??= startServer());
  const name = newName();
  await run(adminUrl, `create database ${name}${empty ? '' : ` template ${template}`}`);
  return urlFor(adminUrl, name);
}

export async function stopPostgres(): Promise<void> {
  await (await server)?.stop();
}

/** Runs one statement on a new connection. */
export async function run(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Creates a folder. The test must call `remove` at its end. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'rolegate-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The process id of the embedded server's main process (postmaster) in this `DATA_DIR`. */
export async function serverPid(dataDir: string): Promise<number> {
  return Number(
    (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
}

async function startServer(): Promise<TestServer> {
  const external = process.env['TEST_DATABASE_URL'];
  const { adminUrl, stop } = external
    ? { adminUrl: external, stop: () => dropAll(external) }
    : await startEmbedded();
  const template = newName();
  await run(adminUrl, `create database ${template}`);
  const knex = createKnex({ url: urlFor(adminUrl, template), max: 1 });
  await migrateUp(knex);
  await knex.destroy();
  return { adminUrl, template, stop };
}

async function startEmbedded(): Promise<Pick<TestServer, 'adminUrl' | 'stop'>> {
  const folder = await temporaryFolder();
  // No fsync: the folder is temporary, so nothing has to survive a crash.
  const { url, release } = await openEmbedded({
    dataDir: folder.path,
    settings: ['fsync=off', 'max_connections=200'],
  });
  return { adminUrl: url, stop: () => release().then(folder.remove) };
}

async function dropAll(adminUrl: string): Promise<void> {
  const { rows } = await run(
    adminUrl,
    `select datname from pg_database where datname like '${prefix}%'`,
  );
  for (const { datname } of rows as { datname: string }[])
    await run(adminUrl, `drop database if exists ${datname} with (force)`);
}

const prefix = `rolegate_test_${randomBytes(4).toString('hex')}_`;

function newName(): string {
  return `${prefix}${randomBytes(4).toString('hex')}`;
}

function urlFor(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

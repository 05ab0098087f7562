// One PostgreSQL cluster on disk: creates it, starts and stops its server. Refuses data of another
// major version, and leaves it unchanged.

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Binaries } from './embedded-binaries.ts';
import { EmbeddedError } from './embedded-error.ts';
import { hasCode } from './system-error.ts';

export interface Cluster {
  /**
   * The port of the running server, or of a server that died without removing its pid file; `null`
   * when there is neither.
   */
  port(): Promise<number | null>;
  /**
   * Starts the server on this port of 127.0.0.1, detached from this process.
   * @throws when the server is not running afterwards
   */
  start(port: number, settings: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  /** The last 2,000 characters of the server's log. */
  log(): Promise<string>;
}

/**
 * Opens the cluster in `folder`. Creates it when it does not exist.
 * @throws EmbeddedError when the folder contains other data
 */
export async function openCluster(
  binaries: Binaries,
  folder: string,
  password: string,
): Promise<Cluster> {
  const version = await versionOf(folder);
  if (version === null) await makeCluster(binaries, folder, password);
  else if (version !== binaries.major) {
    throw new EmbeddedError(
      `${folder} contains ${version ? `the data of PostgreSQL ${version}` : 'other files'}, ` +
        `and this is PostgreSQL ${binaries.major}. Nothing was touched. ` +
        'Move that folder away to start with an empty database, set DATA_DIR to another folder' +
        `${version && `, or dump it with PostgreSQL ${version} first`}.`,
    );
  }
  const control = (...args: string[]) =>
    binaries.run('pg_ctl', folder, ['-D', folder, '-w', ...args]);
  const logFile = join(folder, 'server.log');
  return {
    port: () => readPort(folder),
    async start(port, settings) {
      const all = [
        `port=${port}`,
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        ...settings,
      ];
      await control(
        'start',
        '-s',
        '-l',
        logFile,
        '-o',
        all.map((setting) => `-c ${setting}`).join(' '),
      );
    },
    async stop() {
      await control('stop', '-s', '-m', 'fast');
    },
    log: () =>
      readFile(logFile, 'utf8').then(
        (text) => text.slice(-2000),
        () => '',
      ),
  };
}

/**
 * A port that is free now. If another program takes it first, the start fails and is retried with
 * another port.
 */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** `null`: the folder does not exist. `''`: the folder contains other files. */
async function versionOf(folder: string): Promise<string | null> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    return existsSync(folder) ? '' : null;
  }
}

/**
 * Creates the cluster in a temporary folder and renames it when it is complete. So a killed start
 * leaves no incomplete cluster, and the second of two concurrent starts uses the cluster of the
 * first.
 */
async function makeCluster(binaries: Binaries, folder: string, password: string): Promise<void> {
  const draft = await mkdtemp(`${folder}.draft-`);
  const data = join(draft, 'data');
  const passwordFile = join(draft, 'password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await Promise.all([draft, passwordFile].map(binaries.own));
    await binaries.run('initdb', draft, [
      `--pgdata=${data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    await rename(data, folder).catch((error: unknown) => {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The fourth line of postmaster.pid (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PORT). */
async function readPort(folder: string): Promise<number | null> {
  const lines = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(lines.split('\n')[3]) || null;
}

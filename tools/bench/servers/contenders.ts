// The compared servers: Rolegate as deployed, bare Express, Node.js alone, and the servers of
// `--against`. All of them run all the time. The servers started here share one PostgreSQL server
// in a temporary folder, where each has its own database.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { installPackages } from '../../private-packages.ts';
import { root } from '../../root.ts';
import { CommandError } from '../../../src/cli/run.ts';
import { openEmbedded } from '../../../src/db/embedded/embedded.ts';
import { adapters, bare, type Adapter } from './adapters.ts';
import type { Rival } from './against.ts';
import { startServer, type ServerCommand } from './process.ts';
import { findPostmaster } from '../runner/usage.ts';

export interface Contender {
  readonly name: string;
  readonly url: string;
  readonly adapter: Adapter;
  /** `null` when unknown. */
  readonly pid: number | null;
  readonly databaseUrl: string | null;
  /** The pid of its PostgreSQL server; `null` when unknown. */
  readonly postmaster: number | null;
  /** Whether it signs in like another server, so that only its reads are compared. */
  readonly isVariant: boolean;
}

/** Cleanup functions, in the order in which they run. New ones are added at the front. */
export type Ends = (() => Promise<void>)[];

export const nodeAlone = 'node:http alone';
const cached = 'better-auth, cookie cache';

/**
 * @param folder an empty folder for the files of the servers
 * @param ends receives the cleanup functions, even when this function fails
 */
export async function startContenders(
  rivals: readonly Rival[],
  folder: string,
  ends: Ends,
): Promise<Contender[]> {
  const { url: adminUrl, release } = await openEmbedded({ dataDir: folder });
  ends.unshift(release);
  const start = async (
    name: string,
    adapter: Adapter,
    command: Omit<ServerCommand, 'cwd'>,
    database: string | null,
  ): Promise<Contender> => {
    const databaseUrl = database === null ? null : await createDatabase(adminUrl, database);
    const environment = {
      ...command.environment,
      ...(databaseUrl !== null && { DATABASE_URL: databaseUrl }),
    };
    const { url, pid, stop } = await startServer({ ...command, environment, cwd: folder });
    ends.unshift(stop);
    const postmaster = databaseUrl === null ? null : await findPostmaster(databaseUrl);
    return { name, adapter, url, pid, databaseUrl, postmaster, isVariant: name === cached };
  };
  const startRival = async (rival: Rival, taken: readonly string[]): Promise<Contender[]> => {
    if (rival.url !== null) return [await meet(rival, rival.url, taken)];
    installPackages(join(root, 'tools/bench/servers/better-auth'));
    return [
      await start('better-auth', adapters['better-auth'], betterAuth('off'), 'better_auth'),
      await start(cached, adapters['better-auth'], betterAuth('on'), 'better_auth_cached'),
    ];
  };
  const contenders = [
    await start('rolegate', adapters.rolegate, rolegate(), 'rolegate_bench'),
    await start(
      'bare Express',
      bare,
      { args: [join(root, 'tools/bench/servers/bare-express.js')], ready: '/' },
      null,
    ),
    await start(
      nodeAlone,
      bare,
      { args: [join(root, 'tools/bench/servers/node-http.js')], ready: '/' },
      null,
    ),
  ];
  for (const rival of rivals) contenders.push(...(await startRival(rival, namesOf(contenders))));
  return contenders;
}

function namesOf(contenders: readonly Contender[]): string[] {
  return contenders.map(({ name }) => name);
}

/** The built service in production mode, otherwise with its defaults. */
function rolegate(): Omit<ServerCommand, 'cwd'> {
  const environment = { JWT_SECRET: randomBytes(48).toString('base64url') };
  return {
    args: [join(root, 'dist/src/cli/main.js'), 'serve'],
    environment,
    ready: '/health/ready',
  };
}

function betterAuth(cookieCache: 'on' | 'off'): Omit<ServerCommand, 'cwd'> {
  const environment = {
    BETTER_AUTH_SECRET: randomBytes(48).toString('base64url'),
    BENCH_COOKIE_CACHE: cookieCache,
  };
  return {
    args: [join(root, 'tools/bench/servers/better-auth/server.js')],
    environment,
    ready: '/api/test/all',
  };
}

/** Describes a server that runs already. @throws CommandError when `--against` names it twice */
async function meet(
  { adapter, pid, databaseUrl }: Rival,
  url: string,
  taken: readonly string[],
): Promise<Contender> {
  const name = taken.includes(adapter) ? `${adapter} at ${url}` : adapter;
  if (taken.includes(name)) throw new CommandError(`--against names ${name} twice`);
  const postmaster = databaseUrl === null ? null : await findPostmaster(databaseUrl);
  return { name, url, adapter: adapters[adapter], pid, databaseUrl, postmaster, isVariant: false };
}

async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

// The server as a process: configuration -> database -> app -> listening -> signal -> all of that backwards.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/index.ts';
import { loadContract } from '../contract/document.ts';
import { keepSecret } from '../db/embedded/kept-secret.ts';
import { openDatabase, type Database } from '../db/open.ts';
import { createRepositories } from '../db/repositories.ts';
import type { Housekeeping } from '../domain/housekeeping.ts';
import type { Outbox } from '../domain/mailing/outbox.ts';
import { createLogger } from '../observability/logger.ts';
import { listen } from '../server.ts';
import { CommandError } from './run.ts';
import { hearSignals } from './signals.ts';

/** Milliseconds that running requests get to finish. */
const grace = 10_000;
/** Milliseconds that a migration gets to finish, or another node's to end. */
const migrationGrace = 3_000;
/** Milliseconds between two rounds of removing what is over. */
const housekeepingInterval = 600_000;
/** Milliseconds between two looks for mails that are due: those of other nodes, and those that failed. */
const outboxInterval = 5_000;

/** What a process is told that is one of several on a port. */
export interface Part {
  readonly hashThreads: number;
}

/** Serves until it is told to stop. As a part, it leaves it to the primary process to say where the service listens. */
export async function serve(config: Config, part?: Part): Promise<void> {
  const { signal, isDraining } = hearSignals();
  const logger = createServerLogger(config);
  const warn = (message: string) => {
    logger.warn(message);
  };
  const ends: (() => Promise<void>)[] = [];
  try {
    const opening = openDatabase({ ...config, warn });
    ends.unshift(() => closeOpened(opening, config));
    // While the database starts: importing the app takes as long as that. It may take long, where another node migrates.
    const opened = await unlessStopped(Promise.all([opening, import('../app.ts')]), signal, logger);
    if (!opened) return;
    const [database, { createApp }] = opened;
    for (const migration of database.applied) logger.info({ migration }, 'migrated');

    const { jwtPrivateKeys: privateKeys, jwtSignWith: signWith } = config;
    const keys = { secrets: await secretsOf(config), privateKeys, signWith };
    const { knex, url: databaseUrl } = database;
    const app = createApp({
      config,
      contract: loadContract(),
      keys,
      knex,
      databaseUrl,
      logger,
      isDraining,
      ...part,
    });
    ends.unshift(() => app.close());

    const { port, host } = config;
    const server = await listen({ ...app, port, host, isDraining }).catch(
      refuseToListen(host, port),
    );
    ends.unshift(() => server.close(grace));
    if (part) logger.info({ hasher: app.hasher }, 'a worker serves');
    else await announce({ port: server.port, hasher: app.hasher }, database, logger);
    ends.unshift(keepHouse(app.housekeeping, logger), watch(app.outbox));
    await app.warmUp();
    logger.info({ signal: await signal }, 'shutting down');
  } finally {
    // All of them, whatever one says: the database is the last.
    for (const end of ends) await end().catch(warnOf(logger));
  }
  logger.info('bye');
}

/** null when `signal` settles first: where another node migrates, opening may take long. */
export async function unlessStopped<Result>(
  opening: Promise<Result>,
  signal: Promise<string>,
  logger: Logger,
): Promise<Result | null> {
  const opened = await Promise.race([opening, signal.then(() => null)]);
  if (opened === null)
    logger.info({ signal: await signal }, 'told to stop while the database was opened');
  return opened;
}

/** Says where the service listens, and what to do next. */
export async function announce(
  facts: Readonly<Record<string, unknown>> & { readonly port: number },
  { knex }: Database,
  logger: Logger,
): Promise<void> {
  const url = `http://localhost:${facts.port}`;
  logger.info(facts, `Rolegate listens on ${url}`);
  logger.info(`The contract, to try it: ${url}/docs, to read it: ${url}/redoc`);
  if (!(await createRepositories(knex).users.hasEnabledAdmin())) {
    logger.info(
      'There is no admin yet. Sign up, then run: npx rolegate users grant <username> admin',
    );
  }
}

export function createServerLogger({ logLevel, production }: Config): Logger {
  return createLogger({ level: logLevel, pretty: process.stdout.isTTY && !production });
}

/**
 * An embedded server that starts is waited for: nobody else would stop it. A database of your own is not: a migration that is cut off leaves
 * nothing behind, and another node's may take its time.
 */
export async function closeOpened(
  opening: Promise<Database>,
  { databaseUrl }: Config,
): Promise<void> {
  const closing = opening.then(
    (opened) => opened.close(),
    () => undefined,
  );
  await (databaseUrl === null ? closing : Promise.race([closing, pause(migrationGrace)]));
}

export function warnOf(logger: Logger): (err: unknown) => void {
  return (err) => {
    logger.warn({ err }, 'an ending failed');
  };
}

/** Every ten minutes; a failure is told and tried again the next time. Settles when the round that runs is over. */
function keepHouse({ run }: Housekeeping, logger: Logger): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = run().then(
      (removed) => {
        if (Object.values(removed).some((count) => count > 0))
          logger.info({ removed }, 'removed what is over');
      },
      (err: unknown) => {
        logger.warn({ err }, 'housekeeping failed');
      },
    );
  }, housekeepingInterval);
  return () => {
    clearInterval(timer);
    return round;
  };
}

/** From now on. What is under way at the end, `App.close` waits for. */
function watch({ kick }: Outbox): () => Promise<void> {
  kick();
  const timer = setInterval(kick, outboxInterval);
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
}

/** With the embedded database, one that is kept beside it: also when private keys sign, so that setting them signs nobody out. */
export async function secretsOf({
  jwtSecrets,
  databaseUrl,
  dataDir,
}: Config): Promise<readonly string[]> {
  if (jwtSecrets !== null || databaseUrl !== null) return jwtSecrets ?? [];
  const file = join(dataDir, 'jwt-secret');
  const secret = await keepSecret(file, () => randomBytes(48).toString('base64url'));
  if (Buffer.byteLength(secret) < 32)
    throw new CommandError(
      `${file} holds less than 32 bytes. Move it away: the next start makes a new one.`,
    );
  return [secret];
}

/** Before anybody takes what the system says of an address for the database's. */
export function refuseToListen(host: string, port: number): (error: unknown) => never {
  return (error) => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const advice: Readonly<Record<string, string>> = {
      EADDRINUSE: `Port ${port} is in use. Stop what uses it, or set PORT to another one (0 picks a free one).`,
      EACCES: `Port ${port} is not for everybody to listen on. Set PORT to one above 1023.`,
    };
    throw new CommandError(
      advice[code] ??
        `The service cannot listen on ${host}: ${message}. Set HOST to an address of this machine.`,
    );
  };
}

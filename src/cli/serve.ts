// The server process: opens the database, creates the app and listens. After a signal it closes
// everything in the reverse order.

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

/** Milliseconds for running requests to finish. */
const grace = 10_000;
/** Milliseconds for a migration to finish, whether this node or another one runs it. */
const migrationGrace = 3_000;
/** Milliseconds that a node waits at its start for a database that is not available. */
export const databasePatience = 60_000;
/** Milliseconds between two rounds of housekeeping, which removes stale rows. */
const housekeepingInterval = 600_000;
/** Milliseconds between two checks for mails that are due: from other nodes, or after a failure. */
const outboxInterval = 5_000;

/** Settings of a process that shares its port with others. */
export interface Part {
  readonly hashThreads: number;
}

/** Serves until a signal stops it. With `part`, the primary process announces the URL instead. */
export async function serve(config: Config, part?: Part): Promise<void> {
  const { signal, isDraining } = hearSignals();
  const logger = createServerLogger(config);
  const warn = (message: string) => {
    logger.warn(message);
  };
  const ends: (() => Promise<void>)[] = [];
  try {
    const opening = openDatabase({
      ...config,
      warn,
      migrates: part === undefined,
      patience: databasePatience,
      isStopping: isDraining,
    });
    ends.unshift(() => closeOpened(opening, config));
    // In parallel: importing the app takes as long as starting the database. Opening may take long
    // while another node migrates.
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
    const hasher = await app.ready();
    if (config.passwordHasher === 'auto')
      logger.info({ hasher }, `PASSWORD_HASHER=auto chose ${hasher}`);

    const { port, host } = config;
    const server = await listen({ ...app, port, host, isDraining }).catch(
      refuseToListen(host, port),
    );
    ends.unshift(() => server.close(grace));
    if (part) logger.info({ hasher }, 'a worker serves');
    else announce({ port: server.port, hasher }, database, logger);
    ends.unshift(keepHouse(app.housekeeping, logger), watch(app.outbox));
    await app.warmUp();
    logger.info({ signal: await signal }, 'shutting down');
  } finally {
    // Runs all steps, even if one fails. The database closes last.
    for (const end of ends) await end().catch(warnOf(logger));
  }
  logger.info('bye');
}

/** `null` when `signal` settles first. Opening may take long while another node migrates. */
export async function unlessStopped<Result>(
  opening: Promise<Result>,
  signal: Promise<string>,
  logger: Logger,
): Promise<Result | null> {
  const opened = await Promise.race([opening, signal.then(() => null)]);
  if (opened === null)
    logger.info({ signal: await signal }, 'stopped while the database was opening');
  return opened;
}

/** Logs where the service listens, and what to do next. The hint neither delays nor ends a node. */
export function announce(
  facts: Readonly<Record<string, unknown>> & { readonly port: number },
  { knex }: Database,
  logger: Logger,
): void {
  const url = `http://localhost:${facts.port}`;
  logger.info(facts, `Rolegate listens on ${url}`);
  logger.info(`The API documentation: ${url}/docs to try it, ${url}/redoc to read it`);
  createRepositories(knex)
    .users.hasEnabledAdmin()
    .then(
      (hasAdmin) => {
        if (!hasAdmin)
          logger.info(
            'There is no admin yet. Sign up, then run: npx rolegate users grant <username> admin',
          );
      },
      () => undefined,
    );
}

export function createServerLogger({ logLevel, production }: Config): Logger {
  return createLogger({ level: logLevel, pretty: process.stdout.isTTY && !production });
}

/**
 * Closes a database that may still be opening. An embedded server is awaited, because no other
 * process would stop it. An external database is awaited for `migrationGrace` only: an interrupted
 * migration is rolled back, and another node's migration may take long.
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
    logger.warn({ err }, 'a shutdown step failed');
  };
}

/**
 * Runs housekeeping every ten minutes. A failure is logged, and the next round tries again.
 * @returns a function that stops it, and settles when the current round has finished
 */
function keepHouse({ run }: Housekeeping, logger: Logger): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = run().then(
      (removed) => {
        if (Object.values(removed).some((count) => count > 0))
          logger.info({ removed }, 'removed stale rows');
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

/** Checks for due mails from now on. `App.close` waits for a delivery that is still running. */
function watch({ kick }: Outbox): () => Promise<void> {
  kick();
  const timer = setInterval(kick, outboxInterval);
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
}

/**
 * With the embedded database, reads or creates a secret beside it. Also when private keys sign:
 * access tokens signed by the secret must stay valid after an operator adds private keys.
 * @throws CommandError when the kept secret is too short
 */
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
      `${file} holds less than 32 bytes. Move it away: the next start creates a new one.`,
    );
  return [secret];
}

/** Turns a failed `listen` into advice. Otherwise its error would be reported as the database's. */
export function refuseToListen(host: string, port: number): (error: unknown) => never {
  return (error) => {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const advice: Readonly<Record<string, string>> = {
      EADDRINUSE:
        `Port ${port} is in use. Stop the process that uses it, ` +
        'or set PORT to another one (0 picks a free one).',
      EACCES: `This user may not listen on port ${port}. ` + 'Set PORT to a number above 1023.',
    };
    throw new CommandError(
      advice[code] ??
        `The service cannot listen on ${host}: ${message}. ` +
          'Set HOST to an address of this machine.',
    );
  };
}

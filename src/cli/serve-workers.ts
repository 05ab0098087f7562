// Runs the service as several processes. The primary opens and migrates the database before the
// first worker starts, and closes it after the last worker ends. Each worker is a normal server
// with its share of the hashing threads and of the database connections.

import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { ConfigError, type Config } from '../config/index.ts';
import { openDatabase } from '../db/open.ts';
import { listen } from '../server.ts';
import {
  announce,
  closeOpened,
  createServerLogger,
  databasePatience,
  refuseToListen,
  secretsOf,
  serve,
  unlessStopped,
  warnOf,
} from './serve.ts';
import { hearSignals } from './signals.ts';
import { outlivePrimary, startWorkers } from './workers.ts';

/**
 * Serves with `config.workers` processes until a signal stops it. The workers call it too, because
 * they are started with the same command line.
 * @throws ConfigError when there are fewer database connections than workers
 * @throws CommandError when the workers cannot be kept running
 */
export async function serveWithWorkers(config: Config): Promise<void> {
  const { workers, databasePoolMax } = config;
  if (databasePoolMax < workers)
    throw new ConfigError([
      `DATABASE_POOL_MAX must be at least ${workers}, one connection for each worker`,
    ]);
  if (!cluster.worker) return lead(config);
  outlivePrimary(cluster.worker);
  const hashThreads = Math.max(1, Math.round(availableParallelism() / workers));
  return serve(
    { ...config, databasePoolMax: Math.floor(databasePoolMax / workers) },
    { hashThreads },
  );
}

async function lead(config: Config): Promise<void> {
  const { signal, isDraining } = hearSignals();
  const logger = createServerLogger(config);
  const warn = logger.warn.bind(logger);
  const ends: (() => Promise<void>)[] = [];
  try {
    const opening = openDatabase({
      ...config,
      warn,
      patience: databasePatience,
      isStopping: isDraining,
    });
    ends.unshift(() => closeOpened(opening, config));
    const database = await unlessStopped(opening, signal, logger);
    if (!database) return;
    for (const migration of database.applied) logger.info({ migration }, 'migrated');
    await secretsOf(config); // creates a missing secret; a bad one is reported once, by the primary

    const { workers: count } = config;
    const port = await portFor(config);
    const stopped = new Promise<string>((resolve, onLost) => {
      const onServing = () => {
        announce({ port, workers: count }, database, logger);
      };
      ends.unshift(
        startWorkers({ count, environment: { PORT: String(port) }, warn, onServing, onLost }),
      );
      void signal.then(resolve);
    });
    logger.info({ signal: await stopped }, 'shutting down');
  } finally {
    for (const end of ends) await end().catch(warnOf(logger));
  }
  logger.info('bye');
}

/** With `PORT=0`, picks a free port now, so that a replaced worker listens on the same port. */
async function portFor({ port, host }: Config): Promise<number> {
  if (port !== 0) return port;
  const probe = await listen({ handle: () => undefined, port, host, isDraining: () => true }).catch(
    refuseToListen(host, port),
  );
  await probe.close(0);
  return probe.port;
}

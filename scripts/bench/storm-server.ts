// The server of bench-storm.ts: the real app in production mode, with an embedded database in a temporary folder. It logs as in
// production, to nowhere.

import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { loadContract } from '../../src/contract/document.ts';
import { openDatabase } from '../../src/db/open.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { listen } from '../../src/server.ts';
import { serveParent } from './child.ts';

/** @param ends what is to be done at the end, the last thing first; as long as what has been started */
async function start(ends: (() => Promise<void>)[]): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
  ends.unshift(() => rm(dataDir, { recursive: true, force: true }));
  // The defaults, and nothing of the environment that the benchmark runs in.
  const config = loadConfig({ NODE_ENV: 'production', DATA_DIR: dataDir });
  const database = await openDatabase(config);
  ends.unshift(() => database.close());
  const isDraining = () => false;
  const app = createApp({
    config,
    contract: loadContract(),
    keys: { secrets: [randomBytes(48).toString('base64url')], privateKeys: [] },
    knex: database.knex,
    logger: createLogger({ level: config.logLevel, pretty: false }, createWriteStream(devNull)),
    isDraining,
  });
  ends.unshift(() => app.close());
  const server = await listen({ handle: app.handle, port: 0, host: '127.0.0.1', isDraining });
  ends.unshift(() => server.close(0));
  return server.port;
}

await serveParent(async () => {
  const ends: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ends) await end();
  };
  try {
    return { port: await start(ends), close };
  } catch (error) {
    await close();
    throw error;
  }
});

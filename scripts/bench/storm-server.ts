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
import { serveParent, type Served } from './child.ts';

async function start(dataDir: string): Promise<Served> {
  // The defaults, and nothing of the environment that the benchmark runs in.
  const config = loadConfig({ NODE_ENV: 'production', DATA_DIR: dataDir });
  const database = await openDatabase(config);
  const isDraining = () => false;
  const app = await createApp({
    config,
    contract: loadContract(),
    jwtSecrets: [randomBytes(48).toString('base64url')],
    knex: database.knex,
    logger: createLogger({ level: config.logLevel, pretty: false }, createWriteStream(devNull)),
    isDraining,
  });
  const server = await listen({ handle: app.handle, port: 0, host: '127.0.0.1', isDraining });
  return {
    port: server.port,
    async close() {
      await server.close(0);
      await app.close();
      await database.close();
    },
  };
}

const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
const removeData = () => rm(dataDir, { recursive: true, force: true });
try {
  await serveParent(async () => {
    const served = await start(dataDir);
    return { port: served.port, close: () => served.close().then(removeData) };
  });
} catch (error) {
  await removeData();
  throw error;
}

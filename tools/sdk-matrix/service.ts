// Starts the service that the generated clients call: the built one, on a free port, with an
// embedded PostgreSQL in a temporary folder.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../service/process.ts';

export interface LiveService {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startLiveService(): Promise<LiveService> {
  const folder = await mkdtemp(join(tmpdir(), 'rolegate-sdk-'));
  const node = startNode({ DATA_DIR: folder, PORT: '0' });
  const stop = async () => {
    node.kill('SIGTERM');
    await node.ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await node.url(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

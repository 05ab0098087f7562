// Starts Prism's validating proxy as a process of its own, on loopback. It reads the contract as it is, in OpenAPI 3.1.

import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProcess, type Running } from '../service/process.ts';

interface PrismOptions {
  /** Where it is installed. */
  readonly packages: string;
  /** The file of the contract. */
  readonly contract: string;
  readonly upstream: string;
  /** Is given the process, to end it. */
  readonly use: (process: Running) => Running;
}

/** @returns its address, when it answers. @throws Error when it ends instead, or does not answer within half a minute */
export async function startPrism({
  packages,
  contract,
  upstream,
  use,
}: PrismOptions): Promise<string> {
  const port = await freePort();
  const command = join(packages, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
  // Without --errors: it would refuse the bad requests itself, where the service has to.
  const args = [
    'proxy',
    contract,
    upstream,
    '--port',
    String(port),
    '--cors',
    'false',
    '--verboseLevel',
    'fatal',
  ];
  const prism = use(startProcess(command, args, {}));
  const state = { isOver: false };
  void prism.ended.then(() => (state.isOver = true));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300 && !state.isOver; tries++) {
    const answer = await fetch(`${url}/health/live`).catch(() => null);
    if (answer?.ok) return url;
    await pause(100);
  }
  throw new Error(`Prism does not answer: ${prism.output().slice(0, 2_000)}`);
}

/** Prism takes no port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

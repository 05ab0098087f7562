// Starts Prism's validating proxy as a separate process on loopback. Prism reads the contract
// unchanged, in OpenAPI 3.1.

import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProcess, type Running } from '../service/process.ts';

interface PrismOptions {
  /** The folder in which Prism is installed. */
  readonly packages: string;
  /** The path of the contract. */
  readonly contract: string;
  readonly upstream: string;
  /** Receives the process, so that the caller can end it. */
  readonly use: (process: Running) => Running;
}

/**
 * @returns the URL of Prism, as soon as it answers
 * @throws Error when Prism ends, or does not answer within 30 seconds
 */
export async function startPrism({
  packages,
  contract,
  upstream,
  use,
}: PrismOptions): Promise<string> {
  const port = await freePort();
  const command = join(packages, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
  // Without --errors: with it, Prism would refuse invalid requests, and the service would not see
  // them.
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
  const state = { hasEnded: false };
  void prism.ended.then(() => (state.hasEnded = true));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300 && !state.hasEnded; tries++) {
    const answer = await fetch(`${url}/health/live`).catch(() => null);
    if (answer?.ok) return url;
    await pause(100);
  }
  throw new Error(`Prism does not answer: ${prism.output().slice(0, 2_000)}`);
}

/** Prism does not accept port 0. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Starts a server as a separate process, so that it shares neither its event loop with the load
// generator nor its compiled code with another server. It listens on a free port of loopback, in
// production mode, without the environment of the benchmark. Its logs are discarded, but through a
// real file descriptor, so logging costs the same as in production.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../src/db/embedded/embedded-cluster.ts';

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerCommand {
  /** The arguments of `node`, which runs in the folder `cwd`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A path that answers 200 when the server is ready. */
  readonly ready: string;
}

/** Milliseconds for a start, and for a stop. */
const patience = 60_000;

/** @throws Error when the server ends or is not ready in time. It has been stopped then. */
export async function startServer({
  args,
  cwd,
  environment,
  ready,
}: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      // With this, Rolegate checks that its parent process still exists. The other servers notice
      // when the IPC channel closes.
      npm_lifecycle_event: 'bench',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const stop = () => end(child);
  try {
    await untilReady(child, url + ready);
    return { url, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    if (hasEnded(child)) throw new Error(`node ${child.spawnargs.slice(1).join(' ')} has ended`);
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`node ${child.spawnargs.slice(1).join(' ')} is not ready`);
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(limit);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

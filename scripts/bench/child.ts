// A server in a process of its own, so that the load generator does not share its event loop, nor two servers their compiled code.
// It lives as long as its parent: when the channel between them closes, however that happens, it ends.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly url: string;
  /** What it takes of the processor, in microseconds since it began; all of its threads together. */
  cpuTime(): Promise<number>;
  stop(): Promise<void>;
}

/** What a server process does, and how it ends. */
export interface Served {
  readonly port: number;
  close(): Promise<void>;
}

/** Milliseconds for a start (initdb takes one or two seconds), and for an end. */
const patience = 60_000;

/** Runs a script of this folder that calls `serveParent`, in production mode. */
export async function startServer(script: string, ...args: string[]): Promise<ServerProcess> {
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, { env });
  const ended = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const death = ended.then(() => {
      throw new Error(`${script} has ended`);
    });
    const signal = AbortSignal.timeout(patience);
    const [message] = (await Promise.race([once(child, 'message', { signal }), death])) as [unknown];
    return message;
  };
  const stop = async () => {
    const limit = setTimeout(() => child.kill('SIGKILL'), patience);
    if (child.connected) child.disconnect();
    await ended;
    clearTimeout(limit);
  };
  try {
    const port = (await answer()) as number;
    return {
      url: `http://127.0.0.1:${port}`,
      async cpuTime() {
        child.send('cpu time');
        return (await answer()) as number;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The other side: starts, tells the parent, and closes when the parent goes. A Ctrl-C reaches both; the parent's end is what counts. */
export async function serveParent(start: () => Promise<Served>): Promise<void> {
  if (!process.send) throw new Error('a part of a benchmark, which starts it');
  process.on('SIGINT', () => undefined);
  // The parent may be gone before this one listens, and between a look at `connected` and the sending.
  const gone = process.connected ? once(process, 'disconnect') : Promise.resolve();
  const tell = (value: number) => process.send?.(value, undefined, undefined, () => undefined);
  const { port, close } = await start();
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    tell(user + system);
  });
  tell(port);
  await gone;
  await close();
  process.exit(0);
}

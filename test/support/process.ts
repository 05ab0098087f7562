// Our commands as processes of their own, as they are built: `npm test` builds first when something has changed.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** An empty folder: the developer's .env names a database that no test may touch. */
const nowhere = mkdtempSync(join(tmpdir(), 'rolegate-nowhere-'));

export interface Running {
  readonly pid: number;
  /** What it printed until now, both streams. */
  readonly output: () => string;
  /** The address that it says it listens on. */
  readonly url: () => Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts `file` with no environment but PATH and what is given. */
export function startProcess(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  const child: ChildProcess = spawn(process.execPath, [resolve(file), ...args], {
    cwd: nowhere,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.on('close', (code, signal) => {
      resolve(code ?? signal ?? '');
    }),
  );
  let isOver = false;
  void ended.then(() => (isOver = true));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async url() {
      for (;;) {
        const found = /listens on (http:\/\/localhost:\d+)/.exec(output)?.[1];
        if (found) return found.replace('localhost', '127.0.0.1');
        if (isOver) throw new Error(`it ended instead of listening:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Runs a command to its end. */
export async function runProcess(file: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
  const running = startProcess(file, args, environment);
  return { code: await running.ended, output: running.output() };
}

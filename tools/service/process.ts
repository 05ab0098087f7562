// Runs the built commands as separate processes. `npm test` builds first when a source has changed.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** An empty working directory: a developer's .env may name a database that no test may touch. */
const nowhere = mkdtempSync(join(tmpdir(), 'rolegate-nowhere-'));

/** The built `rolegate`. */
export const command = 'dist/src/cli/main.js';

export interface Running {
  readonly pid: number;
  /** The output of both streams until now. */
  readonly output: () => string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /**
   * The URL that the process logs.
   * @throws Error when the process ends before it listens
   */
  readonly url: () => Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts a node: `rolegate serve`. */
export function startNode(environment: Environment): Running {
  return startProcess(command, ['serve'], environment);
}

/**
 * Starts `file` with PATH, HOST and the given environment only, and with `input` on stdin. Without
 * `input`, stdin is closed.
 */
export function startProcess(
  file: string,
  args: readonly string[],
  environment: Environment,
  input?: string,
): Running {
  const child: ChildProcess = spawn(process.execPath, [resolve(file), ...args], {
    cwd: nowhere,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  let output = '';
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    stdout += chunk.toString();
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    stderr += chunk.toString();
  });
  const ended = new Promise<number | string>((resolve) =>
    child.on('close', (code, signal) => {
      resolve(code ?? signal ?? '');
    }),
  );
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    stdout: () => stdout,
    stderr: () => stderr,
    async url() {
      for (;;) {
        const found = /listens on (http:\/\/localhost:\d+)/.exec(output)?.[1];
        if (found) return found.replace('localhost', '127.0.0.1');
        if (hasEnded) throw new Error(`the process ended before it listened:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    kill: (signal) => child.kill(signal),
    ended,
  };
}

/** Runs a script and waits for its end. */
export async function runProcess(file: string, args: readonly string[], environment: Environment) {
  const running = startProcess(file, args, environment);
  return { code: await running.ended, output: running.output() };
}

/** Runs `rolegate` and waits for its end. */
export async function rolegate(
  args: readonly string[],
  environment: Environment = {},
  input?: string,
) {
  const running = startProcess(command, args, environment, input);
  return { code: await running.ended, stdout: running.stdout(), stderr: running.stderr() };
}

// The frame of every command: reads .env and the configuration, prints one sentence for an error,
// and returns the exit code.

import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { ConfigError, loadConfig, type Config, type ConfigNeeds } from '../config/index.ts';
import { ContractError } from '../contract/contract-error.ts';
import { EmbeddedError } from '../db/embedded/embedded-error.ts';
import { isUnavailable, messageOf } from '../db/errors.ts';
import { MigrationError } from '../db/migration-error.ts';
import { AuthError } from '../domain/errors.ts';
import { HasherError } from '../domain/passwords/hasher-error.ts';
import { toProblem } from '../http/problem.ts';

/** The command line is wrong. Thrown before anything is done; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command failed; the message says why. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** Runs `work` and returns the exit code: 0 done, 1 failed, 2 wrong command line. */
export async function run(work: () => Promise<unknown>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    // Commander has already printed the message. A request for help is not an error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(explain(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** @throws ConfigError that lists every wrong variable */
export function readConfig(needs: ConfigNeeds = {}): Config {
  // Variables of the environment win over the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env, needs);
}

/**
 * For commands that change data. After a signal to stop, the command finishes its work and closes
 * the database. The process exits after five seconds at the latest. A command that can stop between
 * two steps uses the returned AbortSignal.
 */
export function finishWhenStopped(): AbortSignal {
  const stopped = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      stopped.abort();
      setTimeout(() => process.exit(1), 5_000).unref();
    });
  }
  return stopped.signal;
}

const expected = [
  ConfigError,
  ContractError,
  EmbeddedError,
  HasherError,
  MigrationError,
  UsageError,
  CommandError,
];

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (expected.some((known) => error instanceof known)) return error.message;
  // A command has no request body, so of `/body/password` only the member's name is shown.
  if (error instanceof AuthError) return toProblem(error, '').body.message.replace(/^\/body\//, '');
  const { code, path } = error as NodeJS.ErrnoException;
  if (isUnavailable(error)) return `The database cannot be reached: ${messageOf(error)}`;
  return code !== undefined && path !== undefined ? error.message : (error.stack ?? error.message);
}

// What every command does around its work: reads .env and the configuration, says in one sentence what is wrong, and tells the exit code.

import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { ConfigError, loadConfig, type Config, type ConfigNeeds } from '../config/index.ts';
import { ContractError } from '../contract/contract-error.ts';
import { EmbeddedError } from '../db/embedded/embedded-error.ts';
import { isUnavailable } from '../db/errors.ts';
import { AuthError } from '../domain/errors.ts';
import { HasherError } from '../domain/passwords/hasher-error.ts';
import { toProblem } from '../http/problem.ts';

/** A mistake in how the command was called, told before anything is done; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What was asked for cannot be done; the message says why. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** Runs `work` and returns the exit code: 0 when it is done, 1 when it failed, 2 when the command was called wrongly. */
export async function run(work: () => Promise<unknown>): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    // The parser of the command line has said what is wrong already; asking for help is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(explain(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** @throws ConfigError that lists every mistake */
export function readConfig(needs: ConfigNeeds = {}): Config {
  // What is set already wins over the file.
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env, needs);
}

/**
 * For commands that change something: one that is told to stop finishes what it does, which closes the database, and is cut off when that takes
 * over five seconds. The signal is for those that can stop in between.
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

const told = [ConfigError, ContractError, EmbeddedError, HasherError, UsageError, CommandError];

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (told.some((known) => error instanceof known)) return error.message;
  // The commands have no request and no body: of /body/password, the member is what the reader knows.
  if (error instanceof AuthError) return toProblem(error, '').body.message.replace(/^\/body\//, '');
  const { code, path, errors } = error as NodeJS.ErrnoException & { errors?: Error[] };
  // Node leaves the message empty when it tried several addresses. Neither text holds the URL, which may hold a password.
  if (isUnavailable(error))
    return `The database cannot be reached: ${errors?.map(({ message }) => message).join(', ') ?? error.message}`;
  return code !== undefined && path !== undefined ? error.message : (error.stack ?? error.message);
}

// What every command does around its work: reads .env and the configuration, says in one sentence what is wrong, and sets the exit code.

import { existsSync } from 'node:fs';
import { ConfigError, loadConfig, type Config, type ConfigNeeds } from './config.ts';
import { ContractError } from './contract/contract-error.ts';
import { EmbeddedError } from './db/embedded-error.ts';
import { isUnavailable } from './db/errors.ts';

/** A mistake of whoever runs the command; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Runs `work` and ends the process: 0 when it is done, 1 when it failed, 2 when the command was called wrongly. */
export async function runCommand(work: (config: Config) => Promise<void>, needs: ConfigNeeds = {}): Promise<never> {
  if (needs.signing === false) finishWhenStopped();
  try {
    // What is set already wins over the file.
    if (existsSync('.env')) process.loadEnvFile('.env');
    await work(loadConfig(process.env, needs));
    return process.exit(0);
  } catch (error) {
    console.error(explain(error));
    return process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** A short command that is told to stop finishes what it does, which closes the database; it is cut off when that takes too long. */
function finishWhenStopped(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      setTimeout(() => process.exit(130), 5_000).unref();
    });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = [ConfigError, ContractError, EmbeddedError, UsageError].some((known) => error instanceof known);
  if (expected) return error.message;
  const { code, port, errors } = error as NodeJS.ErrnoException & { port?: number; errors?: Error[] };
  if (code === 'EADDRINUSE')
    return `Port ${port ?? ''} is in use. Stop what uses it, or set PORT to another one (0 picks a free one).`;
  // Node leaves the message empty when it tried several addresses. Neither text holds the URL, which may hold a password.
  if (isUnavailable(error))
    return `The database cannot be reached: ${errors?.map(({ message }) => message).join(', ') ?? error.message}`;
  return error.stack ?? error.message;
}

// The command line: all commands and their help texts. Every start loads this file, even for
// `--help`, so it imports almost nothing. A command imports its dependencies when it runs.

import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addKeys } from './commands/keys.ts';
import { addMigrate } from './commands/migrate.ts';
import { addOpenapi } from './commands/openapi.ts';
import { addServe } from './commands/serve.ts';
import { addUsers } from './commands/users.ts';
import { addVerify } from './commands/verify.ts';
import { examples } from './help.ts';

const exitCodes = `
Exit codes:
  0  done
  1  failed: stderr says why
  2  wrong command line: nothing was done

The configuration is read from the environment and from the file .env.`;

export function createProgram(): Command {
  const { version } = createRequire(import.meta.url)('#package') as { version: string };
  // The commands added below inherit these settings.
  const program = new Command('rolegate')
    .exitOverride()
    .configureOutput({ outputError: refuse })
    .showHelpAfterError('Add --help to see the usage.');
  program
    .description(
      'A contract-first sign-in service: OpenAPI, passwords, JSON Web Tokens and roles, ' +
        'on PostgreSQL.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      examples('serve', 'users create alice alice@example.com --role admin', 'users list --help') +
        exitCodes,
    );
  for (const add of [addServe, addMigrate, addUsers, addKeys, addOpenapi, addVerify]) add(program);
  return program;
}

/** Prints only the name of an unknown option: the text after the `=` may be a password. */
function refuse(text: string, write: (text: string) => void): void {
  write(text.replace(/'(--?[\w-]+)=.*'/s, "'$1'"));
}

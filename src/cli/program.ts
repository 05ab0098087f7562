// The command line: every command with its help. It is read anew by each call, also where a server starts or somebody asks for help, so it
// imports next to nothing; a command imports what it works with when it runs.

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
  1  failed: one sentence on stderr says why
  2  called wrongly: nothing was done

The configuration comes from the environment and from a file .env; see the README.`;

export function createProgram(): Command {
  const { version } = createRequire(import.meta.url)('#package') as { version: string };
  // Settings that the commands added below take over.
  const program = new Command('rolegate')
    .exitOverride()
    .configureOutput({ outputError: refuse })
    .showHelpAfterError('Add --help to see how it is called.');
  program
    .description(
      'A contract-first sign-in service: OpenAPI, passwords, JSON Web Tokens and roles, on PostgreSQL.',
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

/** An unknown option is told by its name alone: what follows the = may be a password. */
function refuse(text: string, write: (text: string) => void): void {
  write(text.replace(/'(--?[\w-]+)=.*'/s, "'$1'"));
}

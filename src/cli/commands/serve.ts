// rolegate serve

import { InvalidArgumentError, type Command } from 'commander';
import { examples } from '../help.ts';
import { readConfig } from '../run.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('start the service')
    .description(
      'Starts the service: migrates the database and listens. ' +
        'Ctrl-C or SIGTERM stops it after the running requests have finished.',
    )
    .option(
      '--workers <n>',
      'the number of processes that share the port; by default WORKERS, or 1',
      readCount,
    )
    .addHelpText(
      'after',
      examples('serve', 'serve --workers 4') +
        '  $ PORT=0 DATABASE_URL=postgres://… JWT_SECRET=… rolegate serve\n',
    )
    .action(async (options: { readonly workers?: number }) => {
      const config = { ...readConfig(), ...options };
      if (config.workers === 1) await (await import('../serve.ts')).serve(config);
      else await (await import('../serve-workers.ts')).serveWithWorkers(config);
    });
}

function readCount(text: string): number {
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  return Number(text);
}

// rolegate serve

import type { Command } from 'commander';
import { examples } from '../help.ts';
import { readConfig } from '../run.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('start the service')
    .description('Starts the service: migrates the database, listens, and ends on Ctrl-C or SIGTERM when what runs is finished.')
    .addHelpText('after', examples('serve') + '  $ PORT=0 DATABASE_URL=postgres://… JWT_SECRET=… rolegate serve\n')
    .action(async () => {
      const config = readConfig();
      const { serve } = await import('../serve.ts');
      await serve(config);
    });
}

// rolegate migrate up | down | status

import type { Command } from 'commander';
import type { Knex } from 'knex';
import { examples, jsonOption, type Json } from '../help.ts';
import { report } from '../output.ts';
import { finishWhenStopped, readConfig } from '../run.ts';

export function addMigrate(program: Command): void {
  const migrate = program
    .command('migrate')
    .summary('migrate the database up, or one step down')
    .description('Migrates the database. `rolegate serve` runs `up` at its start.')
    .addHelpText('after', examples('migrate status', 'migrate up', 'migrate down --json'));
  migrate
    .command('up')
    .description('Applies all pending migrations.')
    .addHelpText('after', examples('migrate up', 'migrate up --json'))
    .addOption(jsonOption())
    .action(async ({ json }: Json) => {
      const { migrateUp } = await import('../../db/migrate.ts');
      const applied = await onDatabase(migrateUp);
      await report(json, { applied }, lines('applied', applied) || 'nothing to do');
    });
  migrate
    .command('down')
    .description('Undoes the newest migration. The data in its tables and columns is lost.')
    .addHelpText('after', examples('migrate down', 'migrate down --json'))
    .addOption(jsonOption())
    .action(async ({ json }: Json) => {
      const { migrateDown } = await import('../../db/migrate.ts');
      const undone = await onDatabase(migrateDown);
      await report(json, { undone }, lines('undone', undone) || 'nothing to do');
    });
  migrate
    .command('status')
    .description('Lists applied and pending migrations.')
    .addHelpText('after', examples('migrate status', 'migrate status --json'))
    .addOption(jsonOption())
    .action(async ({ json }: Json) => {
      const { migrationStatus } = await import('../../db/migrate.ts');
      const { completed: applied, pending } = await onDatabase(migrationStatus);
      await report(
        json,
        { applied, pending },
        [lines('applied', applied), lines('pending', pending)].filter(Boolean).join('\n'),
      );
    });
}

async function onDatabase<Result>(work: (knex: Knex) => Promise<Result>): Promise<Result> {
  const config = readConfig({ signing: false });
  finishWhenStopped();
  const { withDatabase } = await import('../../db/open.ts');
  return withDatabase(config, work);
}

function lines(word: string, names: readonly string[]): string {
  return names.map((name) => `${word}  ${name}`).join('\n');
}

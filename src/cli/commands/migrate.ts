// rolegate migrate up | down | status

import type { Command } from 'commander';
import type { Knex } from 'knex';
import { examples, jsonOption, type Json } from '../help.ts';
import { report } from '../output.ts';
import { finishWhenStopped, readConfig } from '../run.ts';

export function addMigrate(program: Command): void {
  const migrate = program
    .command('migrate')
    .summary('bring the database up to date, or a step back')
    .description('Changes the structure of the database. `rolegate serve` does `up` by itself.')
    .addHelpText('after', examples('migrate status', 'migrate up', 'migrate down --json'));
  migrate
    .command('up')
    .description('Applies every step that is pending.')
    .addHelpText('after', examples('migrate up', 'migrate up --json'))
    .addOption(jsonOption())
    .action(async ({ json }: Json) => {
      const { migrateUp } = await import('../../db/migrate.ts');
      const applied = await onDatabase(migrateUp);
      await report(json, { applied }, lines('applied', applied) || 'nothing to do');
    });
  migrate
    .command('down')
    .description('Undoes the newest step. What it has added to the database is lost with it.')
    .addHelpText('after', examples('migrate down', 'migrate down --json'))
    .addOption(jsonOption())
    .action(async ({ json }: Json) => {
      const { migrateDown } = await import('../../db/migrate.ts');
      const undone = await onDatabase(migrateDown);
      await report(json, { undone }, lines('undone', undone) || 'nothing to do');
    });
  migrate
    .command('status')
    .description('Tells which steps are applied and which are pending.')
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

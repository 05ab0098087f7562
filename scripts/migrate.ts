// npm run migrate -- up | down | status

import { runCommand, UsageError } from '../src/command.ts';
import { migrateDown, migrateUp, migrationStatus } from '../src/db/migrate.ts';
import { withDatabase } from '../src/db/open.ts';

const [verb = 'up', ...rest] = process.argv.slice(2);

await runCommand(
  async (config) => {
    if (rest.length > 0 || !['up', 'down', 'status'].includes(verb))
      throw new UsageError('usage: npm run migrate -- [up | down | status]');
    if (verb === 'status') {
      const { completed, pending } = await withDatabase(config, migrationStatus);
      for (const name of completed) console.log(`applied  ${name}`);
      for (const name of pending) console.log(`pending  ${name}`);
      return;
    }
    const names = await withDatabase(config, verb === 'up' ? migrateUp : migrateDown);
    for (const name of names) console.log(`${verb === 'up' ? 'applied' : 'undone'}  ${name}`);
    if (names.length === 0) console.log('nothing to do');
  },
  { signing: false },
);

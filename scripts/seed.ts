// npm run seed: demo users, one for each role. Their password is known to everybody, so only the embedded database gets them.

import { seedDemoUsers } from '../db/seeds/demo-users.ts';
import { readConfig, run, UsageError } from '../src/cli/run.ts';
import { openDatabase } from '../src/db/open.ts';
import { createPasswords } from '../src/domain/passwords.ts';
import { roles } from '../src/domain/roles.ts';

const password = 'demo password';

process.exit(
  await run(async () => {
    const config = readConfig({ signing: false });
    if (config.databaseUrl !== null || config.production) {
      throw new UsageError(
        'Demo users have a password that everybody knows: they are for the embedded database only. Unset DATABASE_URL.',
      );
    }
    const database = await openDatabase(config);
    const passwords = createPasswords({ cost: config.bcryptCost, workers: 1 });
    try {
      const added = await seedDemoUsers(database.knex, roles, await passwords.hash(password));
      for (const role of roles)
        console.log(`demo-${role} / ${password}${added.includes(`demo-${role}`) ? '' : ' (was there already)'}`);
    } finally {
      await passwords.close();
      await database.close();
    }
  }),
);

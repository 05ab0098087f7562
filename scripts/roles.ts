// npm run grant-role -- <username> <role>, npm run revoke-role -- <username> <role>: the way to the first admin.

import { runCommand, UsageError } from '../src/command.ts';
import { openDatabase } from '../src/db/open.ts';
import { createRepositories } from '../src/db/repositories.ts';
import { isRole, roles } from '../src/domain/roles.ts';

const [verb, username, role, ...rest] = process.argv.slice(2);

await runCommand(
  async (config) => {
    if ((verb !== 'grant' && verb !== 'revoke') || !username || !role || rest.length > 0) {
      throw new UsageError(
        `usage: npm run ${verb ?? 'grant'}-role -- <username> <role>, where role is one of ${roles.join(', ')}`,
      );
    }
    if (!isRole(role)) throw new UsageError(`There is no role ${role}. The roles are ${roles.join(', ')}.`);
    const database = await openDatabase(config);
    try {
      const { users } = createRepositories(database.knex);
      const user = await users.findByUsername(username);
      if (!user) throw new UsageError(`There is no user ${username}. Sign up first.`);
      const changed = verb === 'grant' ? await users.grantRole(user.id, role) : await users.revokeRole(user.id, role);
      const has = verb === 'grant' ? 'has' : 'does not have';
      console.log(`${user.username} ${changed ? 'now ' : ''}${has} the role ${role}${changed ? '' : ' already'}.`);
    } finally {
      await database.close();
    }
  },
  { signing: false },
);

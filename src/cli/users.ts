// What `rolegate users` does to users: the one place where the commands meet the domain.

import type { Config } from '../config.ts';
import { openDatabase } from '../db/open.ts';
import { createRepositories } from '../db/repositories.ts';
import type { Role } from '../domain/roles.ts';
import { CommandError, finishWhenStopped } from './run.ts';

export interface UserCommands {
  /** Gives the role, or takes it away. */
  setRole(username: string, role: Role, wanted: boolean): Promise<Outcome>;
}

export interface Outcome {
  readonly username: string;
  /** Whether it was otherwise before. */
  readonly changed: boolean;
}

/** Runs `work` on the database that the configuration names, migrated, and closes it again. */
export async function withUsers<Result>(config: Config, work: (users: UserCommands) => Promise<Result>): Promise<Result> {
  finishWhenStopped();
  const database = await openDatabase(config);
  try {
    const { users } = createRepositories(database.knex);
    const find = async (username: string) => {
      const user = await users.findByUsername(username);
      if (!user) throw new CommandError(`There is no user ${username}. Sign up first, or: rolegate users create`);
      return user;
    };
    return await work({
      async setRole(name, role, wanted) {
        const { id, username } = await find(name);
        return { username, changed: wanted ? await users.grantRole(id, role) : await users.revokeRole(id, role) };
      },
    });
  } finally {
    await database.close();
  }
}

// Connects `rolegate users` to the domain: finds users by name and reports what changed. The domain
// applies the rules and writes the audit log.

import { inspect } from 'node:util';
import type { Config } from '../config/index.ts';
import { openDatabase } from '../db/open.ts';
import { createRepositories } from '../db/repositories.ts';
import type { Actor } from '../domain/audit/audit-event.ts';
import { AuthError } from '../domain/errors.ts';
import { createPasswords } from '../domain/passwords/index.ts';
import { authority, inOrder, roles, type Role } from '../domain/roles.ts';
import {
  createUserAdministration,
  type UserAdministration,
  type UserQuery,
} from '../domain/users/user-administration.ts';
import type { UserDetails } from '../domain/users/user-details.ts';
import type { SignUpCommand } from '../domain/users/sign-up.ts';
import { CommandError, finishWhenStopped } from './run.ts';

export interface UserCommands {
  create(user: SignUpCommand): Promise<UserDetails>;
  /** `more`: whether there may be users beyond `limit`. */
  list(
    query: Omit<UserQuery, 'cursor'>,
  ): Promise<{ readonly users: UserDetails[]; readonly more: boolean }>;
  /** Grants the role when `wanted`, else revokes it. */
  setRole(username: string, role: Role, wanted: boolean): Promise<Outcome>;
  setDisabled(username: string, disabled: boolean): Promise<Outcome>;
  setPassword(username: string, password: string): Promise<Outcome>;
}

export interface Outcome {
  readonly user: UserDetails;
  /** Whether the command changed the user. */
  readonly changed: boolean;
}

const commandLine: Actor = { userId: null, requestId: null, ip: null };
/** Users a page. */
const page = 100;

/** Opens and migrates the configured database, runs `work` on its users, and closes it. */
export async function withUsers<Result>(
  config: Config,
  work: (users: UserCommands) => Promise<Result>,
): Promise<Result> {
  finishWhenStopped();
  const database = await openDatabase(config);
  const passwords = createPasswords({
    cost: config.bcryptCost,
    hasher: config.passwordHasher,
    workers: 1,
    warn: (facts, message) => {
      process.emitWarning(`${message} ${inspect(facts)}`);
    },
  });
  try {
    const repositories = createRepositories(database.knex);
    // No outbox: this command may not know the mail server. A user created here can request the
    // link that verifies the e-mail address.
    const administration = createUserAdministration({
      repositories,
      passwords,
      outbox: null,
      now: Date.now,
    });
    const find = async (username: string) => {
      const user = await repositories.users.findByUsername(username);
      if (!user)
        throw new CommandError(
          `There is no user ${username}. Sign up first, or: rolegate users create`,
        );
      return administration.get(user.id);
    };
    return await work(commandsOn(administration, find));
  } finally {
    await passwords.close();
    await database.close();
  }
}

function commandsOn(
  administration: UserAdministration,
  find: (username: string) => Promise<UserDetails>,
): UserCommands {
  return {
    create: (user) => administration.create(user, commandLine),
    list: (query) => listUpTo(administration, query),
    async setRole(username, role, wanted) {
      // All roles are written at once, with the version that was read. After a concurrent change,
      // this reads the user again and applies the change to the new roles.
      for (let tries = 1; ; tries++) {
        const before = await find(username);
        const kept = roles.filter(
          (name) => name !== role && before.roles.includes(authority(name)),
        );
        const after = inOrder(wanted ? [...kept, role] : kept);
        try {
          const user = await administration.setRoles(before.id, after, commandLine, [
            before.version,
          ]);
          return { user, changed: before.roles.includes(authority(role)) !== wanted };
        } catch (error) {
          if (!(error instanceof AuthError && error.code === 'version_conflict') || tries === 5)
            throw error;
        }
      }
    },
    async setDisabled(username, disabled) {
      const before = await find(username);
      return {
        user: await administration.setDisabled(before.id, disabled, commandLine),
        changed: before.disabled !== disabled,
      };
    },
    async setPassword(username, password) {
      const user = await find(username);
      await administration.setPassword(user.id, password, commandLine);
      return { user, changed: true };
    },
  };
}

async function listUpTo({ list }: UserAdministration, query: Omit<UserQuery, 'cursor'>) {
  const found: UserDetails[] = [];
  let cursor: string | undefined;
  do {
    const { users, nextCursor } = await list({
      ...query,
      limit: Math.min(page, query.limit - found.length),
      cursor,
    });
    found.push(...users);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined && found.length < query.limit);
  return { users: found, more: cursor !== undefined };
}

// rolegate users list

import { InvalidArgumentError, Option, type Command } from 'commander';
import { roles, type Role } from '../../domain/roles.ts';
import type { UserDetails } from '../../domain/users/user-details.ts';
import { examples, jsonOption, type Json } from '../help.ts';
import { listRoles, report, table, tell } from '../output.ts';
import { onUsers } from './users-database.ts';

interface ListOptions extends Json {
  readonly role?: Role;
  readonly search?: string;
  readonly disabled?: true;
  readonly limit: number;
}

export function addList(users: Command): void {
  users
    .command('list')
    .description('Lists users, oldest first; with --search, sorted by username.')
    .addOption(new Option('--role <role>', 'only users with this role').choices(roles))
    .option('--search <text>', 'only users whose username or e-mail address starts with this')
    .option('--disabled', 'only disabled users')
    .addOption(
      new Option('--limit <n>', 'the maximum number of users').argParser(readLimit).default(100),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('users list --role admin', 'users list --search ali --disabled --json'),
    )
    .action(async ({ json, ...query }: ListOptions) => {
      const { users: found, more } = await onUsers((commands) => commands.list(query));
      await report(
        json,
        found,
        found.length > 0 ? table([head, ...found.map(row)]) : 'No user matches.',
      );
      if (more)
        tell(
          `These are the first ${found.length} users. There may be more: ` +
            'narrow the search, or raise --limit.',
        );
    });
}

const head = ['ID', 'USERNAME', 'E-MAIL', 'ROLES', 'SINCE', 'STATE'];

function row(user: UserDetails): string[] {
  const { id, username, email, createdAt, disabled, emailVerified } = user;
  const state = [disabled && 'disabled', !emailVerified && 'e-mail not verified'].filter(
    (word) => word !== false,
  );
  return [
    String(id),
    username,
    email,
    listRoles(user),
    createdAt.toISOString().slice(0, 10),
    state.join(', '),
  ];
}

function readLimit(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 9999999.');
  return Number(text);
}

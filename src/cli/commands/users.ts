// rolegate users …

import type { Command } from 'commander';
import { examples } from '../help.ts';
import { addRoleCommands, addStateCommands } from './users-change.ts';
import { addCreate, addResetPassword } from './users-create.ts';
import { addList } from './users-list.ts';

export function addUsers(program: Command): void {
  const users = program
    .command('users')
    .summary('create, list and change users')
    .description('Creates, lists and changes users. Usernames are not case-sensitive.')
    .addHelpText(
      'after',
      examples(
        'users create alice alice@example.com --role admin',
        'users grant alice moderator',
        'users list --role admin',
      ),
    );
  for (const add of [addCreate, addList, addRoleCommands, addStateCommands, addResetPassword])
    add(users);
}

// rolegate users …

import { Argument, type Command } from 'commander';
import { roles, type Role } from '../../domain/roles.ts';
import { examples, jsonOption, type Json } from '../help.ts';
import { report } from '../output.ts';
import { readConfig } from '../run.ts';
import type { UserCommands } from '../users.ts';

export function addUsers(program: Command): void {
  const users = program
    .command('users')
    .summary('create, list and change users')
    .description('Creates, lists and changes users. Usernames are compared without regard to case.')
    .addHelpText('after', examples('users grant alice admin', 'users revoke alice admin --json'));
  addRoleCommand(users, 'grant', 'Gives the user a role. It counts from their next request on.');
  addRoleCommand(users, 'revoke', 'Takes a role away from the user. It counts from their next request on.');
}

function addRoleCommand(users: Command, verb: 'grant' | 'revoke', description: string): void {
  users
    .command(verb)
    .description(description)
    .argument('<username>')
    .addArgument(new Argument('<role>').choices(roles))
    .addOption(jsonOption())
    .addHelpText('after', examples(`users ${verb} alice admin`))
    .action(async (name: string, role: Role, { json }: Json) => {
      const { username, changed } = await onUsers((commands) => commands.setRole(name, role, verb === 'grant'));
      const has = verb === 'grant' ? 'has' : 'does not have';
      const text = `${username} ${changed ? 'now ' : ''}${has} the role ${role}${changed ? '' : ' already'}.`;
      await report(json, { username, role, has: verb === 'grant', changed }, text);
    });
}

async function onUsers<Result>(work: (commands: UserCommands) => Promise<Result>): Promise<Result> {
  const config = readConfig({ signing: false });
  const { withUsers } = await import('../users.ts');
  return withUsers(config, work);
}

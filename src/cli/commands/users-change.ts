// rolegate users grant | revoke | disable | enable

import { Argument, type Command } from 'commander';
import { roles, type Role } from '../../domain/roles.ts';
import { examples, jsonOption, type Json } from '../help.ts';
import { report } from '../output.ts';
import { onUsers } from './users-database.ts';

export function addRoleCommands(users: Command): void {
  addRoleCommand(users, 'grant', 'Gives the user a role. It counts from their next request on.');
  addRoleCommand(
    users,
    'revoke',
    'Takes a role away from the user. It counts from their next request on. The last admin keeps theirs.',
  );
}

export function addStateCommands(users: Command): void {
  addStateCommand(
    users,
    'disable',
    'Keeps the user from signing in, and ends all their sessions. The last admin stays.',
  );
  addStateCommand(users, 'enable', 'Lets the user sign in again.');
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
      const { user, changed } = await onUsers((commands) =>
        commands.setRole(name, role, verb === 'grant'),
      );
      const has = verb === 'grant' ? 'has' : 'does not have';
      const text = `${user.username} ${changed ? 'now ' : ''}${has} the role ${role}${changed ? '' : ' already'}.`;
      await report(json, { ...user, changed }, text);
    });
}

function addStateCommand(users: Command, verb: 'disable' | 'enable', description: string): void {
  users
    .command(verb)
    .description(description)
    .argument('<username>')
    .addOption(jsonOption())
    .addHelpText('after', examples(`users ${verb} alice`))
    .action(async (name: string, { json }: Json) => {
      const { user, changed } = await onUsers((commands) =>
        commands.setDisabled(name, verb === 'disable'),
      );
      const text = `${user.username} is ${changed ? 'now ' : ''}${verb}d${changed ? '' : ' already'}.`;
      await report(json, { ...user, changed }, text);
    });
}

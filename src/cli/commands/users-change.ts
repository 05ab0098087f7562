// rolegate users grant | revoke | disable | enable

import { Argument, type Command } from 'commander';
import { roles, type Role } from '../../domain/roles.ts';
import { examples, jsonOption, type Json } from '../help.ts';
import { report } from '../output.ts';
import { onUsers } from './users-database.ts';

export function addRoleCommands(users: Command): void {
  addRoleCommand(
    users,
    'grant',
    'Grants a role. It takes effect with the next request of the user.',
  );
  addRoleCommand(
    users,
    'revoke',
    'Revokes a role. It takes effect with the next request of the user. ' +
      'Refused for the last admin.',
  );
}

export function addStateCommands(users: Command): void {
  addStateCommand(
    users,
    'disable',
    'Disables a user: ends all sessions, and refuses sign-in. Refused for the last admin.',
  );
  addStateCommand(users, 'enable', 'Enables a disabled user, who can then sign in again.');
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
      const sentence = changed ? `now ${has} the role ${role}` : `${has} the role ${role} already`;
      const text = `${user.username} ${sentence}.`;
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
      const state = changed ? `now ${verb}d` : `${verb}d already`;
      const text = `${user.username} is ${state}.`;
      await report(json, { ...user, changed }, text);
    });
}

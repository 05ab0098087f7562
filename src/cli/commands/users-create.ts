// rolegate users create, rolegate users reset-password: the two that take a password.

import { InvalidArgumentError, Option, type Command } from 'commander';
import { isRole, roles, type Role } from '../../domain/roles.ts';
import { examples, jsonOption, type Json } from '../help.ts';
import type { Limited } from '../limits.ts';
import { listRoles, report } from '../output.ts';
import type { NewPassword, PasswordOptions } from '../password-input.ts';
import { onUsers } from './users-database.ts';

interface CreateOptions extends PasswordOptions, Json {
  readonly role: readonly Role[];
}

export function addCreate(users: Command): void {
  const role = new Option(
    '--role <role>',
    `${roles.join(', ')}; may be given several times. Everyone has user`,
  )
    .argParser(addRole)
    .default([], 'user');
  const create = users
    .command('create')
    .description(
      'Creates a user. The password is asked for, unless an option says where it comes from.',
    )
    .argument('<username>')
    .argument('<email>')
    .addOption(role)
    .action(async (username: string, email: string, { role, json, ...options }: CreateOptions) => {
      const { password, generated } = await newPassword(options, { username, email });
      const user = await onUsers((commands) =>
        commands.create({ username, email, password, roles: role }),
      );
      const text = `${user.username} was created, with the roles ${listRoles(user)}.`;
      await report(
        json,
        { ...user, ...(generated && { password }) },
        withPassword(text, password, generated),
      );
    });
  addPasswordOptions(create).addHelpText(
    'after',
    examples(
      'users create alice alice@example.com --role admin',
      'users create bob bob@example.com --password-stdin < password.txt',
    ),
  );
}

export function addResetPassword(users: Command): void {
  const reset = users
    .command('reset-password')
    .description('Gives the user a new password, and ends all their sessions.')
    .argument('<username>')
    .action(async (name: string, { json, ...options }: PasswordOptions & Json) => {
      const { password, generated } = await newPassword(options, {});
      const { user } = await onUsers((commands) => commands.setPassword(name, password));
      const text = `${user.username} has a new password, and no session any more.`;
      await report(
        json,
        { username: user.username, ...(generated && { password }) },
        withPassword(text, password, generated),
      );
    });
  addPasswordOptions(reset).addHelpText(
    'after',
    examples('users reset-password alice', 'users reset-password alice --generate-password --json'),
  );
}

function addPasswordOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--password-stdin', 'read the password from stdin').conflicts('generatePassword'),
    )
    .option('--generate-password', 'make a password, and print it')
    .addOption(jsonOption());
}

/** Not `<role...>`, which would take the username after it for another role. */
function addRole(name: string, before: readonly Role[]): Role[] {
  if (!isRole(name)) throw new InvalidArgumentError(`Allowed choices are ${roles.join(', ')}.`);
  return [...before, name];
}

async function newPassword(options: PasswordOptions, values: Limited): Promise<NewPassword> {
  const [{ refuseBeyondLimits }, { readPassword }] = await Promise.all([
    import('../limits.ts'),
    import('../password-input.ts'),
  ]);
  refuseBeyondLimits(values); // before anybody types a password for nothing
  const given = await readPassword(options, { input: process.stdin, output: process.stderr });
  refuseBeyondLimits({ password: given.password });
  return given;
}

function withPassword(text: string, password: string, generated: boolean): string {
  return generated ? `${text}\nThe password, which is told only now: ${password}` : text;
}

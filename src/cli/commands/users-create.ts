// rolegate users create | reset-password: the two commands that need a password.

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
    `${roles.join(', ')}; may be repeated. Every user has the role user`,
  )
    .argParser(addRole)
    .default([], 'user');
  const create = users
    .command('create')
    .description('Creates a user. Asks for the password, unless an option names another source.')
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
    .description('Sets a new password, and ends all sessions of the user.')
    .argument('<username>')
    .action(async (name: string, { json, ...options }: PasswordOptions & Json) => {
      const { password, generated } = await newPassword(options, {});
      const { user } = await onUsers((commands) => commands.setPassword(name, password));
      const text = `${user.username} has a new password. All sessions have ended.`;
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
    .option('--generate-password', 'generate a password, and print it')
    .addOption(jsonOption());
}

/** Collects repeated options. `<role...>` would read the username after it as another role. */
function addRole(name: string, before: readonly Role[]): Role[] {
  if (!isRole(name)) throw new InvalidArgumentError(`Allowed choices are ${roles.join(', ')}.`);
  return [...before, name];
}

async function newPassword(options: PasswordOptions, values: Limited): Promise<NewPassword> {
  const [{ refuseBeyondLimits }, { readPassword }] = await Promise.all([
    import('../limits.ts'),
    import('../password-input.ts'),
  ]);
  refuseBeyondLimits(values); // before the user types a password
  const given = await readPassword(options, { input: process.stdin, output: process.stderr });
  refuseBeyondLimits({ password: given.password });
  return given;
}

function withPassword(text: string, password: string, generated: boolean): string {
  return generated ? `${text}\nThe password, which is shown only once: ${password}` : text;
}

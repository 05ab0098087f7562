import { expect } from 'chai';
import { password, startUsersCommand, type UsersCommand } from './users-command.ts';

describe('rolegate users create', () => {
  let command: UsersCommand;
  let alice: Awaited<ReturnType<UsersCommand['users']>>;
  before(async function () {
    this.timeout(60_000);
    command = await startUsersCommand();
    alice = await command.users(
      ['create', 'Alice', 'alice@example.com', '--role', 'admin', '--password-stdin'],
      `${password}\n`,
    );
  });
  after(() => command.stop());

  it('creates a user with the password from stdin, and does not print that password', async () => {
    expect(alice).to.deep.equal({
      code: 0,
      stdout: 'Alice was created, with the roles user, admin.\n',
      stderr: '',
    });
    const { body } = await command.service.signIn({ username: 'alice', password });
    expect(body.roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
  });

  it('prints the new user as JSON, with a generated password that signs in', async () => {
    const roles = ['--role', 'moderator', '--role', 'user'];
    const args = ['create', 'bob', 'bob@example.com', ...roles, '--generate-password'];
    const made = await command.json(args);
    expect(made).to.include({
      username: 'bob',
      email: 'bob@example.com',
      disabled: false,
      emailVerified: false,
    });
    expect(made.roles).to.deep.equal(['ROLE_USER', 'ROLE_MODERATOR']);
    const { status } = await command.service.signIn({ username: 'bob', password: made.password });
    expect(status).to.equal(200);
  });

  it('prints a generated password as text, and says that it is shown only once', async () => {
    const args = ['create', 'carol', 'carol@example.com', '--generate-password'];
    expect((await command.users(args)).stdout).to.match(
      /^carol was created, with the roles user\.\nThe password, which is shown only once: [\w-]{24}\n$/,
    );
  });

  it('explains the other sources of a password when there is no terminal', async () => {
    expect(await command.users(['create', 'dora', 'dora@example.com'])).to.deep.equal({
      code: 2,
      stdout: '',
      stderr:
        'There is no terminal to ask for the password. ' +
        'Write it to stdin with --password-stdin, or add --generate-password.\n',
    });
  });

  const refused: [string, string[], string | undefined, number, RegExp][] = [
    [
      'a username of two letters',
      ['ab', 'x@example.com'],
      password,
      2,
      /^The username breaks the contract's limits: 3 to 32 ASCII/,
    ],
    [
      'a username with a space',
      ['a b c', 'x@example.com'],
      password,
      2,
      /^The username breaks the contract's limits/,
    ],
    [
      'an e-mail address without an @',
      ['dora', 'example.com'],
      password,
      2,
      /^The email breaks the contract's limits: An e-mail address/,
    ],
    [
      'a short password',
      ['dora', 'x@example.com'],
      'hunter2',
      2,
      /^The password breaks the contract's limits: 8 characters/,
    ],
    [
      'a long password',
      ['dora', 'x@example.com'],
      'ü'.repeat(40),
      1,
      /^password must NOT have more than 72 bytes/,
    ],
    [
      'a common password',
      ['dora', 'x@example.com'],
      'password1',
      1,
      /^This is a commonly used password\.\n$/,
    ],
    [
      'a password of two lines',
      ['dora', 'x@example.com'],
      `${password}\n${password}`,
      2,
      /^There is more than one line on stdin/,
    ],
    ['an empty stdin', ['dora', 'x@example.com'], '', 2, /^There is no password on stdin/],
    [
      'a username in use',
      ['ALICE', 'x@example.com'],
      password,
      1,
      /^Failed! Username is already in use!\n$/,
    ],
    [
      'an e-mail address in use',
      ['dora', 'ALICE@example.com'],
      password,
      1,
      /^Failed! Email is already in use!\n$/,
    ],
    [
      'an unknown role',
      ['dora', 'x@example.com', '--role', 'root'],
      password,
      2,
      /Allowed choices are user, moderator, admin/,
    ],
    [
      'two sources of the password',
      ['dora', 'x@example.com', '--generate-password'],
      password,
      2,
      /cannot be used with/,
    ],
    [
      'a password as an argument',
      ['dora', 'x@example.com', `--password=${password}`],
      password,
      2,
      /unknown option '--password'\n/,
    ],
  ];
  for (const [what, args, input, code, reason] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await command.users(['create', ...args, '--password-stdin'], input);
      expect(answer).to.include({ code, stdout: '' });
      expect(answer.stderr).to.match(reason);
      if (input) expect(answer.stderr).not.to.contain(input);
    });
  }
});

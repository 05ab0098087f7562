import { expect } from 'chai';
import { run } from '../support/postgres.ts';
import { startUsersCommand, type PrintedUser, type UsersCommand } from './users-command.ts';

describe('rolegate users list', () => {
  let command: UsersCommand;
  before(async function () {
    this.timeout(60_000);
    command = await startUsersCommand();
    for (const args of [
      ['Alice', 'alice@example.com', '--role', 'admin'],
      ['bob', 'bob@example.com', '--role', 'moderator'],
      ['carol', 'carol@example.com'],
    ])
      await command.json(['create', ...args, '--generate-password']);
  });
  after(() => command.stop());
  const list = (...args: string[]) => command.json<PrintedUser[]>(['list', ...args]);
  const names = async (...args: string[]) => (await list(...args)).map(({ username }) => username);

  it('lists all users, the oldest first', async () => {
    expect(await names()).to.deep.equal(['Alice', 'bob', 'carol']);
  });

  it('lists the users with a role', async () => {
    expect(await names('--role', 'admin')).to.deep.equal(['Alice']);
  });

  it('finds users by the start of the username or of the e-mail address', async () => {
    expect(await names('--search', 'ALI')).to.deep.equal(['Alice']);
    expect(await names('--search', 'carol@')).to.deep.equal(['carol']);
    expect(await names('--search', '%')).to.deep.equal([]);
  });

  it('lists only disabled users with --disabled', async () => {
    expect(await names('--disabled')).to.deep.equal([]);
    await command.users(['disable', 'carol']);
    expect(await list('--disabled')).to.have.lengthOf(1);
    await command.users(['enable', 'carol']);
  });

  it('prints a table, and says on stderr that --limit may have cut it', async () => {
    const { stdout, stderr } = await command.users(['list', '--limit', '2']);
    expect(stdout).to.match(
      /^ID +USERNAME +E-MAIL +ROLES +SINCE +STATE\n1 +Alice +alice@example\.com +user, admin +20\d\d-\d\d-\d\d +e-mail not verified\n2 +bob .*\n$/,
    );
    expect(stderr).to.equal(
      'These are the first 2 users. There may be more: narrow the search, or raise --limit.\n',
    );
  });

  it('prints a sentence instead of a table when no user matches', async () => {
    const { stdout } = await command.users(['list', '--role', 'admin', '--disabled']);
    expect(stdout).to.equal('No user matches.\n');
  });

  it('refuses a limit of 0 with exit code 2', async () => {
    expect(await command.users(['list', '--limit', '0'])).to.include({ code: 2 });
  });

  it('reads as many pages as the limit needs', async () => {
    await run(
      command.databaseUrl,
      `insert into users (username, email, password_hash)
       select 'page-' || n, 'page-' || n || '@example.com', '' from generate_series(1, 250) n`,
    );
    expect(await list('--search', 'page-', '--limit', '240')).to.have.lengthOf(240);
    expect(await list('--search', 'page-', '--limit', '1000')).to.have.lengthOf(250);
    await run(command.databaseUrl, `delete from users where username like 'page-%'`);
  });
});

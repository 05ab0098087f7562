import { expect } from 'chai';
import { run } from '../support/postgres.ts';
import { newCredentials } from '../support/service.ts';
import { password, startUsersCommand, type UsersCommand } from './users-command.ts';

const alice = { username: 'alice', password };

describe('changing users on the command line', () => {
  let command: UsersCommand;
  before(async function () {
    this.timeout(60_000);
    command = await startUsersCommand();
    await command.json(
      ['create', 'Alice', 'alice@example.com', '--role', 'admin', '--password-stdin'],
      `${password}\n`,
    );
  });
  after(() => command.stop());
  const outputOf = async (...args: string[]) => (await command.users(args)).stdout;
  const tokenOf = async (credentials: { username: string; password: string }) =>
    (await command.service.signIn(credentials)).body.accessToken as string;
  /** The status of a read with the token. */
  const read = async (token: string, path = '/api/test/user') =>
    (await command.service.asUser(token).get(path)).status;
  const signIn = async (credentials: { username: string; password: string }) =>
    (await command.service.signIn(credentials)).status;

  describe('rolegate users grant, rolegate users revoke', () => {
    beforeEach(() =>
      run(
        command.databaseUrl,
        `delete from user_roles using roles where roles.id = role_id and name = 'moderator'`,
      ),
    );
    const readAsModerator = (token: string) => read(token, '/api/test/mod');

    it('grants a role that takes effect with the next request', async () => {
      const token = await tokenOf(alice);
      expect(await readAsModerator(token)).to.equal(403);
      expect((await command.json(['grant', 'ALICE', 'moderator'])).roles).to.deep.equal([
        'ROLE_USER',
        'ROLE_MODERATOR',
        'ROLE_ADMIN',
      ]);
      expect(await readAsModerator(token)).to.equal(200);
    });

    it('reports that the user has the granted role already', async () => {
      await outputOf('grant', 'alice', 'moderator');
      expect(await outputOf('grant', 'alice', 'moderator')).to.equal(
        'Alice has the role moderator already.\n',
      );
    });

    it('revokes a role with effect from the next request on', async () => {
      await outputOf('grant', 'alice', 'moderator');
      const token = await tokenOf(alice);
      expect(await outputOf('revoke', 'alice', 'moderator')).to.equal(
        'Alice now does not have the role moderator.\n',
      );
      expect(await readAsModerator(token)).to.equal(403);
    });

    it('reports in JSON that revoking a missing role changed nothing', async () => {
      expect(await command.json(['revoke', 'alice', 'moderator'])).to.include({
        username: 'Alice',
        changed: false,
      });
    });

    it('refuses to revoke the role admin of the last admin', async () => {
      expect(await command.users(['revoke', 'alice', 'admin'])).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: 'The last admin cannot be removed. Make somebody else an admin first.\n',
      });
    });
  });

  describe('rolegate users disable, rolegate users enable', () => {
    let carol: ReturnType<typeof newCredentials>;
    let token: string;
    beforeEach(async () => {
      carol = newCredentials();
      await command.service.asGuest.post('/api/auth/signup', carol);
      token = await tokenOf(carol);
    });

    it('disables a user, ends the sessions, and refuses the sign-in', async () => {
      const { username } = carol;
      expect(await read(token)).to.equal(200);
      expect(await outputOf('disable', username)).to.equal(`${username} is now disabled.\n`);
      expect(await read(token)).to.equal(401);
      expect(await signIn(carol)).to.equal(401);
    });

    it('reports that the user is disabled already', async () => {
      const { username } = carol;
      await outputOf('disable', username);
      expect(await outputOf('disable', username)).to.equal(`${username} is disabled already.\n`);
    });

    it('enables a user, who can sign in again, and leaves the old sessions ended', async () => {
      const { username } = carol;
      await outputOf('disable', username);
      const enabled = await command.json(['enable', username]);
      expect(enabled).to.include({ username, disabled: false, changed: true });
      expect(await read(token), 'the old session').to.equal(401);
      expect(await signIn(carol)).to.equal(200);
    });

    it('refuses to disable the last admin', async () => {
      expect((await command.users(['disable', 'alice'])).stderr).to.contain('The last admin');
    });
  });

  describe('rolegate users reset-password', () => {
    it('generates a password that signs in', async () => {
      const bob = newCredentials();
      await command.service.asGuest.post('/api/auth/signup', bob);
      const made = await command.json(['reset-password', bob.username, '--generate-password']);
      expect(await signIn({ username: bob.username, password: made.password })).to.equal(200);
    });

    it('refuses a password that contains the username', async () => {
      const args = ['reset-password', 'alice', '--password-stdin'];
      expect(await command.users(args, 'alice in wonderland')).to.include({ code: 1 });
    });

    it('replaces the password by the one from stdin, and ends all sessions', async () => {
      const token = await tokenOf(alice);
      const args = ['reset-password', 'alice', '--password-stdin'];
      expect(await command.users(args, 'another horse battery\r\n')).to.deep.equal({
        code: 0,
        stdout: 'Alice has a new password. All sessions have ended.\n',
        stderr: '',
      });
      expect(await read(token)).to.equal(401);
      expect(await signIn(alice), 'the old password').to.equal(401);
      expect(await signIn({ ...alice, password: 'another horse battery' })).to.equal(200);
    });
  });

  for (const args of [
    ['grant', 'nobody', 'admin'],
    ['disable', 'nobody'],
    ['reset-password', 'nobody', '--generate-password'],
  ]) {
    it(`ends rolegate users ${args[0]} with exit code 1 when the user is unknown`, async () => {
      expect(await command.users(args)).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: 'There is no user nobody. Sign up first, or: rolegate users create\n',
      });
    });
  }

  describe('after these changes', () => {
    it('the audit log has an event of every kind, without an actor and a request id', async () => {
      const { rows } = await run(
        command.databaseUrl,
        `select distinct type from audit_events
         where actor_id is null and request_id is null order by 1`,
      );
      const types = [
        'password_changed',
        'roles_changed',
        'user_created',
        'user_disabled',
        'user_enabled',
      ];
      expect(rows.map(({ type }) => type as string)).to.include.members(types);
    });

    it('the log of the node contains no password', () => {
      expect(command.node.output()).not.to.contain(password);
    });
  });
});

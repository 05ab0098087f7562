import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../support/postgres.ts';
import { rolegate, startNode } from '../../../tools/service/process.ts';
import { clientsAt, newCredentials, type ServiceClients } from '../../support/service.ts';

type Node = ReturnType<typeof startNode>;

describe('the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());
  const environment = () => ({ DATA_DIR: folder.path, PORT: '0' });
  const serverIsGone = () => !existsSync(join(folder.path, 'postgres', 'postmaster.pid'));
  const users = (...args: string[]) => rolegate(['users', ...args], environment());
  const credentials = newCredentials();

  describe('with a node that starts in an empty folder and gets Ctrl-C', () => {
    let node: Node;
    let statuses: number[];
    before(async () => {
      node = startNode(environment());
      const { asGuest } = clientsAt(await node.url());
      const ready = await asGuest.get('/health/ready');
      const signedUp = await asGuest.post('/api/auth/signup', credentials);
      statuses = [ready.status, signedUp.status];
      // Two signals, because a terminal and npm both send one.
      node.kill('SIGINT');
      node.kill('SIGINT');
      await node.ended;
    });

    it('makes the node ready, which accepts a sign-up', () => {
      const [ready, signedUp] = statuses;
      expect(ready).to.equal(200);
      expect(signedUp).to.equal(201);
    });

    it('prints how to make the first admin', () => {
      expect(node.output()).to.contain('npx rolegate users grant');
    });

    it('ends with 0 and leaves no database process behind', async () => {
      expect(await node.ended).to.equal(0);
      expect(serverIsGone()).to.equal(true);
    });

    it('lets only the owner read its secret', async () => {
      const { mode } = await stat(join(folder.path, 'jwt-secret'));
      expect((mode & 0o077).toString(8)).to.equal('0');
    });
  });

  describe('without a node', () => {
    it('runs only for the time of a command', async () => {
      const { username } = credentials;
      expect(await users('grant', username.toUpperCase(), 'admin')).to.deep.equal({
        code: 0,
        stdout: `${username} now has the role admin.\n`,
        stderr: '',
      });
      expect(serverIsGone()).to.equal(true);
    });
  });

  describe('with a node and an admin', () => {
    let node: Node;
    let clients: ServiceClients;
    before(async () => {
      // A second admin, because the last one cannot lose the role.
      const second = ['second', 'second@example.com', '--role', 'admin', '--generate-password'];
      await users('create', ...second);
      node = startNode(environment());
      clients = clientsAt(await node.url());
    });
    after(async () => {
      node.kill('SIGTERM');
      expect(await node.ended).to.equal(0);
    });

    it('signs the user in with the role that was granted on the command line', async () => {
      const { body } = await clients.signIn(credentials);
      expect(body.roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
      expect((await clients.asUser(body.accessToken).get('/api/test/admin')).status).to.equal(200);
    });

    it('stays ready after a command has revoked a role, which counts at once', async () => {
      const { accessToken } = (await clients.signIn(credentials)).body;
      const revoked = await users('revoke', credentials.username, 'admin');
      expect(revoked.stdout).to.contain('now does not have the role admin');
      expect((await clients.asUser(accessToken).get('/api/test/admin')).status).to.equal(403);
      expect((await clients.asGuest.get('/health/ready')).status).to.equal(200);
    });

    it('does not print how to make the first admin', () => {
      expect(node.output()).not.to.contain('npx rolegate users grant');
    });
  });

  describe('with two nodes in the same folder', () => {
    let first: Node;
    let second: Node;
    let firstUrl: string;
    let clients: ServiceClients;
    let token: string;
    beforeEach(async () => {
      first = startNode(environment());
      firstUrl = await first.url();
      second = startNode(environment());
      clients = clientsAt(await second.url());
      token = (await clientsAt(firstUrl).signIn(credentials)).body.accessToken as string;
    });
    afterEach(async () => {
      for (const node of [first, second]) node.kill('SIGTERM');
      await Promise.all([first.ended, second.ended]);
    });

    it('is shared by them, and so is the key', async () => {
      expect((await clients.asUser(token).get('/api/test/user')).status).to.equal(200);
    });

    it('runs until the last node stops', async () => {
      first.kill('SIGTERM');
      expect(await first.ended).to.equal(0);
      expect((await clients.asUser(token).get('/api/test/user')).status).to.equal(200);
      second.kill('SIGTERM');
      expect(await second.ended).to.equal(0);
      expect(serverIsGone()).to.equal(true);
    });

    it('starts no third node on a port that is in use', async () => {
      const { port } = new URL(firstUrl);
      const refused = await rolegate(['serve'], { ...environment(), PORT: port });
      expect(refused).to.deep.include({ code: 1 });
      expect(refused.stderr).to.contain(`Port ${port} is in use`);
    });
  });

  describe('after a node was killed', () => {
    it('is taken over by the next node', async () => {
      const killed = startNode(environment());
      await killed.url();
      killed.kill('SIGKILL');
      await killed.ended;
      const next = startNode(environment());
      const { asGuest } = clientsAt(await next.url());
      expect((await asGuest.get('/health/ready')).status).to.equal(200);
      next.kill('SIGTERM');
      expect(await next.ended).to.equal(0);
      expect(serverIsGone()).to.equal(true);
    });
  });
});

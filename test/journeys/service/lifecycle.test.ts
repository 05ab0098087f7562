import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase, temporaryFolder } from '../../support/postgres.ts';
import { rolegate, startNode } from '../../../tools/service/process.ts';
import { bearer, callAt, newCredentials } from '../../support/service.ts';

const signing = { JWT_SECRET: 'long enough a secret for the tests of processes' };

describe('a node with the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());
  const environment = () => ({ DATA_DIR: folder.path, PORT: '0' });
  const serverIsGone = () => !existsSync(join(folder.path, 'postgres', 'postmaster.pid'));
  const credentials = newCredentials();

  it('starts from nothing, says how to make the first admin, and on Ctrl-C ends with 0 and leaves no process behind', async () => {
    const node = startNode(environment());
    const call = callAt(await node.url());
    expect((await call({ path: '/health/ready' })).status).to.equal(200);
    expect(
      (await call({ method: 'POST', path: '/api/auth/signup', body: credentials })).status,
    ).to.equal(201);
    // Twice, as a terminal and npm do together.
    node.kill('SIGINT');
    node.kill('SIGINT');
    expect(await node.ended).to.equal(0);
    expect(node.output()).to.contain('npx rolegate users grant');
    expect(serverIsGone()).to.equal(true);
    expect(((await stat(join(folder.path, 'jwt-secret'))).mode & 0o077).toString(8)).to.equal('0');
  });

  it('gives and takes roles from the command line, with the server and without', async () => {
    const users = (...args: string[]) => rolegate(['users', ...args], environment());
    const { username, password } = credentials;
    expect(await users('grant', username.toUpperCase(), 'admin')).to.deep.equal({
      code: 0,
      stdout: `${username} now has the role admin.\n`,
      stderr: '',
    });
    expect(serverIsGone()).to.equal(true);

    await users('create', 'second', 'second@example.com', '--role', 'admin', '--generate-password');
    const node = startNode(environment());
    const call = callAt(await node.url());
    const { body } = await call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
    expect(body.roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
    const read = () => call({ path: '/api/test/admin', headers: bearer(body.accessToken) });
    expect((await read()).status).to.equal(200);
    expect((await users('revoke', username, 'admin')).stdout).to.contain(
      'now does not have the role admin',
    );
    expect((await read()).status).to.equal(403);

    expect((await call({ path: '/health/ready' })).status).to.equal(200);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
    expect(node.output()).not.to.contain('npx rolegate users grant');
  });

  it('shares its database and its key with a second node, and says so when the port is taken', async () => {
    const first = startNode(environment());
    const url = await first.url();
    const { port } = new URL(url);
    const refused = await rolegate(['serve'], { ...environment(), PORT: port });
    expect(refused).to.deep.include({ code: 1 });
    expect(refused.stderr).to.contain(`Port ${port} is in use`);

    const second = startNode(environment());
    const { username, password } = credentials;
    const { body } = await callAt(url)({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
    const callSecond = callAt(await second.url());
    expect(
      (await callSecond({ path: '/api/test/user', headers: bearer(body.accessToken) })).status,
    ).to.equal(200);

    // The one that started the database leaves; the other goes on.
    first.kill('SIGTERM');
    expect(await first.ended).to.equal(0);
    expect(
      (await callSecond({ path: '/api/test/user', headers: bearer(body.accessToken) })).status,
    ).to.equal(200);
    second.kill('SIGTERM');
    expect(await second.ended).to.equal(0);
    expect(serverIsGone()).to.equal(true);
  });

  it('takes over the database of a node that was killed', async () => {
    const killed = startNode(environment());
    await killed.url();
    killed.kill('SIGKILL');
    await killed.ended;
    const next = startNode(environment());
    expect((await callAt(await next.url())({ path: '/health/ready' })).status).to.equal(200);
    next.kill('SIGTERM');
    expect(await next.ended).to.equal(0);
    expect(serverIsGone()).to.equal(true);
  });
});

describe('a node with a database of its own', () => {
  it('finishes what runs when it is told to stop, and is not ready meanwhile', async () => {
    const node = startNode({
      DATABASE_URL: await createDatabase(),
      PORT: '0',
      BCRYPT_COST: '13',
      ...signing,
    });
    const url = await node.url();
    const call = callAt(url);
    // A connection that never says a word is not waited for.
    const silent = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    // A connection in the middle of a request is one that the server waits for.
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
    const running = call({ method: 'POST', path: '/api/auth/signup', body: newCredentials() });
    await new Promise((resolve) => setTimeout(resolve, 200));
    node.kill('SIGTERM');
    while (!node.output().includes('shutting down'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    socket.write('\r\n');
    expect((await running).status).to.equal(201);
    const finished = performance.now();
    expect(await node.ended).to.equal(0);
    expect(performance.now() - finished, 'no idle connection is waited for').to.be.below(3_000);
    expect(answer)
      .to.match(/^HTTP\/1\.1 503 /)
      .and.contain('This node is shutting down.')
      .and.match(/^Connection: close/im);
  });

  it('all four come up when they start at once on an empty database', async () => {
    const DATABASE_URL = await createDatabase({ empty: true });
    const nodes = Array.from({ length: 4 }, () =>
      startNode({ DATABASE_URL, PORT: '0', ...signing }),
    );
    const urls = await Promise.all(nodes.map((node) => node.url()));
    for (const url of urls)
      expect((await callAt(url)({ path: '/health/ready' })).status).to.equal(200);
    for (const node of nodes) node.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0, 0, 0]);
    expect(nodes.filter((node) => node.output().includes('"migrated"'))).to.have.lengthOf(1);
  });

  it('tells every mistake in its configuration, and ends with 1', async () => {
    const { code, stderr } = await rolegate(['serve'], {
      DATABASE_URL: 'postgres://me:hunter2@localhost/x',
      PORT: 'http',
      LOG_LEVEL: 'loud',
    });
    expect(code).to.equal(1);
    for (const name of ['JWT_SECRET', 'PORT', 'LOG_LEVEL'])
      expect(stderr).to.contain(`- ${name} must`);
    expect(stderr).not.to.contain('hunter2');
  });

  it('says that it cannot listen, and that a kept secret is too short', async () => {
    const environment = { DATABASE_URL: await createDatabase(), PORT: '0', ...signing };
    const elsewhere = await rolegate(['serve'], { ...environment, HOST: '203.0.113.7' });
    expect(elsewhere.code).to.equal(1);
    expect(elsewhere.stderr).to.match(
      /^The service cannot listen on 203\.0\.113\.7: .*Set HOST to an address of this machine\.\n$/,
    );
    const folder = await temporaryFolder();
    await writeFile(join(folder.path, 'jwt-secret'), 'short\n');
    const { code, stderr } = await rolegate(['serve'], { DATA_DIR: folder.path, PORT: '0' });
    expect(code).to.equal(1);
    expect(stderr).to.contain('jwt-secret holds less than 32 bytes').and.not.contain('    at ');
    await folder.remove();
  });

  it('says that the database cannot be reached, without its password', async () => {
    const { code, stderr } = await rolegate(['serve'], {
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x',
      ...signing,
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain('The database cannot be reached').and.not.contain('hunter2');
  });
});

describe('the commands', () => {
  it('are all in package.json', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: object };
    const named = [
      'start',
      'dev',
      'build',
      'test',
      'check',
      'migrate',
      'migrate:up',
      'migrate:down',
      'migrate:status',
      'generate',
    ];
    expect(scripts).to.include.keys(...named, 'grant-role', 'revoke-role', 'seed', 'keys:new');
  });
});

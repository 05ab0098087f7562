import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase, run, temporaryFolder } from '../../support/postgres.ts';
import { startProxy } from '../../support/proxy.ts';
import { rolegate, startNode } from '../../../tools/service/process.ts';
import { clientsAt, newCredentials } from '../../support/service.ts';
import { slowness } from '../../support/slowness.ts';

const signing = { JWT_SECRET: 'long enough a secret for the tests of processes' };
type Node = ReturnType<typeof startNode>;

describe('a node that gets SIGTERM while requests run', () => {
  let node: Node;
  let signUpStatus: number;
  /** Milliseconds from the last answer to the end of the process. */
  let endTook: number;
  /** The answer to a request that was complete only after the signal. */
  let late = '';
  before(async () => {
    node = startNode({
      DATABASE_URL: await createDatabase(),
      PORT: '0',
      BCRYPT_COST: '13',
      ...signing,
    });
    const url = await node.url();
    const port = Number(new URL(url).port);
    // A connection without a request. The node must not wait for it.
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    // A connection with half a request. The node must wait for it.
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk: Buffer) => (late += chunk.toString()));
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
    const running = clientsAt(url).asGuest.post('/api/auth/signup', newCredentials());
    await new Promise((resolve) => setTimeout(resolve, 200));
    node.kill('SIGTERM');
    while (!node.output().includes('shutting down'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    socket.write('\r\n');
    signUpStatus = (await running).status;
    const finished = performance.now();
    await node.ended;
    endTook = performance.now() - finished;
  });

  it('finishes the request that runs', () => {
    expect(signUpStatus).to.equal(201);
  });

  it('ends with 0, without a wait for idle connections', async () => {
    expect(await node.ended).to.equal(0);
    expect(endTook).to.be.below(3_000 * slowness());
  });

  it('is not ready any more, and closes the connection', () => {
    expect(late)
      .to.match(/^HTTP\/1\.1 503 /)
      .and.contain('This node is shutting down.')
      .and.match(/^Connection: close/im);
  });
});

describe('the start of a node', () => {
  it('migrates an empty database once when four nodes start at the same time', async () => {
    const DATABASE_URL = await createDatabase({ empty: true });
    const nodes = Array.from({ length: 4 }, () =>
      startNode({ DATABASE_URL, PORT: '0', ...signing }),
    );
    const urls = await Promise.all(nodes.map((node) => node.url()));
    for (const url of urls)
      expect((await clientsAt(url).asGuest.get('/health/ready')).status).to.equal(200);
    for (const node of nodes) node.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0, 0, 0]);
    expect(nodes.filter((node) => node.output().includes('"migrated"'))).to.have.lengthOf(1);
  });

  it('fails with every mistake in the configuration, and without its passwords', async () => {
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

  it('fails when the node cannot listen on HOST', async () => {
    const environment = { DATABASE_URL: await createDatabase(), PORT: '0', ...signing };
    const { code, stderr } = await rolegate(['serve'], { ...environment, HOST: '203.0.113.7' });
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^The service cannot listen on 203\.0\.113\.7: .*Set HOST to an address of this machine\.\n$/,
    );
  });

  it('fails when the stored secret is too short, without a stack trace', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder.path, 'jwt-secret'), 'short\n');
    const { code, stderr } = await rolegate(['serve'], { DATA_DIR: folder.path, PORT: '0' });
    expect(code).to.equal(1);
    expect(stderr).to.contain('jwt-secret holds less than 32 bytes').and.not.contain('    at ');
    await folder.remove();
  });

  it('waits for a database that cannot be reached, in one line without its password', async () => {
    const node = startNode({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x', ...signing });
    while (!node.output().includes('This node waits'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
    expect(node.output().match(/The database is not available/g)).to.have.lengthOf(1);
    expect(node.output()).not.to.contain('hunter2');
  });

  it('goes on when the database that it waits for answers', async () => {
    const proxy = await startProxy(await createDatabase());
    proxy.cut();
    const node = startNode({ DATABASE_URL: proxy.url, PORT: '0', ...signing });
    while (!node.output().includes('This node waits'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    proxy.mend();
    expect((await clientsAt(await node.url()).asGuest.get('/health/ready')).status).to.equal(200);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
    await proxy.close();
  });

  it('does not fail when only the query for the hint about an admin fails', async () => {
    const DATABASE_URL = await createDatabase();
    await run(DATABASE_URL, 'alter table user_roles rename to lost');
    const node = startNode({ DATABASE_URL, PORT: '0', ...signing });
    const { asGuest } = clientsAt(await node.url());
    for (let count = 0; count < 20; count++)
      expect((await asGuest.get('/health/ready')).status).to.equal(200);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
  });
});

describe('package.json', () => {
  it('has all npm scripts', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: object };
    const named =
      'start dev rolegate seed example build generate format lint test check check:contract ' +
      'verify:prism sdk:matrix bench bench:users';
    expect(scripts).to.include.keys(...named.split(' '));
  });
});

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase, temporaryFolder } from '../support/postgres.ts';
import {
  rolegate,
  startProcess,
  command,
  type Environment,
  type Running,
} from '../../tools/service/process.ts';
import { startProxy } from '../support/proxy.ts';
import { bearer, callAt, newCredentials, type Service } from '../support/service.ts';

const signing = { JWT_SECRET: 'long enough a secret for the tests of workers' };
/** A connection of its own for each request: connections are what the primary hands out. */
const alone = { connection: 'close' };

type Line = Readonly<Record<string, unknown>> & { readonly msg: string; readonly pid: number };

const start = (workers: number, environment: Environment): Running =>
  startProcess(command, ['serve', '--workers', String(workers)], { PORT: '0', ...environment });

/** What was logged until now. */
function linesOf(node: Running): Line[] {
  const whole = node.stdout().split('\n').slice(0, -1);
  return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
}

/** Looks again until it is true: what other processes do shows in their log only. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const pidsOf = (node: Running, message: string) =>
  linesOf(node).flatMap(({ msg, pid }) => (msg === message ? [pid] : []));
const workersOf = (node: Running) => pidsOf(node, 'a worker serves');

/** Starts so many, and waits until all of them serve. */
async function started(
  workers: number,
  environment: Environment,
): Promise<{ node: Running; url: string; call: Service['call'] }> {
  const node = start(workers, environment);
  const url = await node.url();
  await until(() => workersOf(node).length === workers);
  const call = callAt(url);
  return { node, url, call: (sent) => call({ ...sent, headers: { ...alone, ...sent.headers } }) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('rolegate serve --workers', () => {
  let database: Environment;
  let node: Running;
  let url: string;
  let call: Service['call'];
  before(async () => {
    database = { DATABASE_URL: await createDatabase(), ...signing };
    ({ node, url, call } = await started(2, database));
  });
  after(() => {
    node.kill('SIGTERM');
    return node.ended;
  });

  it('serves one port with each of them, and says so once', async () => {
    for (let count = 0; count < 10; count++)
      expect((await call({ path: '/health/ready' })).status).to.equal(200);
    await until(() => pidsOf(node, 'request').length === 10);
    const served = new Set(pidsOf(node, 'request'));
    expect([...served])
      .to.have.members(workersOf(node))
      .and.not.include(node.pid);
    const told = linesOf(node).filter(({ msg }) => msg.includes('listens on'));
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.include({ pid: node.pid, port: Number(new URL(url).port), workers: 2 });
  });

  it('signs in with one whom another signed up, and each takes the tokens of the other', async () => {
    const { email, ...credentials } = newCredentials();
    const signUp = await call({
      method: 'POST',
      path: '/api/auth/signup',
      body: { ...credentials, email },
    });
    const ids = [signUp.headers['x-request-id']];
    for (let count = 0; count < 3; count++) {
      const { status, headers, body } = await call({
        method: 'POST',
        path: '/api/auth/signin',
        body: credentials,
      });
      expect(status).to.equal(200);
      ids.push(headers['x-request-id']);
      for (let reads = 0; reads < 2; reads++) {
        const read = await call({ path: '/api/test/user', headers: bearer(body.accessToken) });
        expect(read.status).to.equal(200);
        ids.push(read.headers['x-request-id']);
      }
    }
    const pidOf = (id: unknown) => linesOf(node).find(({ requestId }) => requestId === id)?.pid;
    await until(() => ids.every(pidOf));
    expect(new Set(ids.map(pidOf)).size).to.equal(2);
  });

  it('does not start on a port that is in use, and says so once', async () => {
    const { port } = new URL(url);
    const { code, stderr } = await rolegate(['serve', '--workers', '3'], {
      ...database,
      PORT: port,
    });
    expect(code).to.equal(1);
    expect(
      stderr.split('\n').filter((line) => line.includes(`Port ${port} is in use`)),
    ).to.have.lengthOf(1);
  });

  it('replaces one that is killed, while the other serves', async () => {
    const [killed, other] = workersOf(node);
    process.kill(killed!, 'SIGKILL');
    await until(() =>
      linesOf(node).some(({ worker, signal }) => worker === killed && signal === 'SIGKILL'),
    );
    let answers = 0;
    while (workersOf(node).length < 3) {
      expect((await call({ path: '/health/ready' })).status).to.equal(200);
      answers++;
    }
    expect(answers).to.be.above(0);
    for (let count = 0; count < 10; count++) await call({ path: '/health/ready' });
    // Each writes its lines when it has many of them, so that they come out of order.
    await until(() =>
      [other, workersOf(node)[2]].every((pid) => pidsOf(node, 'request').includes(pid!)),
    );
  });

  it('keeps its port when all of them are killed at once', async () => {
    for (const pid of workersOf(node).filter(isAlive)) process.kill(pid, 'SIGKILL');
    await until(() => workersOf(node).length === 5);
    expect((await call({ path: '/health/ready' })).status).to.equal(200);
  });

  it('finishes what runs when it is told to stop, ends with 0, and leaves nothing behind', async () => {
    // Connections in the middle of a request, one for each: what a server waits for.
    const { hostname, port } = new URL(url);
    const sockets = [1, 2].map(() => connect(Number(port), hostname));
    const answers = sockets.map((socket) => once(socket, 'data'));
    for (const socket of sockets) socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
    await new Promise((resolve) => setTimeout(resolve, 500));
    node.kill('SIGTERM');
    node.kill('SIGTERM');
    await until(() => pidsOf(node, 'shutting down').length === 3);
    for (const socket of sockets) socket.write('\r\n');
    expect(await node.ended).to.equal(0);
    for (const [answer] of await Promise.all(answers)) {
      expect(String(answer))
        .to.match(/^HTTP\/1\.1 503 /)
        .and.contain('This node is shutting down.');
    }
    expect(pidsOf(node, 'bye')).to.have.lengthOf(3).and.include(node.pid);
    expect(workersOf(node).filter(isAlive)).to.deep.equal([]);
  });

  it('gives up with 1 when none can be kept, and says why', async () => {
    const proxy = await startProxy(database['DATABASE_URL']!);
    const { node } = await started(2, { ...database, DATABASE_URL: proxy.url });
    proxy.cut();
    for (const pid of workersOf(node)) process.kill(pid, 'SIGKILL');
    expect(await node.ended).to.equal(1);
    expect(node.stderr())
      .to.contain('The database cannot be reached')
      .and.match(/No worker serves any more: \d in a row ended/);
    await proxy.close();
  });

  it('refuses numbers that are none: as an option with 2, as a variable with 1', async () => {
    for (const text of ['0', 'abc', '65', '-1', '1.5', '']) {
      const { code, stderr } = await rolegate(['serve', `--workers=${text}`], database);
      expect(code, text).to.equal(2);
      expect(stderr, text).to.contain('It must be a whole number from 1 to 64.');
    }
    for (const text of ['0', 'abc', '65']) {
      const { code, stderr } = await rolegate(['serve'], { ...database, WORKERS: text });
      expect(code, text).to.equal(1);
      expect(stderr, text).to.contain('- WORKERS must be a whole number from 1 to 64');
    }
    const { code, stderr } = await rolegate(['serve', '--workers', '3'], {
      ...database,
      DATABASE_POOL_MAX: '2',
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain('- DATABASE_POOL_MAX must be at least 3');
  });

  it('is counted by WORKERS, and the option counts more', async () => {
    const many = startProcess(command, ['serve'], { PORT: '0', WORKERS: '2', ...database });
    await many.url();
    await until(() => workersOf(many).length === 2);
    const one = start(1, { WORKERS: '2', ...database });
    expect((await callAt(await one.url())({ path: '/health/ready' })).status).to.equal(200);
    await until(() => pidsOf(one, 'request').length === 1);
    expect(pidsOf(one, 'request')).to.deep.equal([one.pid]);
    for (const each of [many, one]) each.kill('SIGTERM');
    expect(await Promise.all([many.ended, one.ended])).to.deep.equal([0, 0]);
  });
}).timeout(60_000);

describe('rolegate serve --workers, with the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());
  const serverIsGone = () => !existsSync(join(folder.path, 'postgres', 'postmaster.pid'));

  it('makes it, migrates it once, shares it and its key, and stops it', async () => {
    const { node, call } = await started(3, { DATA_DIR: folder.path });
    expect(new Set(pidsOf(node, 'migrated'))).to.deep.equal(new Set([node.pid]));
    const { email, ...credentials } = newCredentials();
    await call({ method: 'POST', path: '/api/auth/signup', body: { ...credentials, email } });
    const { body } = await call({ method: 'POST', path: '/api/auth/signin', body: credentials });
    for (let count = 0; count < 3; count++) {
      expect(
        (await call({ path: '/api/test/user', headers: bearer(body.accessToken) })).status,
      ).to.equal(200);
    }
    node.kill('SIGINT');
    expect(await node.ended).to.equal(0);
    expect(serverIsGone()).to.equal(true);
  });

  it('ends, and stops it, when the primary is killed', async () => {
    const { node } = await started(2, { DATA_DIR: folder.path });
    const workers = workersOf(node);
    node.kill('SIGKILL');
    await until(() => !workers.some(isAlive));
    expect(await node.ended).to.equal('SIGKILL');
    expect(pidsOf(node, 'bye')).to.have.members(workers);
    expect(serverIsGone()).to.equal(true);
  });
}).timeout(60_000);

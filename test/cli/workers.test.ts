import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { rolegate, type Environment, type Running } from '../../tools/service/process.ts';
import { createDatabase, temporaryFolder } from '../support/postgres.ts';
import { newCredentials } from '../support/service.ts';
import {
  isAlive,
  linesOf,
  pidsOf,
  signing,
  startWorkers,
  until,
  workersOf,
  type Workers,
} from './worker-processes.ts';

describe('rolegate serve --workers', () => {
  let database: Environment;
  let workers: Workers;
  let node: Running;
  before(async () => {
    database = { DATABASE_URL: await createDatabase(), ...signing };
    workers = await startWorkers(2, database);
    ({ node } = workers);
  });
  after(() => {
    node.kill('SIGTERM');
    return node.ended;
  });
  const readiness = async () => (await workers.asGuest.get('/health/ready')).status;

  it('answers requests in every worker, and none in the primary', async () => {
    for (let count = 0; count < 10; count++) expect(await readiness()).to.equal(200);
    await until(() => pidsOf(node, 'request').length === 10);
    const served = new Set(pidsOf(node, 'request'));
    expect([...served])
      .to.have.members(workersOf(node))
      .and.not.include(node.pid);
  });

  it('logs once on which port how many workers listen', () => {
    const lines = linesOf(node).filter(({ msg }) => msg.includes('listens on'));
    expect(lines).to.have.lengthOf(1);
    const { port } = new URL(workers.url);
    expect(lines[0]).to.include({ pid: node.pid, port: Number(port), workers: 2 });
  });

  it('accepts in each worker the users and the tokens of the other one', async () => {
    const { email, ...credentials } = newCredentials();
    const signUp = await workers.asGuest.post('/api/auth/signup', { ...credentials, email });
    const ids = [signUp.headers['x-request-id']];
    for (let count = 0; count < 3; count++) {
      const signIn = await workers.asGuest.post('/api/auth/signin', credentials);
      const { status, headers, body } = signIn;
      expect(status).to.equal(200);
      ids.push(headers['x-request-id']);
      for (let reads = 0; reads < 2; reads++) {
        const read = await workers.asUser(body.accessToken as string).get('/api/test/user');
        expect(read.status).to.equal(200);
        ids.push(read.headers['x-request-id']);
      }
    }
    const pidOf = (id: unknown) => linesOf(node).find(({ requestId }) => requestId === id)?.pid;
    await until(() => ids.every(pidOf));
    expect(new Set(ids.map(pidOf)).size).to.equal(2);
  });

  it('does not start on a port that is in use, and reports that once', async () => {
    const { port } = new URL(workers.url);
    const { code, stderr } = await rolegate(['serve', '--workers', '3'], {
      ...database,
      PORT: port,
    });
    expect(code).to.equal(1);
    expect(
      stderr.split('\n').filter((line) => line.includes(`Port ${port} is in use`)),
    ).to.have.lengthOf(1);
  });

  it('replaces a worker that was killed, while the other one serves', async () => {
    const [killed, other] = workersOf(node);
    process.kill(killed!, 'SIGKILL');
    await until(() =>
      linesOf(node).some(({ worker, signal }) => worker === killed && signal === 'SIGKILL'),
    );
    let answers = 0;
    while (workersOf(node).length < 3) {
      expect(await readiness()).to.equal(200);
      answers++;
    }
    expect(answers).to.be.above(0);
    for (let count = 0; count < 10; count++) await readiness();
    // Each worker buffers its lines, so lines of different workers can be out of order.
    await until(() =>
      [other, workersOf(node)[2]].every((pid) => pidsOf(node, 'request').includes(pid!)),
    );
  });

  it('keeps its port when all workers are killed at the same time', async () => {
    for (const pid of workersOf(node).filter(isAlive)) process.kill(pid, 'SIGKILL');
    await until(() => workersOf(node).length === 5);
    expect(await readiness()).to.equal(200);
  });

  it('finishes running requests on SIGTERM, ends with 0, and leaves no process', async () => {
    // One connection for each worker, in the middle of a request: a server waits for those.
    const { hostname, port } = new URL(workers.url);
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

  it('ends with 1, and logs why, when every new worker dies', async () => {
    const folder = await temporaryFolder();
    const JWT_PRIVATE_KEY_FILE = join(folder.path, 'key.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(JWT_PRIVATE_KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const { node } = await startWorkers(2, { ...database, JWT_PRIVATE_KEY_FILE });
    await rm(JWT_PRIVATE_KEY_FILE);
    for (const pid of workersOf(node)) process.kill(pid, 'SIGKILL');
    expect(await node.ended).to.equal(1);
    expect(node.stderr())
      .to.contain('JWT_PRIVATE_KEY_FILE')
      .and.match(/No worker serves any more: \d in a row ended/);
    await folder.remove();
  });
}).timeout(60_000);

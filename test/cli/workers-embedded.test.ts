import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../support/postgres.ts';
import { newCredentials } from '../support/service.ts';
import {
  isAlive,
  pidsOf,
  startWorkers,
  until,
  workersOf,
  type Workers,
} from './worker-processes.ts';

describe('rolegate serve --workers with the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let workers: Workers;
  before(async function () {
    this.timeout(60_000);
    folder = await temporaryFolder();
    workers = await startWorkers(3, { DATA_DIR: folder.path });
  });
  after(() => folder.remove());
  const serverIsGone = () => !existsSync(join(folder.path, 'postgres', 'postmaster.pid'));

  it('migrates the database in the primary only', () => {
    const { node } = workers;
    expect(new Set(pidsOf(node, 'migrated'))).to.deep.equal(new Set([node.pid]));
  });

  it('accepts a token in all workers, because they share one key', async () => {
    const { asGuest, asUser } = workers;
    const { email, ...credentials } = newCredentials();
    await asGuest.post('/api/auth/signup', { ...credentials, email });
    const { accessToken } = (await asGuest.post('/api/auth/signin', credentials)).body;
    for (let count = 0; count < 3; count++) {
      const { status } = await asUser(accessToken as string).get('/api/test/user');
      expect(status).to.equal(200);
    }
  });

  it('ends with 0 on SIGINT, and stops the database', async () => {
    workers.node.kill('SIGINT');
    expect(await workers.node.ended).to.equal(0);
    expect(serverIsGone()).to.equal(true);
  });

  it('ends the workers when the primary is killed, and stops the database', async () => {
    const { node } = await startWorkers(2, { DATA_DIR: folder.path });
    const pids = workersOf(node);
    node.kill('SIGKILL');
    await until(() => !pids.some(isAlive));
    expect(await node.ended).to.equal('SIGKILL');
    expect(pidsOf(node, 'bye')).to.have.members(pids);
    expect(serverIsGone()).to.equal(true);
  });
}).timeout(60_000);

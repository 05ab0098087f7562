import { expect } from 'chai';
import { command, rolegate, startProcess, type Environment } from '../../tools/service/process.ts';
import { createDatabase } from '../support/postgres.ts';
import { clientsAt } from '../support/service.ts';
import { pidsOf, signing, startPrimary, until, workersOf } from './worker-processes.ts';

describe('the number of workers of rolegate serve', () => {
  let database: Environment;
  before(async () => {
    database = { DATABASE_URL: await createDatabase(), ...signing };
  });

  it('ends with exit code 2 when --workers is not a whole number from 1 to 64', async () => {
    for (const text of ['0', 'abc', '65', '-1', '1.5', '']) {
      const { code, stderr } = await rolegate(['serve', `--workers=${text}`], database);
      expect(code, text).to.equal(2);
      expect(stderr, text).to.contain('It must be a whole number from 1 to 64.');
    }
  });

  it('ends with exit code 1 when WORKERS is not a whole number from 1 to 64', async () => {
    for (const text of ['0', 'abc', '65']) {
      const { code, stderr } = await rolegate(['serve'], { ...database, WORKERS: text });
      expect(code, text).to.equal(1);
      expect(stderr, text).to.contain('- WORKERS must be a whole number from 1 to 64');
    }
  });

  it('ends with exit code 1 when there are fewer database connections than workers', async () => {
    const environment = { ...database, DATABASE_POOL_MAX: '2' };
    const { code, stderr } = await rolegate(['serve', '--workers', '3'], environment);
    expect(code).to.equal(1);
    expect(stderr).to.contain('- DATABASE_POOL_MAX must be at least 3');
  });

  it('comes from WORKERS without the option', async () => {
    const node = startProcess(command, ['serve'], { PORT: '0', WORKERS: '2', ...database });
    await node.url();
    await until(() => workersOf(node).length === 2);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
  });

  it('comes from --workers when WORKERS differs', async () => {
    const node = startPrimary(1, { WORKERS: '2', ...database });
    const { asGuest } = clientsAt(await node.url());
    expect((await asGuest.get('/health/ready')).status).to.equal(200);
    await until(() => pidsOf(node, 'request').length === 1);
    expect(pidsOf(node, 'request')).to.deep.equal([node.pid]);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
  });
}).timeout(60_000);

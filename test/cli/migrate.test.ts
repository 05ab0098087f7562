import { expect } from 'chai';
import { createDatabase } from '../support/postgres.ts';
import { rolegate } from '../../tools/service/process.ts';

describe('rolegate migrate', () => {
  let environment: { DATABASE_URL: string };
  before(async () => {
    environment = { DATABASE_URL: await createDatabase({ empty: true }) };
  });
  const migrate = async (...args: string[]) =>
    (await rolegate(['migrate', ...args], environment)).stdout;

  it('lists the pending migrations of an empty database', async () => {
    expect(await migrate('status')).to.match(/^pending {2}\d{14}_users_and_roles$/m);
  });

  it('applies all pending migrations with up, and then finds nothing to do', async () => {
    expect(await migrate('up')).to.match(/^applied {2}\d{14}_users_and_roles$/m);
    expect(await migrate('up')).to.equal('nothing to do\n');
  });

  it('undoes the newest migration with down', async () => {
    expect(await migrate('down')).to.match(/^undone {2}\d{14}_\w+\n$/);
  });

  it('prints the status and every change as JSON with --json', async () => {
    const { applied, pending } = JSON.parse(await migrate('status', '--json'));
    expect(applied).to.include('20261123000000_users_and_roles');
    expect(pending).to.have.lengthOf(1);
    expect(JSON.parse(await migrate('up', '--json'))).to.deep.equal({ applied: pending });
    expect(JSON.parse(await migrate('down', '--json'))).to.deep.equal({ undone: pending });
  });
});

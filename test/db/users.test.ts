import { expect } from 'chai';
import type { Knex } from 'knex';
import { uniqueViolation } from '../../src/db/errors.ts';
import { createKnex } from '../../src/db/knex.ts';
import { createRepositories, type Repositories } from '../../src/db/repositories.ts';
import { createDatabase } from '../support/postgres.ts';

describe('the users in the database', () => {
  let knex: Knex;
  let repositories: Repositories;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 2 });
    repositories = createRepositories(knex);
  });
  after(() => knex.destroy());

  it('have ids that are numbers', async () => {
    const { id } = await repositories.users.insert({ username: 'one', email: 'one@example.com', passwordHash: 'x' });
    expect(id).to.be.a('number');
    expect((await repositories.users.findByUsername('ONE'))?.id).to.equal(id);
  });

  it('tell which name is in use', async () => {
    const insert = (username: string, email: string) =>
      repositories.users.insert({ username, email, passwordHash: 'x' }).catch((error: unknown) => uniqueViolation(error));
    await insert('two', 'two@example.com');
    expect(await insert('TWO', 'other@example.com')).to.equal('users_username_key');
    expect(await insert('other', 'Two@Example.com')).to.equal('users_email_key');
    expect(await insert('Two', 'Two@Example.com')).to.equal('users_username_key');
  });

  it('get and lose roles, and tell whether that changed anything', async () => {
    const { users } = repositories;
    const { id } = await users.insert({ username: 'three', email: 'three@example.com', passwordHash: 'x' });
    expect(await users.hasEnabledAdmin()).to.equal(false);
    expect(await users.grantRole(id, 'admin')).to.equal(true);
    expect(await users.grantRole(id, 'admin')).to.equal(false);
    expect(await users.hasEnabledAdmin()).to.equal(true);
    expect((await users.findByUsername('three'))?.roles).to.deep.equal(['admin']);
    await knex('users').where({ id }).update({ disabled_at: new Date() });
    expect(await users.hasEnabledAdmin()).to.equal(false);
    expect(await users.revokeRole(id, 'admin')).to.equal(true);
    expect(await users.revokeRole(id, 'admin')).to.equal(false);
  });

  it('are written wholly or not at all', async () => {
    const failed = repositories.transaction(async ({ users }) => {
      await users.insert({ username: 'four', email: 'four@example.com', passwordHash: 'x' });
      throw new Error('after the insert');
    });
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal('after the insert');
    expect(await repositories.users.findByUsername('four')).to.equal(undefined);
  });
});

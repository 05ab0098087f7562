import { expect } from 'chai';
import type { Knex } from 'knex';
import { isOutage, isUnavailable, unavailableStates } from '../../src/db/errors.ts';
import { createKnex } from '../../src/db/knex.ts';
import { createRepositories } from '../../src/db/repositories.ts';
import { createDatabase, run } from '../support/postgres.ts';

const pidOf = async (knex: Knex) =>
  (await knex.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid')).rows[0]?.pid;
const failureOf = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the table of SQLSTATEs', () => {
  let knex: Knex;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 1 });
  });
  after(() => knex.destroy());

  for (const { state, meaning, discards, outage } of unavailableStates) {
    it(`${discards ? 'replaces' : 'keeps'} the connection after ${state}: ${meaning}`, async () => {
      const pid = await pidOf(knex);
      const code = state.padEnd(5, '0');
      const error = await failureOf(
        knex.raw(`do $$ begin raise exception 'test' using errcode = '${code}'; end $$`),
      );
      expect(error).to.include({ code });
      expect([isUnavailable(error), isOutage(error)]).to.deep.equal([true, outage]);
      expect((await pidOf(knex)) === pid).to.equal(!discards);
    });
  }

  it('does not contain the mistakes of a statement', async () => {
    for (const statement of ['selec', 'select 1/0', 'select * from lost', `select 'x'::int`])
      expect(isUnavailable(await failureOf(knex.raw(statement)))).to.equal(false);
  });

  it('contains the failures of a real statement_timeout and lock_timeout', async () => {
    for (const work of [
      `set local statement_timeout = 20; select pg_sleep(9)`,
      `set local lock_timeout = 20; lock table users`,
    ]) {
      const other = createKnex({ url: knexUrl(knex), max: 1 });
      const blocker = await other.transaction();
      await blocker.raw('lock table users');
      const error = await failureOf(knex.transaction((transaction) => transaction.raw(work)));
      await blocker.rollback();
      await other.destroy();
      expect(isUnavailable(error)).to.equal(true);
    }
  });
});

describe('a connection pool', () => {
  it('refuses a read-only database, and heals when that ends', async () => {
    const url = await createDatabase();
    const name = new URL(url).pathname.slice(1);
    const knex = createKnex({ url, max: 2 });
    const { ping } = createRepositories(knex);
    await run(url, `alter database ${name} set default_transaction_read_only = on`);
    expect(await failureOf(ping())).to.include({ code: '25006' });
    await run(url, `begin read write; alter database ${name} reset all; commit`);
    await ping();
    await knex('users').where({ id: 0 }).delete();
    await knex.destroy();
  });

  it('refuses a changed password, and heals when it is changed back', async () => {
    const url = await createDatabase();
    await run(url, `drop role if exists rotated`);
    await run(url, `create role rotated login password 'first'`);
    const theirs = new URL(url);
    [theirs.username, theirs.password] = ['rotated', 'first'];
    const knex = createKnex({ url: theirs.href, max: 1 });
    const { ping } = createRepositories(knex);
    try {
      await run(url, `alter role rotated password 'second'`);
      const error = await failureOf(ping());
      expect(error).to.include({ code: '28P01' });
      expect(isOutage(error)).to.equal(true);
      await run(url, `alter role rotated password 'first'`);
      await ping();
    } finally {
      await knex.destroy();
      await run(url, `drop role rotated`);
    }
  });

  it('waits for a connection of its own when the server has no more', async () => {
    const url = await createDatabase();
    await run(url, `drop role if exists crowded`);
    await run(url, `create role crowded login password 'x' connection limit 1`);
    const theirs = new URL(url);
    [theirs.username, theirs.password] = ['crowded', 'x'];
    const knex = createKnex({ url: theirs.href, max: 5 });
    const { ping } = createRepositories(knex);
    const other = createKnex({ url: theirs.href, max: 1 });
    try {
      await ping();
      await Promise.all(Array.from({ length: 5 }, () => knex.raw('select pg_sleep(0.02)')));
      await Promise.all([ping(), ping()]);
      const error = await failureOf(other.raw('select 1'));
      expect(error, 'a pool without a connection').to.include({ code: '53300' });
      expect(isOutage(error)).to.equal(true);
    } finally {
      await other.destroy();
      await knex.destroy();
      await run(url, `drop role crowded`);
    }
  });
});

function knexUrl(knex: Knex): string {
  const { config } = knex.client as { config: { connection: { connectionString: string } } };
  return config.connection.connectionString;
}

import { expect } from 'chai';
import type { Knex } from 'knex';
import { isUnavailable, uniqueViolation } from '../../src/db/errors.ts';
import { createKnex } from '../../src/db/knex.ts';
import { prepare } from '../../src/db/statements.ts';
import { createDatabase, run } from '../support/postgres.ts';
import { startCounter, type Counter } from '../support/round-trips.ts';

const find = prepare<{ name: string }, { id: number; again: string }>(
  'find role',
  'select id, :name::text as again from roles where name = :name',
);
const add = prepare<{ name: string }, { id: number }>(
  'add role',
  'insert into roles (name) values (:name) returning id',
);
const name = 'admin';

describe('a prepared statement', () => {
  let databaseUrl: string;
  let counter: Counter;
  let warnings: string[];
  let knex: Knex;
  const connect = (preparedStatements = true) =>
    createKnex({
      url: counter.url,
      max: 1,
      preparedStatements,
      warn: (message) => warnings.push(message),
    });
  const open = async (preparedStatements = true) => {
    databaseUrl = await createDatabase();
    counter = await startCounter(databaseUrl);
    warnings = [];
    knex = connect(preparedStatements);
  };
  /** The statements that the pool's only connection has prepared. */
  const heldNames = async () =>
    (
      await knex.raw<{ rows: { name: string }[] }>('select name from pg_prepared_statements')
    ).rows.map(({ name }) => name);
  const expectRow = async (db: Knex = knex) => {
    const [row, ...others] = await find(db, { name });
    expect(others).to.deep.equal([]);
    expect(row).to.include({ again: 'admin' });
    expect(row?.id).to.be.a('number');
  };
  afterEach(async () => {
    await knex.destroy();
    await counter.close();
  });

  it('is sent as SQL once for each connection, and then by its name', async () => {
    await open();
    await expectRow();
    const [held, ...others] = await heldNames();
    expect(held).to.match(/^find role [0-9a-f]{8}$/);
    expect(others).to.deep.equal([]);
    expect(await counter.during(() => expectRow())).to.deep.equal([held]);
  });

  it('has no name when prepared statements are off', async () => {
    await open(false);
    await expectRow();
    expect(await heldNames()).to.deep.equal([]);
  });

  it('has no name in a transaction', async () => {
    await open();
    await knex.transaction(async (transaction) => {
      await expectRow(transaction);
      await add(transaction, { name: 'guest' });
    });
    expect(await heldNames()).to.deep.equal([]);
    expect(await find(knex, { name: 'guest' })).to.have.lengthOf(1);
  });

  it('is rolled back with its transaction, and refused after its end', async () => {
    await open();
    let ended: Knex = knex;
    const failed = knex.transaction(async (transaction) => {
      ended = transaction;
      await add(transaction, { name: 'guest' });
      throw new Error('given up');
    });
    expect(await failed.catch(String)).to.equal('Error: given up');
    expect(await find(knex, { name: 'guest' })).to.deep.equal([]);
    expect(await find(ended, { name }).catch(String)).to.equal(
      'Error: find role - the transaction has ended',
    );
  });

  it('is refused when a value is missing, and names its purpose in every error', async () => {
    await open();
    const refusal = (values: object) => find(knex, values as { name: string }).catch(String);
    expect(await refusal({})).to.equal('TypeError: find role - no value for name');
    expect(await refusal({ name: 'a\0b' })).to.match(/^error: find role - invalid byte sequence/);
    await expectRow();
  });

  it('returns its connection to the pool when it fails', async () => {
    await open();
    for (let turn = 0; turn < 5; turn++)
      expect(await add(knex, { name }).catch(uniqueViolation)).to.equal('roles_name_key');
    await expectRow();
    expect(warnings).to.deep.equal([]);
  });

  it('fails as unavailable when its connection dies, and then recovers', async () => {
    await open();
    await expectRow();
    const blocker = createKnex({ url: databaseUrl, max: 1 });
    await blocker.transaction(async (transaction) => {
      await transaction.raw('lock table roles');
      const waiting = find(knex, { name }).catch((error: unknown) => error);
      const kill = `select pg_terminate_backend(pid) from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`;
      while ((await run(databaseUrl, kill)).rowCount === 0);
      expect(isUnavailable(await waiting)).to.equal(true);
    });
    await blocker.destroy();
    // Until the pool has noticed the dead connection.
    while (isUnavailable(await find(knex, { name }).catch((error: unknown) => error)));
    await expectRow();
  });

  it('works after a migration that changes the type of a column', async () => {
    await open();
    await expectRow();
    await run(databaseUrl, 'alter table roles alter column id type integer');
    await expectRow();
    expect(warnings).to.deep.equal([]);
    const [named] = await counter.during(() => expectRow());
    expect(named, 'on a new connection').to.match(/^find role /);
    expect(await heldNames()).to.deep.equal([named]);
  });

  const strangers: [string, (held: string) => Promise<void>][] = [
    [
      'unknown',
      async () => {
        await knex.raw('deallocate all');
      },
    ],
    [
      'taken',
      async (held) => {
        await knex.destroy();
        knex = connect();
        await knex.raw(`prepare "${held}" as select 1`);
      },
    ],
  ];
  for (const [what, meddle] of strangers) {
    it(`goes on without its name when the name is ${what}, as behind a pooler`, async () => {
      await open();
      await expectRow();
      await meddle((await heldNames())[0]!);
      await expectRow();
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.contain('PREPARED_STATEMENTS=off');
      expect((await counter.during(() => expectRow()))[0]).to.contain('select id');
      expect(warnings).to.have.lengthOf(1);
    });
  }
});

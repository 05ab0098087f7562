import { expect } from 'chai';
import pg from 'pg';
import { createKnex } from '../../src/db/knex.ts';
import { migrateDown, migrateUp, migrationStatus } from '../../src/db/migrate.ts';
import { createDatabase, run } from '../support/postgres.ts';
import { rolegate, startNode } from '../../tools/service/process.ts';
import { slowness } from '../support/slowness.ts';

const tables = async (url: string) =>
  (
    await run(
      url,
      `select table_name from information_schema.tables where table_schema = 'public' order by 1`,
    )
  ).rows.map(({ table_name }: { table_name: string }) => table_name);
const ours = ['roles', 'user_roles', 'users'];
const secret = { JWT_SECRET: 'long enough a secret for the tests of migrations' };

describe('migrations', () => {
  it('run once when four nodes start at the same time on an empty database', async () => {
    const url = await createDatabase({ empty: true });
    const pools = Array.from({ length: 4 }, () => createKnex({ url, max: 1 }));
    const applied = await Promise.all(pools.map(migrateUp));
    await Promise.all(pools.map((pool) => pool.destroy()));
    expect(applied.filter((names) => names.length > 0)).to.have.lengthOf(1);
    expect(await tables(url)).to.include.members(ours);
  });

  it('are pending on an empty database, and completed once they have run', async () => {
    const knex = createKnex({ url: await createDatabase({ empty: true }), max: 1 });
    const before = await migrationStatus(knex);
    expect(before.completed).to.deep.equal([]);
    const applied = await migrateUp(knex);
    expect(applied).to.deep.equal(before.pending);
    expect(await migrationStatus(knex)).to.deep.equal({ completed: applied, pending: [] });
    expect(
      applied.every((name) => /^\d{14}_[a-z_]+$/.test(name)),
      'names without an extension',
    ).to.equal(true);
    await knex.destroy();
  });

  it('are undone one by one, the newest first, and run again', async () => {
    const knex = createKnex({ url: await createDatabase({ empty: true }), max: 1 });
    const applied = await migrateUp(knex);
    for (const name of [...applied].reverse())
      expect(await migrateDown(knex)).to.deep.equal([name]);
    expect(await migrateUp(knex)).to.deep.equal(applied);
    expect(await migrateUp(knex)).to.deep.equal([]);
    await knex.destroy();
  });

  it('can run after a node was killed in the middle of them', async () => {
    const url = await createDatabase({ empty: true });
    // The node waits in the middle of a migration for a table that this transaction has locked.
    const blocker = createKnex({ url, max: 1 });
    await blocker.raw(
      'create table rolegate_migrations (id serial primary key, name text, batch int, ' +
        'migration_time timestamptz)',
    );
    const transaction = await blocker.transaction();
    await transaction.raw('lock table rolegate_migrations in share mode');
    const node = startNode({ DATABASE_URL: url, PORT: '0', ...secret });
    const waiting = `select 1 from pg_locks
      where not granted and relation = 'rolegate_migrations'::regclass`;
    for (let tries = 0; tries < 300 && !(await run(url, waiting)).rowCount; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await run(url, waiting)).rowCount, 'it is migrating').to.equal(1);
    node.kill('SIGKILL');
    await node.ended;
    await transaction.rollback();
    await blocker.destroy();

    const next = createKnex({ url, max: 1 });
    expect(await migrateUp(next)).to.have.length.above(0);
    await next.destroy();
    expect(await tables(url)).to.include.members(ours);
  });

  it("ignore a lock that Knex's own command left behind", async () => {
    const knex = createKnex({ url: await createDatabase(), max: 1 });
    await knex('rolegate_migrations_lock').update({ is_locked: 1 });
    expect(await migrateUp(knex)).to.deep.equal([]);
    await migrateDown(knex);
    await knex('rolegate_migrations_lock').update({ is_locked: 1 });
    expect(await migrateUp(knex)).to.have.lengthOf(1);
    await knex.destroy();
  });

  it('do not stop a waiting node from ending on SIGTERM', async () => {
    const url = await createDatabase({ empty: true });
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock($1)', [0x6d6967726174652en.toString()]);
    const node = startNode({ DATABASE_URL: url, PORT: '0', ...secret });
    const waiting = async () =>
      (await other.query("select from pg_locks where locktype = 'advisory' and not granted"))
        .rowCount;
    while ((await waiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const begin = performance.now();
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
    expect(performance.now() - begin).to.be.below(8_000 * slowness());
    expect(node.output()).to.contain('stopped while the database was opening');
    await other.end();
  });

  it('take over our rows of knex_migrations, and leave those of another application', async () => {
    const knex = createKnex({ url: await createDatabase(), max: 1 });
    const { completed } = await migrationStatus(knex);
    await knex.raw('alter table rolegate_migrations rename to knex_migrations');
    await knex.raw('drop table rolegate_migrations_lock');
    await knex('knex_migrations').insert({ name: '20200101000000_of_another_one.js', batch: 7 });
    expect(await migrateUp(knex)).to.deep.equal([]);
    expect((await migrationStatus(knex)).completed).to.deep.equal(completed);
    expect(await knex('knex_migrations').pluck('name')).to.include(
      '20200101000000_of_another_one.js',
    );
    await knex.destroy();
  });

  it('run on a database with the knex_migrations of another application only', async () => {
    const knex = createKnex({ url: await createDatabase({ empty: true }), max: 1 });
    await knex.raw(
      'create table knex_migrations (id serial, name text, batch int, migration_time date)',
    );
    await knex('knex_migrations').insert({ name: '20200101000000_of_another_one.js', batch: 1 });
    expect(await migrateUp(knex)).to.have.length.above(0);
    expect(await knex('knex_migrations').pluck('name')).to.have.lengthOf(1);
    await knex.destroy();
  });

  it('of a newer release are refused in one sentence, unless marked as compatible', async () => {
    const url = await createDatabase();
    const knex = createKnex({ url, max: 1 });
    const row = { batch: 9, migration_time: new Date() };
    await knex('rolegate_migrations').insert({ ...row, name: '20990101000000_more_compatible' });
    expect(await migrateUp(knex)).to.deep.equal([]);
    expect((await migrationStatus(knex)).pending).to.deep.equal([]);
    const node = startNode({ DATABASE_URL: url, PORT: '0', ...secret });
    await node.url();
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);

    await knex('rolegate_migrations').insert({ ...row, name: '20990102000000_new_columns' });
    const { code, stderr } = await rolegate(['serve'], { DATABASE_URL: url, PORT: '0', ...secret });
    expect(code).to.equal(1);
    expect(stderr).to.equal(
      'A newer version of Rolegate has migrated this database (20990102000000_new_columns): ' +
        'start that version, or undo its migrations with its own `rolegate migrate down` first.\n',
    );
    await knex.destroy();
  });

  it('give every trigger function its search path, as pg_restore needs it', async () => {
    const url = await createDatabase();
    const { rows } = await run(
      url,
      `select proname from pg_proc where pronamespace = 'public'::regnamespace
       and prorettype = 'trigger'::regtype and proconfig is null`,
    );
    expect(rows).to.deep.equal([]);
    await run(
      url,
      `set search_path = '';
       insert into public.users (username, email, password_hash) values ('a', 'a@example.com', 'x');
       insert into public.user_roles (user_id, role_id)
         select users.id, roles.id from public.users, public.roles`,
    );
  });
});

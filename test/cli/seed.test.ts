import { expect } from 'chai';
import { createKnex } from '../../src/db/knex.ts';
import { openEmbedded } from '../../src/db/embedded/embedded.ts';
import { createDatabase, run, temporaryFolder } from '../support/postgres.ts';
import { runProcess, startProcess } from '../../tools/service/process.ts';

const script = 'dist/scripts/seed.js';

describe('npm run seed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: Awaited<ReturnType<typeof openEmbedded>>;
  before(async () => {
    folder = await temporaryFolder();
    database = await openEmbedded({ dataDir: folder.path, settings: ['fsync=off'] });
  });
  after(async () => {
    await database.release();
    await folder.remove();
  });
  const seed = (...args: string[]) => runProcess(script, args, { DATA_DIR: folder.path });
  const count = async (condition = 'true') =>
    Number(
      (await run(database.url, `select count(*) from users where ${condition}`)).rows[0].count,
    );

  it('tells how the demo users sign in, and adds them once', async () => {
    const seeded = await seed();
    expect(seeded).to.include({ code: 0 });
    expect(seeded.output).to.contain('demo-admin / ').and.not.contain('already');
    expect((await seed()).output).to.contain('was there already');
    expect(await count()).to.equal(3);
  });

  it('adds any number of generated users, and tops up to that number the next time', async () => {
    expect((await seed('--users', '500')).output).to.contain('500 generated users added');
    expect((await seed('--users', '2000')).output)
      .to.contain('1,500 generated users added')
      .and.match(/^100 % /m);
    expect((await seed('--users', '2000')).output).to.contain('\n0 generated users added');
    expect(await count()).to.equal(2_003);
    expect(await count('disabled_at is not null')).to.equal(40);
    expect(
      await count(
        `exists (select from user_roles where user_id = users.id and role_id = (select id from roles where name = 'moderator'))`,
      ),
    ).to.equal(61);
    expect(await count('not exists (select from user_roles where user_id = users.id)')).to.equal(0);
    expect(await count(`created_at < now() - interval '180 days'`)).to.be.within(800, 1_200);
    expect(
      await count(
        `coalesce(disabled_at, created_at) > now() or username !~ '^[a-z]{2,}\\.[a-z]{2,}\\d+$' and id > 3`,
      ),
    ).to.equal(0);
  });

  it('fills in who is missing', async () => {
    await run(database.url, `delete from users where username like 'a%'`);
    await seed('--users', '2000');
    expect(await count()).to.equal(2_003);
  });

  it('stops between two batches when it is told to, and goes on the next time', async () => {
    const seeding = startProcess(script, ['--users', '1000000'], { DATA_DIR: folder.path });
    while (!seeding.output().includes('demo-admin'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    seeding.kill('SIGINT');
    seeding.kill('SIGINT');
    expect(await seeding.ended).to.equal(1);
    expect(seeding.stderr()).to.contain(
      'Stopped before the end: what is there stays. Run it again to go on.',
    );
    expect((await count()) % 10_000).to.be.oneOf([3, 2_003]);
  });

  it('refuses another database and production, unless it is forced to', async () => {
    const url = await createDatabase();
    for (const environment of [
      { DATABASE_URL: url },
      { DATA_DIR: folder.path, NODE_ENV: 'production' },
    ]) {
      const refused = await runProcess(script, ['--users', '10'], environment);
      expect(refused).to.include({ code: 2 });
      expect(refused.output).to.match(
        /^Demo users have a password that everybody knows.* add --force\.\n$/,
      );
    }
    const knex = createKnex({ url, max: 1 });
    expect(await knex('users').count({ users: '*' })).to.deep.equal([{ users: 0 }]);
    expect(
      (await runProcess(script, ['--users', '10', '--force'], { DATABASE_URL: url })).code,
    ).to.equal(0);
    expect(await knex('users').count({ users: '*' })).to.deep.equal([{ users: 13 }]);
    await knex.destroy();
  });

  it('ends with 2 when the number is none', async () => {
    for (const number of ['0', '-1', 'many', '1e3'])
      expect(await seed(`--users=${number}`)).to.include({ code: 2 });
  });
});

import { expect } from 'chai';
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

  it('prints the passwords of the demo users, and adds them only once', async () => {
    const seeded = await seed();
    expect(seeded).to.include({ code: 0 });
    expect(seeded.output).to.contain('demo-admin / ').and.not.contain('already');
    expect((await seed()).output).to.contain('already existed');
    expect(await count()).to.equal(3);
  });

  it('adds generated users up to the number, and only the missing ones the next time', async () => {
    expect((await seed('--users', '500')).output).to.contain('500 generated users added');
    expect((await seed('--users', '2000')).output)
      .to.contain('1,500 generated users added')
      .and.match(/^100 % /m);
    expect((await seed('--users', '2000')).output).to.contain('\n0 generated users added');
    expect(await count()).to.equal(2_003);
  });

  it('disables some of the generated users', async () => {
    expect(await count('disabled_at is not null')).to.equal(40);
  });

  it('makes some of the generated users moderators, and leaves none without a role', async () => {
    expect(
      await count(
        `exists (select from user_roles where user_id = users.id
           and role_id = (select id from roles where name = 'moderator'))`,
      ),
    ).to.equal(61);
    expect(await count('not exists (select from user_roles where user_id = users.id)')).to.equal(0);
  });

  it('spreads the generated users over the past year, none in the future', async () => {
    expect(await count(`created_at < now() - interval '180 days'`)).to.be.within(800, 1_200);
    expect(
      await count(
        `coalesce(disabled_at, created_at) > now()
           or username !~ '^[a-z]{2,}\\.[a-z]{2,}\\d+$' and id > 3`,
      ),
    ).to.equal(0);
  });

  it('adds generated users again that were deleted', async () => {
    await run(database.url, `delete from users where username like 'a%'`);
    await seed('--users', '2000');
    expect(await count()).to.equal(2_003);
  });

  it('stops between two batches on Ctrl-C, and explains how to continue', async () => {
    const seeding = startProcess(script, ['--users', '1000000'], { DATA_DIR: folder.path });
    while (!seeding.output().includes('demo-admin'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    seeding.kill('SIGINT');
    seeding.kill('SIGINT');
    expect(await seeding.ended).to.equal(1);
    expect(seeding.stderr()).to.contain(
      'Stopped before the end. The added users stay. Run the command again to continue.',
    );
    expect((await count()) % 10_000).to.be.oneOf([3, 2_003]);
  });

  it('refuses a DATABASE_URL, and production, without --force', async () => {
    const url = await createDatabase();
    for (const environment of [
      { DATABASE_URL: url },
      { DATA_DIR: folder.path, NODE_ENV: 'production' },
    ]) {
      const refused = await runProcess(script, ['--users', '10'], environment);
      expect(refused).to.include({ code: 2 });
      expect(refused.output).to.match(/^Demo users have a public password.* add --force\.\n$/);
    }
    expect((await run(url, 'select from users')).rowCount).to.equal(0);
  });

  it('adds users to the database at DATABASE_URL with --force', async () => {
    const url = await createDatabase();
    const { code } = await runProcess(script, ['--users', '10', '--force'], { DATABASE_URL: url });
    expect(code).to.equal(0);
    expect((await run(url, 'select from users')).rowCount).to.equal(13);
  });

  it('ends with exit code 2 when the number of users is not a positive whole number', async () => {
    for (const number of ['0', '-1', 'many', '1e3'])
      expect(await seed(`--users=${number}`)).to.include({ code: 2 });
  });
});

import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { EmbeddedError } from '../../../src/db/embedded/embedded-error.ts';
import { openEmbedded, type EmbeddedDatabase } from '../../../src/db/embedded/embedded.ts';
import { run, serverPid, temporaryFolder } from '../../support/postgres.ts';

const settings = ['fsync=off'];

describe('the embedded PostgreSQL', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const open = (dataDir = folder.path) => openEmbedded({ dataDir, settings });
  const answers = (url: string) =>
    run(url, 'select 1').then(
      () => true,
      () => false,
    );

  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  it('is created once by two nodes that start at the same time, and shared', async () => {
    // Only its owner may enter the folder above it.
    expect((await stat(folder.path)).mode & 0o077).to.equal(0);
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.url).to.equal(other.url);
    await run(one.url, 'create table kept (id int)');
    await one.release();
    expect(await answers(other.url)).to.equal(true);
    await other.release();
    expect(await answers(other.url)).to.equal(false);
    expect((await readdir(folder.path)).sort()).to.deep.equal(['postgres', 'postgres-password']);
  });

  it('keeps its data, and uses another port when the last one is taken', async () => {
    const first = await open();
    const port = Number(new URL(first.url).port);
    await first.release();
    const squatter = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const second = await open();
    expect(new URL(second.url).port).not.to.equal(String(port));
    expect((await run(second.url, 'select from kept')).rowCount).to.equal(0);
    await second.release();
    squatter.close();
  });

  it('stops once when several nodes release it at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => open()));
    const [{ url } = { url: '' }] = all;
    await Promise.all(all.map(({ release }) => release()));
    expect(await answers(url)).to.equal(false);
    expect(existsSync(join(folder.path, 'postgres', 'postmaster.pid'))).to.equal(false);
  });

  it('starts again on the same port when its process dies', async () => {
    const database = await open();
    process.kill(await serverPid(folder.path), 'SIGKILL');
    for (let tries = 0; tries < 200 && !(await answers(database.url)); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await answers(database.url)).to.equal(true);
    await database.release();
    expect(await answers(database.url)).to.equal(false);
  });

  it('ignores a second release', async () => {
    const database = await open();
    await run(database.url, 'select 1');
    const other = await open();
    await Promise.all([database.release(), other.release()]);
    await database.release();
  });

  it('keeps its password in a file that only the owner may read', async () => {
    const { mode } = await stat(join(folder.path, 'postgres-password'));
    expect(mode & 0o077).to.equal(0);
  });

  const foreign: [string, Record<string, string>, RegExp][] = [
    [
      'data of another major version',
      { PG_VERSION: '15\n', keep: 'me' },
      /PostgreSQL 15, and this is PostgreSQL \d\d.*Nothing was touched.*DATA_DIR/s,
    ],
    ['a folder with other files', { 'thesis.txt': 'keep me' }, /Nothing was touched/],
  ];
  for (const [what, files, message] of foreign) {
    it(`refuses ${what}, and changes no file`, async () => {
      const other = await temporaryFolder();
      await mkdir(join(other.path, 'postgres'));
      for (const [name, text] of Object.entries(files))
        await writeFile(join(other.path, 'postgres', name), text);
      const failure = await open(other.path).then(
        (database: EmbeddedDatabase) => database.release(),
        (error: unknown) => error,
      );
      expect(failure)
        .to.be.instanceOf(EmbeddedError)
        .with.property('message')
        .that.matches(message);
      expect((await readdir(join(other.path, 'postgres'))).sort()).to.deep.equal(
        Object.keys(files).sort(),
      );
      for (const [name, text] of Object.entries(files))
        expect(await readFile(join(other.path, 'postgres', name), 'utf8')).to.equal(text);
      await other.remove();
    });
  }
});

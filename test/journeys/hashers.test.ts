// What hashes passwords, as a node is told or finds it: with @node-rs/bcrypt and, in a copy that lacks it, without.

import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { createDatabase, temporaryFolder } from '../support/postgres.ts';
import { command, startNode, startProcess, type Environment } from '../support/process.ts';
import { callAt, newCredentials } from '../support/service.ts';

describe('a node without the native hasher', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let environment: Environment;
  const { username, email, password } = newCredentials();

  before(async () => {
    folder = await temporaryFolder();
    await installWithoutNative(folder.path);
    const secret = 'long enough a secret for the tests of hashers';
    environment = { DATABASE_URL: await createDatabase(), PORT: '0', JWT_SECRET: secret };
  });
  after(() => folder.remove());
  const startLacking = (more: Environment = {}) =>
    startProcess(join(folder.path, command), ['serve'], { ...environment, ...more });

  it('starts, says that it hashes with bcryptjs, and signs in whom nodes that have it signed up, and they whom it did', async () => {
    const nodes = [startNode(environment), startLacking()];
    const urls = await Promise.all(nodes.map((node) => node.url()));
    expect(nodes.map((node) => /"hasher":"(\w+)"/.exec(node.output())?.[1])).to.deep.equal(['native', 'bcryptjs']);
    for (const [index, url] of urls.entries()) {
      const body = { username: `${username}-${index}`, email: `${index}-${email}`, password: `${password} 😀 ß` };
      expect((await callAt(url)({ method: 'POST', path: '/api/auth/signup', body })).status).to.equal(201);
      for (const other of urls) {
        const { username, password } = body;
        const { status } = await callAt(other)({ method: 'POST', path: '/api/auth/signin', body: { username, password } });
        expect(status).to.equal(200);
      }
    }
    for (const node of nodes) node.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0]);
  });

  it('does not start when it is told to hash with the native one, and says why', async () => {
    const node = startLacking({ PASSWORD_HASHER: 'native' });
    expect(await node.ended).to.equal(1);
    expect(node.stderr()).to.equal(
      'PASSWORD_HASHER is native, and @node-rs/bcrypt is not installed. Set it to auto, or to bcryptjs.\n',
    );
  });
});

/** The project as `npm ci --omit=optional` would leave it: the built files, and all packages but one. */
async function installWithoutNative(folder: string): Promise<void> {
  for (const path of ['dist', 'package.json', 'openapi.yaml']) await cp(path, join(folder, path), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir('node_modules')) {
    if (name !== '@node-rs') await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}

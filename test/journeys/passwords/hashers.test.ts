// What hashes passwords, as a node is told: also in a copy that lacks @node-rs/bcrypt.

import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { createDatabase, temporaryFolder } from '../../support/postgres.ts';
import {
  command,
  startNode,
  startProcess,
  type Environment,
} from '../../../tools/service/process.ts';
import { callAt, newCredentials } from '../../support/service.ts';

describe('what a node hashes with', () => {
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
  const start = (more: Environment = {}) => startNode({ ...environment, ...more });
  const startLacking = (more: Environment = {}) =>
    startProcess(join(folder.path, command), ['serve'], { ...environment, ...more });

  it('is what it is told, which it says; and each signs in whom another signed up', async () => {
    const nodes = [
      startLacking(),
      start({ PASSWORD_HASHER: 'native' }),
      startLacking({ PASSWORD_HASHER: 'bcryptjs' }),
    ];
    const urls = await Promise.all(nodes.map((node) => node.url()));
    const hashers = nodes.map((node) => /"hasher":"(\w+)"/.exec(node.output())?.[1]);
    expect(hashers).to.deep.equal(['interleaved', 'native', 'bcryptjs']);
    for (const [index, url] of urls.entries()) {
      const body = {
        username: `${username}-${index}`,
        email: `${index}-${email}`,
        password: `${password} 😀 ß`,
      };
      expect(
        (await callAt(url)({ method: 'POST', path: '/api/auth/signup', body })).status,
      ).to.equal(201);
      for (const other of urls) {
        const { username, password } = body;
        const { status } = await callAt(other)({
          method: 'POST',
          path: '/api/auth/signin',
          body: { username, password },
        });
        expect(status).to.equal(200);
      }
    }
    for (const node of nodes) node.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0, 0]);
  });

  it('must be installed when it is asked for', async () => {
    const node = startLacking({ PASSWORD_HASHER: 'native' });
    expect(await node.ended).to.equal(1);
    expect(node.stderr()).to.equal(
      'PASSWORD_HASHER is native, and @node-rs/bcrypt is not installed. Set it to interleaved, or to bcryptjs.\n',
    );
  });
});

/** The project as `npm ci --omit=optional` would leave it: the built files, and all packages but one. */
async function installWithoutNative(folder: string): Promise<void> {
  for (const path of ['dist', 'package.json', 'openapi.yaml'])
    await cp(path, join(folder, path), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir('node_modules')) {
    if (name !== '@node-rs')
      await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}

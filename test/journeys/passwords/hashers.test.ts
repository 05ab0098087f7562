// Which hasher a node uses, also in an installation without @node-rs/bcrypt.

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
import { clientsAt, newCredentials } from '../../support/service.ts';

describe('the PASSWORD_HASHER of a node', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let environment: Environment;

  before(async () => {
    folder = await temporaryFolder();
    await installWithoutNative(folder.path);
    const secret = 'long enough a secret for the tests of hashers';
    environment = { DATABASE_URL: await createDatabase(), PORT: '0', JWT_SECRET: secret };
  });
  after(() => folder.remove());
  const start = (more: Environment = {}) => startNode({ ...environment, ...more });
  const startWithoutNative = (more: Environment = {}) =>
    startProcess(join(folder.path, command), ['serve'], { ...environment, ...more });

  describe('when three nodes have three hashers', () => {
    let nodes: ReturnType<typeof start>[];
    let urls: string[];
    before(async () => {
      nodes = [
        startWithoutNative(),
        start({ PASSWORD_HASHER: 'native' }),
        startWithoutNative({ PASSWORD_HASHER: 'bcryptjs' }),
      ];
      urls = await Promise.all(nodes.map((node) => node.url()));
    });
    after(async () => {
      for (const node of nodes) node.kill('SIGTERM');
      expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0, 0]);
    });

    it('is logged at start, and auto, the default, chooses interleaved', () => {
      expect(nodes[0]?.output()).to.include('PASSWORD_HASHER=auto chose interleaved');
      const hashers = nodes.map((node) => /"hasher":"(\w+)"/.exec(node.output())?.[1]);
      expect(hashers).to.deep.equal(['interleaved', 'native', 'bcryptjs']);
    });

    it('verifies the hashes of each other hasher', async () => {
      for (const url of urls) {
        const { username, email, password } = newCredentials();
        const user = { username, email, password: `${password} 😀 ß` };
        const { status } = await clientsAt(url).asGuest.post('/api/auth/signup', user);
        expect(status).to.equal(201);
        for (const other of urls) {
          const { status } = await clientsAt(other).signIn(user);
          expect(status).to.equal(200);
        }
      }
    });
  });

  it('ends the node with 1 when it is native and the package is not installed', async () => {
    const node = startWithoutNative({ PASSWORD_HASHER: 'native' });
    expect(await node.ended).to.equal(1);
    expect(node.stderr()).to.equal(
      'PASSWORD_HASHER is native, and @node-rs/bcrypt is not installed. ' +
        'Set it to auto, or to bcryptjs.\n',
    );
  });
});

/** Installs the built project with all packages but one, as `npm ci --omit=optional` does. */
async function installWithoutNative(folder: string): Promise<void> {
  for (const path of ['dist', 'package.json', 'openapi.yaml'])
    await cp(path, join(folder, path), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir('node_modules')) {
    if (name !== '@node-rs')
      await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}

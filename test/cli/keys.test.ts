import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodeProtectedHeader } from 'jose';
import { loadConfig } from '../../src/config/index.ts';
import { createDatabase, temporaryFolder } from '../support/postgres.ts';
import { rolegate, startNode } from '../../tools/service/process.ts';
import { bearer, callAt, newCredentials } from '../support/service.ts';

describe('rolegate keys new', () => {
  let folder: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path: folder, remove } = await temporaryFolder());
  });
  after(() => remove());
  const make = (...args: string[]) => rolegate(['keys', 'new', ...args], { DATA_DIR: folder });

  it('makes a key that a node signs with', async () => {
    const file = join(folder, 'one.pem');
    const { code, stdout, stderr } = await make(file);
    expect(code, stderr).to.equal(0);
    expect((await stat(file)).mode & 0o077).to.equal(0);
    const node = startNode({
      DATABASE_URL: await createDatabase(),
      JWT_PRIVATE_KEY_FILE: file,
      PORT: '0',
    });
    const call = callAt(await node.url());
    const credentials = newCredentials();
    await call({ method: 'POST', path: '/api/auth/signup', body: credentials });
    const { username, password } = credentials;
    const { body } = await call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
    expect(stdout).to.contain(String(decodeProtectedHeader(body.accessToken as string).kid));
    expect(
      (await call({ path: '/api/test/user', headers: bearer(body.accessToken) })).status,
    ).to.equal(200);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
  });

  it('keeps keys under their name in DATA_DIR, and never writes over one', async () => {
    const made = JSON.parse((await make('--algorithm', 'RS256', '--json')).stdout);
    const { file } = made;
    expect(made).to.deep.equal({
      file: join(folder, 'keys', `${made.kid}.pem`),
      algorithm: 'RS256',
      kid: made.kid,
    });
    expect((await make()).stdout.split('\n')[0]).to.match(/\/keys\/[\w-]{43}\.pem$/);
    const before = await readFile(file, 'utf8');
    expect(await make(file)).to.deep.equal({
      code: 1,
      stdout: '',
      stderr: `${file} is there already. Name another file, or move it away.\n`,
    });
    expect(await readFile(file, 'utf8')).to.equal(before);
    expect((await make('--algorithm', 'HS256')).code).to.equal(2);
    expect((await make('a', 'b')).code).to.equal(2);
    expect(await make('a,b.pem')).to.include({ code: 2, stdout: '' });
  });

  it('is what the configuration asks for where a key is missing, of the wrong kind, or has a password', async () => {
    const write = async (name: string, key: KeyObject, options: object = {}) => {
      const file = join(folder, name);
      await writeFile(file, key.export({ type: 'pkcs8', format: 'pem', ...options }));
      return file;
    };
    const good = await write(
      'good.pem',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    );
    const bad = [
      join(folder, 'missing.pem'),
      await write('p384.pem', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey),
      await write('short.pem', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
      await write('ed25519.pem', generateKeyPairSync('ed25519').privateKey),
      await write('locked.pem', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, {
        cipher: 'aes-256-cbc',
        passphrase: 'hunter2',
      }),
    ];
    expect(() => loadConfig({ JWT_PRIVATE_KEY_FILE: `${good},${good}` })).to.throw(/a file twice/);
    expect(() =>
      loadConfig({ JWT_PRIVATE_KEY_FILE: Array.from({ length: 21 }, (_, index) => index).join() }),
    ).to.throw(/more than 20/);
    expect(loadConfig({ JWT_PRIVATE_KEY_FILE: good }).jwtPrivateKeys).to.have.lengthOf(1);
    for (const file of bad) {
      expect(() => loadConfig({ JWT_PRIVATE_KEY_FILE: `${good}, ${file}` }), file).to.throw(
        /number 2 .*npx rolegate keys new/,
      );
    }
  });
});

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodeProtectedHeader } from 'jose';
import { loadConfig } from '../../src/config/index.ts';
import { createDatabase, temporaryFolder } from '../support/postgres.ts';
import { rolegate, startNode } from '../../tools/service/process.ts';
import { clientsAt, newCredentials } from '../support/service.ts';

describe('rolegate keys new', () => {
  let folder: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path: folder, remove } = await temporaryFolder());
  });
  after(() => remove());
  const make = (...args: string[]) => rolegate(['keys', 'new', ...args], { DATA_DIR: folder });

  it('creates a key file that only its owner may read', async () => {
    const file = join(folder, 'private.pem');
    const { code, stderr } = await make(file);
    expect(code, stderr).to.equal(0);
    expect((await stat(file)).mode & 0o077).to.equal(0);
  });

  it('creates a key that a node signs its access tokens with', async () => {
    const file = join(folder, 'one.pem');
    const { stdout } = await make(file);
    const node = startNode({
      DATABASE_URL: await createDatabase(),
      JWT_PRIVATE_KEY_FILE: file,
      PORT: '0',
    });
    const { asGuest, asUser, signIn } = clientsAt(await node.url());
    const credentials = newCredentials();
    await asGuest.post('/api/auth/signup', credentials);
    const token = (await signIn(credentials)).body.accessToken as string;
    expect(stdout).to.contain(String(decodeProtectedHeader(token).kid));
    expect((await asUser(token).get('/api/test/user')).status).to.equal(200);
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
  });

  it('writes a key without a file name to DATA_DIR, under its key id', async () => {
    const made = JSON.parse((await make('--algorithm', 'RS256', '--json')).stdout);
    expect(made).to.deep.equal({
      file: join(folder, 'keys', `${made.kid}.pem`),
      algorithm: 'RS256',
      kid: made.kid,
    });
    expect((await make()).stdout.split('\n')[0]).to.match(/\/keys\/[\w-]{43}\.pem$/);
  });

  it('refuses to overwrite a file', async () => {
    const file = join(folder, 'kept.pem');
    await make(file);
    const before = await readFile(file, 'utf8');
    expect(await make(file)).to.deep.equal({
      code: 1,
      stdout: '',
      stderr: `${file} already exists. Name another file, or move it away.\n`,
    });
    expect(await readFile(file, 'utf8')).to.equal(before);
  });

  it('ends with exit code 2 for another algorithm, two files, or a comma in the name', async () => {
    expect((await make('--algorithm', 'HS256')).code).to.equal(2);
    expect((await make('a', 'b')).code).to.equal(2);
    expect(await make('a,b.pem')).to.include({ code: 2, stdout: '' });
  });
});

describe('JWT_PRIVATE_KEY_FILE', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let good: string;
  const write = async (name: string, key: KeyObject, options: object = {}) => {
    const file = join(folder, name);
    await writeFile(file, key.export({ type: 'pkcs8', format: 'pem', ...options }));
    return file;
  };
  const newKey = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;
  before(async () => {
    ({ path: folder, remove } = await temporaryFolder());
    good = await write('good.pem', newKey('P-256'));
  });
  after(() => remove());

  it('may name a private key on P-256', () => {
    expect(loadConfig({ JWT_PRIVATE_KEY_FILE: good }).jwtPrivateKeys).to.have.lengthOf(1);
  });

  it('may not name a file twice', () => {
    expect(() => loadConfig({ JWT_PRIVATE_KEY_FILE: `${good},${good}` })).to.throw(/a file twice/);
  });

  it('may not name more than 20 files', () => {
    expect(() =>
      loadConfig({ JWT_PRIVATE_KEY_FILE: Array.from({ length: 21 }, (_, index) => index).join() }),
    ).to.throw(/more than 20/);
  });

  it('is refused with a hint at keys new for a missing, unsuitable or encrypted key', async () => {
    const bad = [
      join(folder, 'missing.pem'),
      await write('p384.pem', newKey('P-384')),
      await write('short.pem', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
      await write('ed25519.pem', generateKeyPairSync('ed25519').privateKey),
      await write('locked.pem', newKey('P-256'), {
        cipher: 'aes-256-cbc',
        passphrase: 'hunter2',
      }),
    ];
    for (const file of bad) {
      expect(() => loadConfig({ JWT_PRIVATE_KEY_FILE: `${good}, ${file}` }), file).to.throw(
        /number 2 .*npx rolegate keys new/,
      );
    }
  });
});

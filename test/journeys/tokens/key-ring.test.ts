import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import {
  calculateJwkThumbprint,
  createRemoteJWKSet,
  decodeProtectedHeader,
  jwtVerify,
  type JWK,
} from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import type { AppOptions } from '../../../src/app.ts';
import { createDatabase } from '../../support/postgres.ts';
import {
  bearer,
  jwtSecrets,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

const makeEc = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const makeRsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

const readContent = async (service: Service, token: string) =>
  (await service.call({ path: '/api/test/user', headers: bearer(token) })).status;
const refresh = (service: Service, refreshToken: string) =>
  service.call({ method: 'POST', path: '/api/auth/refresh', body: { refreshToken } });
const jwksOf = async (service: Service) =>
  (await service.call({ path: '/.well-known/jwks.json' })).body.keys as JWK[];

describe('keys that other services verify with', () => {
  const kinds: [string, () => KeyObject][] = [
    ['ES256', makeEc],
    ['RS256', makeRsa],
  ];
  for (const [algorithm, make] of kinds) {
    it(`lets a service that knows only the address verify an ${algorithm} token, and read name and roles from it`, async () => {
      const service = await startService({ keys: { secrets: [], privateKeys: [make()] } });
      const user = await service.newUser('moderator');
      const keys = createRemoteJWKSet(new URL(`${service.url}/.well-known/jwks.json`));
      const signedIn = await service.call({
        method: 'POST',
        path: '/api/auth/signin',
        body: { username: user.username, password: user.password },
      });
      const refreshed = await refresh(service, signedIn.body.refreshToken);
      for (const token of [signedIn.body.accessToken, refreshed.body.accessToken] as string[]) {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          issuer: 'rolegate',
          algorithms: [algorithm],
        });
        expect(payload).to.include({ sub: String(user.id), username: user.username });
        expect(payload['roles']).to.deep.equal(['ROLE_USER', 'ROLE_MODERATOR']);
        const [jwk] = await jwksOf(service);
        expect(protectedHeader).to.deep.equal({ alg: algorithm, typ: 'JWT', kid: jwk?.kid });
        expect(jwk?.kid).to.equal(await calculateJwkThumbprint(jwk!));
        expect(await readContent(service, token)).to.equal(200);
      }
      await service.close();
    });
  }

  it('are none while a secret signs, and caches are told how long the answer holds', async () => {
    const service = await startService();
    const answer = await service.call({ path: '/.well-known/jwks.json' });
    expect(answer.body).to.deep.equal({ keys: [] });
    expect(answer.headers['cache-control']).to.equal('public, max-age=300');
    expect(answer.headers['content-type']).to.match(/^application\/jwk-set\+json/);
    const { token } = await service.newUser();
    expect(jsonwebtoken.decode(token)).not.to.have.any.keys('username', 'roles');
    await service.close();
  });
});

describe('changing keys', () => {
  const [first, second] = [makeEc(), makeRsa()];
  const secrets = [jwtSecrets[0]!];
  /** From what signs, to what signs. */
  const changes: [
    string,
    { secrets: string[]; privateKeys: KeyObject[] },
    { secrets: string[]; privateKeys: KeyObject[] },
  ][] = [
    [
      'a secret to another secret',
      { secrets, privateKeys: [] },
      { secrets: [jwtSecrets[1]!, ...secrets], privateKeys: [] },
    ],
    ['a secret to a private key', { secrets, privateKeys: [] }, { secrets, privateKeys: [first] }],
    [
      'a private key to another',
      { secrets: [], privateKeys: [first] },
      { secrets: [], privateKeys: [second, first] },
    ],
    [
      'a private key to another, with a secret beside it',
      { secrets: [], privateKeys: [first] },
      { secrets, privateKeys: [second, first] },
    ],
  ];
  for (const [what, before, after] of changes) {
    it(`from ${what} signs nobody out`, async () => {
      const databaseUrl = await createDatabase();
      const old = await startService({ databaseUrl, keys: before });
      const user = await old.newUser();
      await old.close();
      const service = await startService({ databaseUrl, keys: after });
      expect(await readContent(service, user.token)).to.equal(200);
      const next = await refresh(service, user.refreshToken);
      expect(next.status).to.equal(200);
      expect(await readContent(service, next.body.accessToken)).to.equal(200);
      const { kid } = decodeProtectedHeader(next.body.accessToken as string);
      expect(kid).not.to.equal(
        before.privateKeys.length > 0 ? decodeProtectedHeader(user.token).kid : 'none',
      );
      expect((await refresh(service, next.body.refreshToken)).status).to.equal(200);
      expect(await jwksOf(service)).to.have.lengthOf(after.privateKeys.length);
      await service.close();
    });
  }

  it('from a secret to a private key goes node by node, while the secret signs on', async () => {
    const databaseUrl = await createDatabase();
    const node = (keys: AppOptions['keys']) => startService({ databaseUrl, keys });
    const old = await node({ secrets, privateKeys: [] });
    const prepared = await node({ secrets, privateKeys: [first], signWith: 'secret' });
    const user = await prepared.newUser();
    expect(await readContent(old, user.token)).to.equal(200);
    const next = await refresh(old, user.refreshToken);
    expect(next.status).to.equal(200);
    const changed = await node({ secrets, privateKeys: [first] });
    const last = await refresh(changed, next.body.refreshToken);
    expect(await readContent(prepared, last.body.accessToken)).to.equal(200);
    expect((await refresh(prepared, last.body.refreshToken)).status).to.equal(200);
    expect(await jwksOf(prepared)).to.deep.equal(await jwksOf(changed));
    for (const service of [old, prepared, changed]) await service.close();
  });

  it('by taking the old one away signs out whom it had signed in', async () => {
    const databaseUrl = await createDatabase();
    const old = await startService({ databaseUrl, keys: { secrets: [], privateKeys: [first] } });
    const user = await old.newUser();
    await old.close();
    const service = await startService({
      databaseUrl,
      keys: { secrets: [], privateKeys: [second] },
    });
    expect(await readContent(service, user.token)).to.equal(401);
    expect((await refresh(service, user.refreshToken)).body).to.include({
      code: 'refresh_token_invalid',
    });
    await service.close();
  });
});

describe('tokens that confuse keys', () => {
  const [ec, rsa, foreign] = [makeEc(), makeRsa(), makeEc()];
  let service: Service;
  let user: TestUser;
  let kids: Record<string, string>;
  before(async () => {
    service = await startService({ keys: { secrets: [jwtSecrets[0]!], privateKeys: [ec, rsa] } });
    user = await service.newUser();
    kids = Object.fromEntries((await jwksOf(service)).map(({ alg, kid }) => [alg, kid]));
  });
  after(() => service.close());

  const claims = () => jsonwebtoken.decode(user.token) as object;
  const signed = (key: KeyObject, header: object, algorithm: jsonwebtoken.Algorithm = 'ES256') =>
    jsonwebtoken.sign(claims(), key, {
      algorithm,
      header: { alg: algorithm, typ: 'JWT', ...header },
    });
  const hmac = (secret: string | Buffer, header: object) => {
    const content = `${encode({ alg: 'HS256', typ: 'JWT', ...header })}.${encode(claims())}`;
    return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
  };
  const publicOf = (key: KeyObject) => createPublicKey(key);

  it('are no token like these, which are good', async () => {
    expect(await readContent(service, signed(ec, { kid: kids['ES256'] }))).to.equal(200);
    expect(await readContent(service, signed(rsa, { kid: kids['RS256'] }, 'RS256'))).to.equal(200);
    expect(await readContent(service, hmac(jwtSecrets[0]!, {}))).to.equal(200);
  });

  const forged: [string, () => string][] = [
    [
      'a public key taken for a secret, as PEM',
      () => hmac(publicOf(ec).export({ type: 'spki', format: 'pem' }), { kid: kids['ES256'] }),
    ],
    [
      'a public key taken for a secret, as DER',
      () => hmac(publicOf(ec).export({ type: 'spki', format: 'der' }), { kid: kids['ES256'] }),
    ],
    [
      'a public key taken for a secret, as JWK',
      () => hmac(JSON.stringify(publicOf(rsa).export({ format: 'jwk' })), { kid: kids['RS256'] }),
    ],
    ['an empty secret', () => hmac('', { kid: kids['ES256'] })],
    ['an unknown kid', () => signed(ec, { kid: 'x'.repeat(43) })],
    ['no kid', () => signed(ec, {})],
    ['a kid that is a list', () => signed(ec, { kid: [kids['ES256']] as never })],
    ['the kid of a key of another algorithm', () => signed(rsa, { kid: kids['ES256'] }, 'RS256')],
    ['a foreign key under our kid', () => signed(foreign, { kid: kids['ES256'] })],
    [
      'a key of its own in the header',
      () =>
        signed(foreign, {
          kid: kids['ES256'],
          jwk: publicOf(foreign).export({ format: 'jwk' }) as never,
        }),
    ],
    [
      'an address of keys in the header',
      () => signed(foreign, { kid: kids['ES256'], jku: `${service.url}/.well-known/jwks.json` }),
    ],
    ['RS384 with our RSA key', () => signed(rsa, { kid: kids['RS256'] }, 'RS384')],
    ['PS256 with our RSA key', () => signed(rsa, { kid: kids['RS256'] }, 'PS256')],
    ['no signature', () => `${encode({ alg: 'none', kid: kids['ES256'] })}.${encode(claims())}.`],
  ];
  for (const [what, make] of forged) {
    it(`are refused: ${what}`, async () => {
      const answer = await service.call({ path: '/api/test/user', headers: bearer(make()) });
      expect(answer.body).to.include({ status: 401, code: 'token_invalid' });
    });
  }
});

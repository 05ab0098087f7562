import { generateKeyPairSync, type KeyObject } from 'node:crypto';
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
import type { Received } from '../../../tools/service/http.ts';
import { createDatabase } from '../../support/postgres.ts';
import { jwtSecrets, startService, type Service, type TestUser } from '../../support/service.ts';

const makeEc = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const makeRsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const readContent = async (service: Service, token: string) =>
  (await service.asUser(token).get('/api/test/user')).status;
const refresh = (service: Service, refreshToken: string) =>
  service.asGuest.post('/api/auth/refresh', { refreshToken });
const jwksOf = async (service: Service) =>
  (await service.asGuest.get('/.well-known/jwks.json')).body.keys as JWK[];

describe('a service that signs with a private key', () => {
  const kinds: [string, () => KeyObject][] = [
    ['ES256', makeEc],
    ['RS256', makeRsa],
  ];
  for (const [algorithm, make] of kinds) {
    describe(`for ${algorithm}`, () => {
      let service: Service;
      let user: TestUser;
      let tokens: string[];
      before(async () => {
        service = await startService({ keys: { secrets: [], privateKeys: [make()] } });
        user = await service.newUser('moderator');
        const signedIn = await service.signIn(user);
        const refreshed = await refresh(service, signedIn.body.refreshToken);
        tokens = [signedIn.body.accessToken, refreshed.body.accessToken];
      });
      after(() => service.close());
      /** Verifies as another service does that knows only the address of the keys. */
      const verify = (token: string) =>
        jwtVerify(token, createRemoteJWKSet(new URL(`${service.url}/.well-known/jwks.json`)), {
          issuer: 'rolegate',
          algorithms: [algorithm],
        });

      it('lets other services verify its tokens, and read the name and the roles', async () => {
        for (const token of tokens) {
          const { payload } = await verify(token);
          expect(payload).to.include({ sub: String(user.id), username: user.username });
          expect(payload['roles']).to.deep.equal(['ROLE_USER', 'ROLE_MODERATOR']);
        }
      });

      it('names the published key in the token, by the thumbprint of the key', async () => {
        const [jwk] = await jwksOf(service);
        for (const token of tokens) {
          const { protectedHeader } = await verify(token);
          expect(protectedHeader).to.deep.equal({ alg: algorithm, typ: 'JWT', kid: jwk?.kid });
        }
        expect(jwk?.kid).to.equal(await calculateJwkThumbprint(jwk!));
      });

      it('accepts its own tokens', async () => {
        for (const token of tokens) expect(await readContent(service, token)).to.equal(200);
      });
    });
  }
});

describe('a service that signs with a secret', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('publishes no keys, as a key set that may be cached for five minutes', async () => {
    const answer = await service.asGuest.get('/.well-known/jwks.json');
    expect(answer.body).to.deep.equal({ keys: [] });
    expect(answer.headers['cache-control']).to.equal('public, max-age=300');
    expect(answer.headers['content-type']).to.match(/^application\/jwk-set\+json/);
  });

  it('puts neither the username nor the roles into a token', async () => {
    const { token } = await service.newUser();
    expect(jsonwebtoken.decode(token)).not.to.have.any.keys('username', 'roles');
  });
});

describe('a change of the signing key', () => {
  const [first, second] = [makeEc(), makeRsa()];
  const secrets = [jwtSecrets[0]!];
  /** The name of the change, the keys before it, and the keys after it. */
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
  for (const [what, old, current] of changes) {
    describe(`from ${what}`, () => {
      let service: Service;
      let user: TestUser;
      let next: Received;
      before(async () => {
        const databaseUrl = await createDatabase();
        const retired = await startService({ databaseUrl, keys: old });
        user = await retired.newUser();
        await retired.close();
        service = await startService({ databaseUrl, keys: current });
        next = await refresh(service, user.refreshToken);
      });
      after(() => service.close());

      it('keeps access tokens valid', async () => {
        expect(await readContent(service, user.token)).to.equal(200);
      });

      it('keeps refresh tokens valid, and gives new tokens for them that work', async () => {
        expect(next.status).to.equal(200);
        expect(await readContent(service, next.body.accessToken)).to.equal(200);
        expect((await refresh(service, next.body.refreshToken)).status).to.equal(200);
      });

      it('signs new access tokens with the new key', () => {
        const { kid } = decodeProtectedHeader(next.body.accessToken as string);
        expect(kid).not.to.equal(
          old.privateKeys.length > 0 ? decodeProtectedHeader(user.token).kid : 'none',
        );
      });

      it('publishes the public part of each private key', async () => {
        expect(await jwksOf(service)).to.have.lengthOf(current.privateKeys.length);
      });
    });
  }

  it('from a secret to a private key can go node by node, without signing users out', async () => {
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

  it('signs users out when the old key is removed at the same time', async () => {
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

import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { loadContract } from '../../src/contract/document.ts';
import { countStatements, heard } from '../support/callers.ts';
import {
  bearer,
  jwtSecrets,
  startService,
  type Service,
  type TestUser,
} from '../support/service.ts';

const paths = ['/api/test/user', '/api/test/mod', '/api/test/admin'];
/** Every operation that asks for a token. */
const secured = Object.entries(
  loadContract().document['paths'] as Record<string, Record<string, { security: unknown[] }>>,
).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([, { security }]) => security.length > 0)
    .map(([method]) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, '1') })),
);
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const [secret = '', olderSecret = ''] = jwtSecrets;

describe('tokens that are refused', () => {
  let service: Service;
  let user: TestUser;
  let other: TestUser;
  const start = Date.now();
  let now = start;
  before(async () => {
    service = await startService({ now: () => now });
    user = await service.newUser('moderator', 'admin');
    other = await service.newUser('moderator', 'admin');
  });
  after(() => service.close());
  beforeEach(() => {
    now = start;
  });

  const claims = () => ({
    sub: String(user.id),
    sid: user.sessionId,
    jti: 'x',
    iat: Math.floor(now / 1000),
    exp: Math.floor(now / 1000) + 60,
    iss: 'rolegate',
  });
  const signed = (changes: object, key = secret, header: object = { alg: 'HS256', typ: 'JWT' }) => {
    const content = `${encode(header)}.${encode({ ...claims(), ...changes })}`;
    return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
  };
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

  const forged: [string, () => string][] = [
    ['nonsense', () => 'nonsense'],
    ['three dots', () => '...'],
    ['another key', () => signed({}, 'a key that nobody here knows, however long')],
    ['alg none', () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`],
    ['alg none with a signature', () => signed({}, secret, { alg: 'none' })],
    ['alg in another case', () => signed({}, secret, { alg: 'hs256' })],
    ['HS512 with our own key', () => jsonwebtoken.sign(claims(), secret, { algorithm: 'HS512' })],
    ['RS256', () => jsonwebtoken.sign(claims(), rsa.privateKey, { algorithm: 'RS256' })],
    [
      'a changed payload',
      () => user.token.replace(/\.[^.]+\./, `.${encode({ ...claims(), sub: '1' })}.`),
    ],
    ['a cut signature', () => user.token.slice(0, -2)],
    ['another issuer', () => signed({ iss: 'somebody else' })],
    ['no issuer', () => signed({ iss: undefined })],
    ['no expiry', () => signed({ exp: undefined })],
    ['no session', () => signed({ sid: undefined })],
    ['a session that is none', () => signed({ sid: "' or 1=1" })],
    ["another's session", () => signed({ sid: other.sessionId })],
    ['a session that never was', () => signed({ sid: randomUUID() })],
    ['no id', () => signed({ jti: undefined })],
    ['no subject', () => signed({ sub: undefined })],
    ['a subject that is a word', () => signed({ sub: 'admin' })],
    ['a subject with SQL', () => signed({ sub: '1 or 1=1' })],
    ['a subject beyond all ids', () => signed({ sub: '9'.repeat(16) })],
    ['a subject that is a number', () => signed({ sub: 1 })],
    ['a token that is not yet valid', () => signed({ nbf: Math.floor(now / 1000) + 30 })],
    [
      'a payload that is no JSON',
      () =>
        `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from('{').toString('base64url')}.c2ln`,
    ],
    ['a payload that is a text', () => jsonwebtoken.sign('admin', secret)],
  ];
  for (const [what, make] of forged) {
    it(`refuses ${what}`, async () => {
      for (const operation of secured) {
        for (const headers of [bearer(make()), { 'x-access-token': make() }]) {
          const answer = await service.call({ ...operation, headers });
          expect(answer.body).to.include({
            status: 401,
            code: 'token_invalid',
            message: 'Unauthorized!',
          });
          expect(answer.headers['www-authenticate']).to.equal('Bearer error="invalid_token"');
        }
      }
    });
  }

  it('takes a token that an older secret signed, so that a new one signs nobody out', async () => {
    expect(
      (await service.call({ path: '/api/test/user', headers: bearer(signed({}, olderSecret)) }))
        .status,
    ).to.equal(200);
  });

  it('calls a genuine token that is too old expired, and takes it until then', async () => {
    now += 3_599_000;
    expect(
      (await service.call({ path: '/api/test/user', headers: bearer(user.token) })).status,
    ).to.equal(200);
    now += 2_000;
    for (const operation of secured) {
      const answer = await service.call({ ...operation, headers: bearer(user.token) });
      expect(answer.body).to.include({
        status: 401,
        code: 'token_expired',
        message: 'Unauthorized!',
      });
      expect(answer.headers['www-authenticate']).to.equal('Bearer error="invalid_token"');
    }
  });

  it('misses a token that is not there', async () => {
    for (const operation of secured) {
      for (const authorization of [
        undefined,
        '',
        'Bearer',
        'Bearer   ',
        `Basic ${user.token}`,
        user.token,
      ]) {
        const answer = await service.call({
          ...operation,
          headers: authorization === undefined ? {} : { authorization },
        });
        expect(answer.body, authorization).to.include({
          status: 401,
          code: 'token_missing',
          message: 'No token provided!',
        });
        expect(answer.headers['www-authenticate']).to.equal('Bearer');
      }
    }
  });

  it('judges the token before the query', async () => {
    expect((await service.call({ path: '/api/test/admin?x=1' })).status).to.equal(401);
    const { token } = await service.newUser();
    expect(
      (await service.call({ path: '/api/test/admin?x=1', headers: bearer(token) })).status,
    ).to.equal(403);
  });
});

describe('where a token may stand', () => {
  let service: Service;
  let user: TestUser;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const read = (headers: Record<string, string>) =>
    service.call({ path: '/api/test/admin', headers });

  it('reads either header', async () => {
    expect((await read(bearer(admin.token))).status).to.equal(200);
    expect((await read({ 'x-access-token': admin.token })).status).to.equal(200);
    expect((await read({ authorization: `bEARER  ${admin.token}` })).status).to.equal(200);
  });

  it('tells a missing role from a missing token in either header', async () => {
    for (const headers of [bearer(user.token), { 'x-access-token': user.token }]) {
      expect((await read(headers)).body).to.include({
        status: 403,
        code: 'role_required',
        message: 'Require Admin Role!',
      });
    }
  });

  it('lets the bearer token count where both are present, whatever it is worth', async () => {
    expect((await read({ ...bearer(user.token), 'x-access-token': admin.token })).status).to.equal(
      403,
    );
    expect((await read({ ...bearer('nonsense'), 'x-access-token': admin.token })).status).to.equal(
      401,
    );
    expect((await read({ ...bearer(admin.token), 'x-access-token': 'nonsense' })).status).to.equal(
      200,
    );
    expect(
      (await read({ authorization: 'Basic eDp5', 'x-access-token': admin.token })).status,
    ).to.equal(200);
  });
});

describe('what counts from the next request on', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const read = (token: string, path = '/api/test/mod') =>
    service.call({ path, headers: bearer(token) });

  it('a role that is granted or taken away', async () => {
    const { id, token } = await service.newUser();
    expect((await read(token)).status).to.equal(403);
    await service.repositories.users.grantRole(id, 'moderator');
    await heard();
    expect((await read(token)).status).to.equal(200);
    await service.repositories.users.revokeRole(id, 'moderator');
    await heard();
    expect((await read(token)).status).to.equal(403);
  });

  it('a user that is disabled: no access, no sign-in, and both again when enabled', async () => {
    const { id, token, username, password } = await service.newUser('moderator');
    const signIn = () =>
      service.call({ method: 'POST', path: '/api/auth/signin', body: { username, password } });
    await service.knex('users').where({ id }).update({ disabled_at: new Date() });
    await heard();
    expect((await read(token)).body).to.include({ status: 401, code: 'token_invalid' });
    expect((await signIn()).body).to.include({ status: 401, code: 'invalid_credentials' });
    await service.knex('users').where({ id }).update({ disabled_at: null });
    await heard();
    expect((await read(token)).status).to.equal(200);
    expect((await signIn()).status).to.equal(200);
  });

  it('a user that is deleted', async () => {
    const { id, token } = await service.newUser('moderator', 'admin');
    await service.knex('users').where({ id }).delete();
    await heard();
    for (const path of paths)
      expect((await read(token, path)).body).to.include({ status: 401, code: 'token_invalid' });
  });

  it('in one query at most', async () => {
    const { token } = await service.newUser('admin');
    await service.outbox.run(); // the mail of the sign-up asks the database, too
    expect(await countStatements(service, () => read(token, '/api/test/admin'))).to.equal(1);
  });
});

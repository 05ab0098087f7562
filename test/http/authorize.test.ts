import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { loadContract } from '../../src/contract/document.ts';
import {
  bearer,
  jwtSecrets,
  startService,
  type Service,
  type TestUser,
} from '../support/service.ts';

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

describe('every operation that needs a token', () => {
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
    ['that is nonsense', () => 'nonsense'],
    ['that is three dots', () => '...'],
    ['that another key signed', () => signed({}, 'a key that the service does not know')],
    [
      'with alg none and no signature',
      () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims())}.`,
    ],
    ['with alg none and a signature', () => signed({}, secret, { alg: 'none' })],
    ['with alg in lower case', () => signed({}, secret, { alg: 'hs256' })],
    [
      'with alg HS512 and our key',
      () => jsonwebtoken.sign(claims(), secret, { algorithm: 'HS512' }),
    ],
    ['with alg RS256', () => jsonwebtoken.sign(claims(), rsa.privateKey, { algorithm: 'RS256' })],
    [
      'with a changed payload',
      () => user.token.replace(/\.[^.]+\./, `.${encode({ ...claims(), sub: '1' })}.`),
    ],
    ['with a cut signature', () => user.token.slice(0, -2)],
    ['of another issuer', () => signed({ iss: 'another issuer' })],
    ['without an issuer', () => signed({ iss: undefined })],
    ['without an expiry', () => signed({ exp: undefined })],
    ['without a session', () => signed({ sid: undefined })],
    ['whose session is no UUID', () => signed({ sid: "' or 1=1" })],
    ["with another user's session", () => signed({ sid: other.sessionId })],
    ['with a session that never existed', () => signed({ sid: randomUUID() })],
    ['without an id', () => signed({ jti: undefined })],
    ['without a subject', () => signed({ sub: undefined })],
    ['whose subject is a word', () => signed({ sub: 'admin' })],
    ['whose subject holds SQL', () => signed({ sub: '1 or 1=1' })],
    ['whose subject is larger than any id', () => signed({ sub: '9'.repeat(16) })],
    ['whose subject is a number', () => signed({ sub: 1 })],
    ['that is not valid yet', () => signed({ nbf: Math.floor(now / 1000) + 30 })],
    [
      'whose payload is not JSON',
      () =>
        `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from('{').toString('base64url')}.c2ln`,
    ],
    ['whose payload is plain text', () => jsonwebtoken.sign('admin', secret)],
  ];
  for (const [what, make] of forged) {
    it(`refuses a token ${what}`, async () => {
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

  // A new secret must not sign users out.
  it('accepts a token that an older secret signed', async () => {
    const token = signed({}, olderSecret);
    expect((await service.asUser(token).get('/api/test/user')).status).to.equal(200);
  });

  it('accepts a token until one second before its expiry', async () => {
    now += 3_599_000;
    expect((await service.asUser(user).get('/api/test/user')).status).to.equal(200);
  });

  it('refuses a genuine token that has expired, with a code of its own', async () => {
    now += 3_601_000;
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

  it('answers token_missing to a request without a bearer token', async () => {
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

  it('checks that a token is there before it checks the query', async () => {
    expect((await service.asGuest.get('/api/test/admin?x=1')).status).to.equal(401);
  });

  it('checks the role before it checks the query', async () => {
    const client = service.asUser(await service.newUser());
    expect((await client.get('/api/test/admin?x=1')).status).to.equal(403);
  });
});

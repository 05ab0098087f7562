import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'chai';
import type { JWK } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { jwtSecrets, startService, type Service, type TestUser } from '../../support/service.ts';

// Key confusion: a token counts only with the key and the algorithm that its kid names.

const makeEc = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const makeRsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('an access token', () => {
  const [ec, rsa, foreign] = [makeEc(), makeRsa(), makeEc()];
  let service: Service;
  let user: TestUser;
  let kids: Record<string, string>;
  before(async () => {
    service = await startService({ keys: { secrets: [jwtSecrets[0]!], privateKeys: [ec, rsa] } });
    user = await service.newUser();
    const { keys } = (await service.asGuest.get('/.well-known/jwks.json')).body as { keys: JWK[] };
    kids = Object.fromEntries(keys.map(({ alg, kid }) => [alg, kid]));
  });
  after(() => service.close());
  const readWith = (token: string) => service.asUser(token).get('/api/test/user');

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

  it('is accepted when it is made with a real key of the service', async () => {
    expect((await readWith(signed(ec, { kid: kids['ES256'] }))).status).to.equal(200);
    expect((await readWith(signed(rsa, { kid: kids['RS256'] }, 'RS256'))).status).to.equal(200);
    expect((await readWith(hmac(jwtSecrets[0]!, {}))).status).to.equal(200);
  });

  const forged: [string, () => string][] = [
    [
      'a public key that is used as a secret, in the form PEM',
      () => hmac(publicOf(ec).export({ type: 'spki', format: 'pem' }), { kid: kids['ES256'] }),
    ],
    [
      'a public key that is used as a secret, in the form DER',
      () => hmac(publicOf(ec).export({ type: 'spki', format: 'der' }), { kid: kids['ES256'] }),
    ],
    [
      'a public key that is used as a secret, in the form JWK',
      () => hmac(JSON.stringify(publicOf(rsa).export({ format: 'jwk' })), { kid: kids['RS256'] }),
    ],
    ['an empty secret', () => hmac('', { kid: kids['ES256'] })],
    ['an unknown kid', () => signed(ec, { kid: 'x'.repeat(43) })],
    ['no kid', () => signed(ec, {})],
    ['a kid that is a list', () => signed(ec, { kid: [kids['ES256']] as never })],
    ['the kid of a key of another algorithm', () => signed(rsa, { kid: kids['ES256'] }, 'RS256')],
    [
      'the signature of a foreign key and the kid of ours',
      () => signed(foreign, { kid: kids['ES256'] }),
    ],
    [
      'a foreign key that the header contains',
      () =>
        signed(foreign, {
          kid: kids['ES256'],
          jwk: publicOf(foreign).export({ format: 'jwk' }) as never,
        }),
    ],
    [
      'a foreign key and an address of keys in the header',
      () => signed(foreign, { kid: kids['ES256'], jku: `${service.url}/.well-known/jwks.json` }),
    ],
    ['our RSA key and the algorithm RS384', () => signed(rsa, { kid: kids['RS256'] }, 'RS384')],
    ['our RSA key and the algorithm PS256', () => signed(rsa, { kid: kids['RS256'] }, 'PS256')],
    ['no signature', () => `${encode({ alg: 'none', kid: kids['ES256'] })}.${encode(claims())}.`],
  ];
  for (const [what, make] of forged) {
    it(`is refused with ${what}`, async () => {
      expect((await readWith(make())).body).to.include({ status: 401, code: 'token_invalid' });
    });
  }
});

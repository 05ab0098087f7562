import { expect } from 'chai';
import type { Received } from '../../tools/service/http.ts';
import { startService, type Service, newCredentials } from '../support/service.ts';

// Each breach of the contract is a 400 that names the member, and nothing is written. The client
// validates every answer against the contract.

const longLocal = 'a'.repeat(64);
const label = (length: number) => 'b'.repeat(length);
/** An address of the given length. */
const address = (length: number) => {
  const domain = `@${label(63)}.${label(63)}.${label(50)}`;
  return `${'a'.repeat(length - domain.length)}${domain}`;
};

function pathsOf({ body }: Received): string[] {
  return (body as { errors: { path: string }[] }).errors.map((breach) => breach.path);
}

const good = { username: 'abc', email: 'abc@example.com', password: 'r8#kX2pq' };

describe('signUp', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  /** Sends a string or bytes as they are. */
  const signUpRaw = (body: unknown, headers = {}) =>
    service.call({ method: 'POST', path: '/api/auth/signup', body, headers });

  const refused: [string, unknown, string][] = [
    ['a missing username', { email: good.email, password: good.password }, '/body/username'],
    ['a missing e-mail', { username: good.username, password: good.password }, '/body/email'],
    ['a missing password', { username: good.username, email: good.email }, '/body/password'],
    ['an extra member', { ...good, admin: true }, '/body/admin'],
    ['a member without a name', { ...good, '': 1 }, '/body/'],
    [
      'a member called __proto__',
      `{"__proto__":{"roles":["admin"]},${JSON.stringify(good).slice(1)}`,
      '/body/__proto__',
    ],
    ['a username that is a number', { ...good, username: 12345 }, '/body/username'],
    ['a username that is a list', { ...good, username: ['abc'] }, '/body/username'],
    ['a username that is null', { ...good, username: null }, '/body/username'],
    ['a username of 2 characters', { ...good, username: 'ab' }, '/body/username'],
    ['a username of 33 characters', { ...good, username: 'a'.repeat(33) }, '/body/username'],
    ['a username with a space', { ...good, username: 'a b c' }, '/body/username'],
    ['a username with a line break at its end', { ...good, username: 'abc\n' }, '/body/username'],
    ['a username with a letter beyond ASCII', { ...good, username: 'zoë' }, '/body/username'],
    ['a username with NUL', { ...good, username: 'abc\u0000' }, '/body/username'],
    [
      'a username with a lone surrogate',
      '{"username":"abc\\ud800","email":"a@b.c","password":"r8#kX2pq"}',
      '/body/username',
    ],
    ['an e-mail without @', { ...good, email: 'abc.example.com' }, '/body/email'],
    ['an e-mail with a space', { ...good, email: 'a b@example.com' }, '/body/email'],
    ['an e-mail with NUL', { ...good, email: 'a\u0000@example.com' }, '/body/email'],
    [
      'an e-mail with a line break',
      { ...good, email: 'a@example.com\nBcc: all@example.com' },
      '/body/email',
    ],
    ['an e-mail of 255 characters', { ...good, email: address(255) }, '/body/email'],
    ['an e-mail that is an object', { ...good, email: { at: 'x' } }, '/body/email'],
    ['a password of 7 characters', { ...good, password: '1234567' }, '/body/password'],
    ['a password of 73 ASCII characters', { ...good, password: 'p'.repeat(73) }, '/body/password'],
    [
      'a password of 37 characters in 74 bytes',
      { ...good, password: 'é'.repeat(37) },
      '/body/password',
    ],
    [
      'a password of 19 emoji in 76 bytes',
      { ...good, password: '🦊'.repeat(19) },
      '/body/password',
    ],
    ['a password with NUL', { ...good, password: '1234\u00005678' }, '/body/password'],
    [
      'a password with a lone surrogate',
      '{"username":"abc","email":"a@b.c","password":"1234567\\udc00"}',
      '/body/password',
    ],
    ['a password that is a number', { ...good, password: 12345678 }, '/body/password'],
    ['roles that are a text', { ...good, roles: 'user' }, '/body/roles'],
    ['a role that is none', { ...good, roles: ['superuser'] }, '/body/roles/0'],
    ['a role in another case', { ...good, roles: ['User'] }, '/body/roles/0'],
    ['a role that is a number', { ...good, roles: [1] }, '/body/roles/0'],
    ['a role twice', { ...good, roles: ['user', 'user'] }, '/body/roles'],
    ['four roles', { ...good, roles: ['user', 'user', 'user', 'user'] }, '/body/roles'],
    ['a list instead of an object', [good], '/body'],
    ['a text instead of an object', '"abc"', '/body'],
    ['null instead of an object', 'null', '/body'],
  ];
  for (const [what, body, path] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await signUpRaw(
        body,
        typeof body === 'string' ? { 'content-type': 'application/json' } : {},
      );
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(pathsOf(answer)).to.include(path);
      expect(answer.body.detail).to.contain(answer.body.errors[0].path);
      expect(await service.knex('users').count()).to.deep.equal([{ count: 0 }]);
    });
  }

  it('reports all breaches of the contract in one answer', async () => {
    const body = { username: 'a', email: 'b', password: 'c' };
    const answer = await service.asGuest.post('/api/auth/signup', body);
    expect(answer.body.errors).to.have.length.at.least(3);
  });

  it('reports twenty breaches at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`extra${index}`, 1]));
    const answer = await service.asGuest.post('/api/auth/signup', many);
    expect(answer.body.errors).to.have.lengthOf(20);
  });

  it('never repeats a refused password in its answer or in the log', async () => {
    const body = { ...good, password: 'hunter2' };
    const { text } = await service.asGuest.post('/api/auth/signup', body);
    expect(text).not.to.contain('hunter2');
    expect(JSON.stringify(service.log())).not.to.contain('hunter2');
  });

  const malformed: [string, string | Buffer][] = [
    ['an unfinished object', '{"username":'],
    ['no JSON at all', 'username=abc'],
    ['a trailing comma', '{"username":"abc",}'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('{"username":"ab'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ],
  ];
  for (const [what, body] of malformed) {
    it(`refuses ${what} as malformed`, async () => {
      const answer = await signUpRaw(body, { 'content-type': 'application/json' });
      expect(answer.body).to.include({
        status: 400,
        code: 'malformed_body',
        message: 'The body is not valid JSON, or not valid UTF-8.',
      });
    });
  }

  it('refuses a request without a body', async () => {
    const answer = await service.asGuest.post('/api/auth/signup');
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
  });

  it('refuses an empty body that is declared as JSON', async () => {
    const empty = await signUpRaw('', { 'content-type': 'application/json' });
    expect(empty.body).to.include({ status: 400, code: 'validation_failed' });
  });

  it('refuses an unknown query parameter', async () => {
    const answer = await service.asGuest.post('/api/auth/signup?role=admin', good);
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    expect(answer.body.errors[0].path).to.equal('/query/role');
  });

  for (const role of ['moderator', 'admin']) {
    it(`refuses a user that asks for the role ${role}, and creates no user`, async () => {
      const body = { ...newCredentials(), roles: ['user', role] };
      const answer = await service.asGuest.post('/api/auth/signup', body);
      expect(answer.body).to.include({
        status: 403,
        code: 'role_required',
        message: 'Require Admin Role!',
      });
      expect(await service.knex('users').count()).to.deep.equal([{ count: 0 }]);
    });
  }
});

const text72 = 'the lantern on the pier goes out when the last boat has come home at six';

describe('signUp at the bounds of its input', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const accepted: [string, object][] = [
    ['a username of 3 characters', { username: 'a-1' }],
    ['a username of 32 characters', { username: 'Az09_.-'.padEnd(32, 'x') }],
    ['an e-mail of 254 characters', { email: address(254) }],
    ['an e-mail with a long local part', { email: `${longLocal}+tag@example.com` }],
    ['a password of 8 characters', { password: 'r8#kX2pq' }],
    ['a password of 72 ASCII characters', { password: text72 }],
    [
      'a password of 36 characters in 72 bytes',
      { password: 'éàüößñçøåêâôûîëïÿæœđłğşžčřšťůýíóúąęŝ' },
    ],
    ['a password of 18 emoji in 72 bytes', { password: '🦊🐙🦉🐝🌵🍋🎻🚲🔭🧦🦊🐝🌵🐙🎻🍋🔭🚲' }],
    ['no roles', { roles: [] }],
    ['the role user', { roles: ['user'] }],
  ];
  for (const [what, member] of accepted) {
    it(`accepts ${what}, and the new user can sign in`, async () => {
      const body = { ...newCredentials(), ...member };
      expect((await service.asGuest.post('/api/auth/signup', body)).status).to.equal(201);
      expect((await service.signIn(body)).status).to.equal(200);
    });
  }

  it('distinguishes two passwords that differ only in their 72nd byte', async () => {
    const body = { ...newCredentials(), password: `${text72.slice(0, 71)}a` };
    await service.asGuest.post('/api/auth/signup', body);
    const wrong = { username: body.username, password: `${text72.slice(0, 71)}b` };
    expect((await service.signIn(wrong)).status).to.equal(401);
  });
});

import { expect } from 'chai';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';
import { slowness } from '../support/slowness.ts';

// As in bad-input.test.ts: each breach is a 400 that names the wrong part, and nothing changes.

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const good = { username: 'bob', email: 'bob@example.com', password: 'violin harbour lantern' };

describe('bad input to the operations on users', () => {
  let service: Service;
  let admin: TestUser;
  let user: TestUser;
  let untouched: unknown;
  const everything = async () => ({
    users: await service.knex('users').orderBy('id'),
    roles: await service.knex('user_roles').orderBy(['user_id', 'role_id']),
    events: await service.knex('audit_events').orderBy('id'),
    live: await service.knex('sessions').whereNull('ended_at').count(),
  });
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
    user = await service.newUser();
    untouched = await everything();
  });
  after(async () => {
    expect(await everything(), 'nothing has changed').to.deep.equal(untouched);
    await service.close();
  });
  /** Sends any method, and a string as it is: malformed JSON, or a form. */
  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    service.call({
      method,
      path: `/api/users${path}`,
      headers: { ...bearer(admin.token), ...(typeof body === 'string' ? json : {}), ...headers },
      ...(body !== undefined && { body }),
    });
  const refuses = (answer: Awaited<ReturnType<typeof send>>, path: string) => {
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    expect(answer.body.errors[0].path).to.equal(path);
    expect(answer.body.detail).to.contain(path);
  };

  const ids = [
    ...'0 -1 1.5 1.0 1e0 0x1 01 %2B1 %201 1%20 x NaN null %00 9007199254740992'.split(' '),
    '1'.repeat(400),
  ];
  const named: [string, string, object | undefined][] = [
    ['GET', '', undefined],
    ['PATCH', '', { disabled: true }],
    ['DELETE', '', undefined],
    ['PUT', '/roles', { roles: ['user'] }],
    ['GET', '/sessions', undefined],
    ['DELETE', '/sessions', undefined],
  ];
  for (const [method, path, body] of named) {
    const name = `${method} /api/users/{userId}${path}`;

    it(`${name} refuses an id that is not a positive integer`, async () => {
      for (const id of ids) refuses(await send(method, `/${id}${path}`, body), '/params/userId');
    });

    it(`${name} finds no user with an unused or undecodable id`, async () => {
      for (const id of ['9007199254740991', '%ff']) {
        expect((await send(method, `/${id}${path}`, body)).body).to.include({
          status: 404,
          code: 'not_found',
        });
      }
    });
  }

  const tags = [
    '',
    '1',
    '"1',
    '1"',
    "'1'",
    '"1" "2"',
    '*, "1"',
    '**',
    'w/"1"',
    'W/1',
    '"a b"',
    '"a"b"',
    ',',
    `"${'x'.repeat(1000)}"`,
  ];
  for (const [method, path, body] of named.filter(
    ([verb, at]) => verb !== 'GET' && at !== '/sessions',
  )) {
    it(`${method} /api/users/{userId}${path} refuses an If-Match without entity tags`, async () => {
      for (const tag of tags)
        refuses(await send(method, `/1${path}`, body, { 'if-match': tag }), '/headers/if-match');
    });
  }

  it('refuses a long malformed If-Match quickly', async () => {
    const start = performance.now();
    for (const tag of [
      ' '.repeat(900) + '"',
      ', '.repeat(450) + '"',
      '"",'.repeat(300) + '"',
      'W/'.repeat(450),
    ]) {
      const headers = { 'if-match': tag };
      refuses(
        await service.asUser(admin).delete('/api/users/1', undefined, { headers }),
        '/headers/if-match',
      );
    }
    expect(performance.now() - start).to.be.below(1_000 * slowness());
  });

  const bodies: [string, string, string, unknown, string][] = [
    ['createUser', 'POST', '', {}, '/body/username'],
    ['createUser', 'POST', '', { ...good, username: 'ab' }, '/body/username'],
    ['createUser', 'POST', '', { ...good, username: 'abc\u0000' }, '/body/username'],
    ['createUser', 'POST', '', { ...good, email: 'bob' }, '/body/email'],
    ['createUser', 'POST', '', { ...good, password: 'é'.repeat(37) }, '/body/password'],
    [
      'createUser',
      'POST',
      '',
      '{"username":"bob","email":"bob@example.com","password":"r8#kX2p\\ud800"}',
      '/body/password',
    ],
    ['createUser', 'POST', '', { ...good, roles: ['root'] }, '/body/roles/0'],
    ['createUser', 'POST', '', { ...good, roles: ['admin', 'admin'] }, '/body/roles'],
    ['createUser', 'POST', '', { ...good, roles: 'admin' }, '/body/roles'],
    ['createUser', 'POST', '', { ...good, roles: null }, '/body/roles'],
    ['createUser', 'POST', '', { ...good, disabled: true }, '/body/disabled'],
    ['createUser', 'POST', '', { ...good, id: 1 }, '/body/id'],
    ['setUserRoles', 'PUT', '/1/roles', {}, '/body/roles'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: null }, '/body/roles'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: 'user' }, '/body/roles'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: { 0: 'user' } }, '/body/roles'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: ['ROLE_USER'] }, '/body/roles/0'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: ['admin\u0000'] }, '/body/roles/0'],
    ['setUserRoles', 'PUT', '/1/roles', '{"roles":["\\ud800"]}', '/body/roles/0'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: [['admin']] }, '/body/roles/0'],
    ['setUserRoles', 'PUT', '/1/roles', { roles: ['user', 'user'] }, '/body/roles'],
    [
      'setUserRoles',
      'PUT',
      '/1/roles',
      { roles: ['user', 'moderator', 'admin', 'user'] },
      '/body/roles',
    ],
    ['updateUser', 'PATCH', '/1', {}, '/body/disabled'],
    ['updateUser', 'PATCH', '/1', { disabled: null }, '/body/disabled'],
    ['updateUser', 'PATCH', '/1', { disabled: 'true' }, '/body/disabled'],
    ['updateUser', 'PATCH', '/1', { disabled: 1 }, '/body/disabled'],
    ['updateUser', 'PATCH', '/1', { disabled: [true] }, '/body/disabled'],
    ['updateUser', 'PATCH', '/1', { disabled: true, username: 'bob' }, '/body/username'],
  ];
  for (const [name, method, path, body, where] of bodies) {
    it(`${name} refuses ${JSON.stringify(body).slice(0, 90)}`, async () => {
      refuses(await send(method, path, body), where);
    });
  }

  const forms: [string, string, string, string, string][] = [
    ['updateUser', 'PATCH', '/1', 'disabled=1', '/body/disabled'],
    ['updateUser', 'PATCH', '/1', 'disabled=True', '/body/disabled'],
    ['updateUser', 'PATCH', '/1', 'disabled=true&disabled=false', '/body/disabled'],
    ['setUserRoles', 'PUT', '/1/roles', '', '/body/roles'],
    ['setUserRoles', 'PUT', '/1/roles', 'roles=', '/body/roles/0'],
    [
      'createUser',
      'POST',
      '',
      'username=bob&email=bob%40example.com&password=r8kX2pqv%00',
      '/body/password',
    ],
  ];
  for (const [name, method, path, body, where] of forms) {
    it(`${name} refuses the form ${body || 'without members'}`, async () => {
      refuses(await send(method, path, body, form), where);
    });
  }

  it('getUser checks that a token is there before it checks the id', async () => {
    expect((await service.asGuest.get('/api/users/0x1')).body).to.include({
      status: 401,
      code: 'token_missing',
    });
  });

  it('getUser checks the role before it checks the id', async () => {
    expect((await service.asUser(user).get('/api/users/0x1')).body.code).to.equal('role_required');
  });

  it('updateUser checks the body before it looks for the user', async () => {
    refuses(
      await service.asUser(admin).patch('/api/users/4711', { disabled: 'x' }),
      '/body/disabled',
    );
  });
});

import { expect } from 'chai';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const good = { currentPassword: 'correct horse battery', newPassword: 'violin harbour lantern' };
/** A well-formed id that no session has. */
const unusedId = '0b6ff0c5-5a3b-4a3f-9d7e-1f2d3c4b5a69';

// As in bad-input.test.ts: each breach is a 400 that names the member, and nothing changes.

describe('bad input to the operations on the account', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
  });
  after(() => service.close());
  /** Sends any method, and a string as it is: malformed JSON, or a form. */
  const send = (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ) =>
    service.call({
      method,
      path: `/api/account${path}`,
      body,
      headers: { ...bearer(user.token), ...(typeof body === 'string' ? json : {}), ...headers },
    });
  afterEach(async () => {
    expect((await service.signIn(user)).status, 'nothing has changed').to.equal(200);
  });

  const change: [string, unknown, string][] = [
    ['no members', {}, '/body/currentPassword'],
    ['no body', undefined, '/body'],
    ['a missing current password', { newPassword: good.newPassword }, '/body/currentPassword'],
    ['a missing new password', { currentPassword: good.currentPassword }, '/body/newPassword'],
    ['an extra member', { ...good, userId: 1 }, '/body/userId'],
    ['an empty current password', { ...good, currentPassword: '' }, '/body/currentPassword'],
    [
      'a current password that is a number',
      { ...good, currentPassword: 1 },
      '/body/currentPassword',
    ],
    [
      'a current password that is an object',
      { ...good, currentPassword: { $ne: '' } },
      '/body/currentPassword',
    ],
    [
      'a current password of 73 characters',
      { ...good, currentPassword: 'p'.repeat(73) },
      '/body/currentPassword',
    ],
    [
      'a current password of 74 bytes in 37 characters',
      { ...good, currentPassword: 'é'.repeat(37) },
      '/body/currentPassword',
    ],
    [
      'a current password with NUL',
      { ...good, currentPassword: 'x\u0000' },
      '/body/currentPassword',
    ],
    [
      'a current password with a lone surrogate',
      '{"currentPassword":"\\ud800","newPassword":"r8#kX2pq"}',
      '/body/currentPassword',
    ],
    ['a new password of 7 characters', { ...good, newPassword: 'r8#kX2p' }, '/body/newPassword'],
    [
      'a new password of 73 characters',
      { ...good, newPassword: 'p'.repeat(73) },
      '/body/newPassword',
    ],
    [
      'a new password of 74 bytes in 37 characters',
      { ...good, newPassword: 'é'.repeat(37) },
      '/body/newPassword',
    ],
    ['a new password with NUL', { ...good, newPassword: 'r8#k\u0000X2pq' }, '/body/newPassword'],
    [
      'a new password with a lone surrogate',
      '{"currentPassword":"x","newPassword":"r8#kX2p\\udc00"}',
      '/body/newPassword',
    ],
    ['a new password that is null', { ...good, newPassword: null }, '/body/newPassword'],
    [
      'a new password that is a list',
      { ...good, newPassword: [good.newPassword] },
      '/body/newPassword',
    ],
    ['a list instead of an object', [good], '/body'],
    ['a text instead of an object', '"x"', '/body'],
  ];
  const remove: [string, unknown, string][] = [
    ['no members', {}, '/body/password'],
    ['no body', undefined, '/body'],
    ['an extra member', { password: 'x', sure: true }, '/body/sure'],
    ['an empty password', { password: '' }, '/body/password'],
    ['a password that is true', { password: true }, '/body/password'],
    ['a password that is null', { password: null }, '/body/password'],
    ['a password of 73 characters', { password: 'p'.repeat(73) }, '/body/password'],
    ['a password of 76 bytes in 19 emoji', { password: '🦊'.repeat(19) }, '/body/password'],
    ['a password with NUL', { password: 'x\u0000' }, '/body/password'],
    ['a password with a lone surrogate', '{"password":"\\udfff"}', '/body/password'],
    ['null instead of an object', 'null', '/body'],
  ];
  const cases = [
    { name: 'changePassword', method: 'PUT', at: '/password', bodies: change },
    { name: 'deleteAccount', method: 'DELETE', at: '', bodies: remove },
  ];
  for (const { name, method, at, bodies } of cases) {
    for (const [what, body, path] of bodies) {
      it(`${name} refuses ${what}`, async () => {
        const answer = await send(method, at, body);
        expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
        expect(answer.body.errors[0].path).to.satisfy((found: string) => found.startsWith(path));
      });
    }
  }

  const forms: [string, string, string, string, string][] = [
    [
      'changePassword',
      'PUT',
      '/password',
      'currentPassword=a&currentPassword=b&newPassword=r8kX2pqv',
      '/body/currentPassword',
    ],
    [
      'changePassword',
      'PUT',
      '/password',
      'currentPassword=a&newPassword=r8kX2pq%00',
      '/body/newPassword',
    ],
    ['changePassword', 'PUT', '/password', 'currentPassword[x]=a&newPassword=r8kX2pqv', '/body'],
    ['deleteAccount', 'DELETE', '', 'password=a&password=b', '/body/password'],
    ['deleteAccount', 'DELETE', '', 'password=%00', '/body/password'],
    ['deleteAccount', 'DELETE', '', '', '/body/password'],
  ];
  for (const [name, method, at, body, path] of forms) {
    it(`${name} refuses the form ${body || 'without members'}`, async () => {
      const answer = await send(method, at, body, form);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors[0].path).to.satisfy((found: string) => found.startsWith(path));
    });
  }

  for (const id of [
    '1',
    'x'.repeat(36),
    unusedId.toUpperCase(),
    `${unusedId}0`,
    "'%20or%201=1",
    '%00',
  ]) {
    it(`endSession refuses the id ${id}`, async () => {
      const answer = await service.asUser(user).delete(`/api/account/sessions/${id}`);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors[0].path).to.equal('/params/sessionId');
    });
  }

  it('endSession finds no session under an id that is not percent-encoded UTF-8', async () => {
    expect((await service.asUser(user).delete('/api/account/sessions/%ff')).body).to.include({
      status: 404,
      code: 'not_found',
    });
  });
});

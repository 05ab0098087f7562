import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../support/service.ts';

// Which passwords are weak is in test/domain/password-policy.test.ts; here is what an answer says of it.

describe('a weak password at signUp', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const weak: [string, object, string][] = [
    ['that everyone uses', { password: 'qwerty123456' }, 'This is a commonly used password.'],
    [
      'that holds the username',
      { username: 'violet', password: 'blue VIOLET 27 sky' },
      'This password holds the username.',
    ],
    [
      'that holds the local part of the e-mail address',
      { email: 'lan.tern@example.com', password: 'my lan.tern burns' },
      'This password holds the part of the e-mail address before the @.',
    ],
  ];
  for (const [what, member, message] of weak) {
    it(`is one ${what}; the answer says why without repeating it`, async () => {
      const body = { ...newCredentials(), ...member };
      const answer = await service.call({ method: 'POST', path: '/api/auth/signup', body });
      expect(answer.body).to.include({
        status: 400,
        code: 'weak_password',
        message,
        detail: message,
      });
      expect(answer.body.errors).to.deep.equal([{ path: '/body/password', message }]);
      expect(answer.text + JSON.stringify(service.log())).not.to.contain(body.password);
      expect(await service.knex('users').count()).to.deep.equal([{ count: 0 }]);
    });
  }
});

describe('a weak password at changePassword', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
  });
  after(() => service.close());
  const change = (currentPassword: string, newPassword: string) =>
    service.call({
      method: 'PUT',
      path: '/api/account/password',
      body: { currentPassword, newPassword },
      headers: bearer(user.token),
    });

  it('is named as the member that it came in, and the old one stays', async () => {
    for (const [newPassword, message] of [
      ['qwerty123456', 'This is a commonly used password.'],
      [`my ${user.username.toUpperCase()} 12`, 'This password holds the username.'],
    ] as const) {
      const answer = await change(user.password, newPassword);
      expect(answer.body).to.include({ status: 400, code: 'weak_password', message });
      expect(answer.body.errors).to.deep.equal([{ path: '/body/newPassword', message }]);
      expect(answer.text + JSON.stringify(service.log())).not.to.contain(newPassword);
    }
    const { username, password } = user;
    const signIn = await service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
    expect(signIn.status).to.equal(200);
  });

  it('is judged after the current one', async () => {
    expect((await change('wrong', 'qwerty123456')).body).to.include({
      status: 403,
      code: 'password_wrong',
    });
  });

  it('is nothing to a sign-in: whoever has one may go on, and change it', async () => {
    const { id, username } = user;
    await service.repositories.users.setPasswordHash(id, await bcrypt.hash('password', 4));
    const signIn = await service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password: 'password' },
    });
    expect(signIn.status).to.equal(200);
    expect((await change('password', 'violin harbour lantern')).status).to.equal(204);
  });
});

import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import { newCredentials, startService, type Service, type TestUser } from '../support/service.ts';

// How an answer reports a weak password. test/domain/ tests which passwords are weak.

describe('signUp', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const weak: [string, object, string][] = [
    ['that many people use', { password: 'qwerty123456' }, 'This is a commonly used password.'],
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
    const body = { ...newCredentials(), ...member };

    it(`refuses a password ${what}, and says why`, async () => {
      const answer = await service.asGuest.post('/api/auth/signup', body);
      expect(answer.body).to.include({
        status: 400,
        code: 'weak_password',
        message,
        detail: message,
      });
      expect(answer.body.errors).to.deep.equal([{ path: '/body/password', message }]);
    });

    it(`neither repeats nor logs a refused password ${what}, and creates no user`, async () => {
      const answer = await service.asGuest.post('/api/auth/signup', body);
      expect(answer.text + JSON.stringify(service.log())).not.to.contain(body.password);
      expect(await service.knex('users').count()).to.deep.equal([{ count: 0 }]);
    });
  }
});

describe('changePassword', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
  });
  after(() => service.close());
  const change = (currentPassword: string, newPassword: string) =>
    service.asUser(user).put('/api/account/password', { currentPassword, newPassword });
  const weakPasswords = () =>
    [
      ['qwerty123456', 'This is a commonly used password.'],
      [`my ${user.username.toUpperCase()} 12`, 'This password holds the username.'],
    ] as const;

  it('refuses a weak new password, names its member and says why', async () => {
    for (const [newPassword, message] of weakPasswords()) {
      const answer = await change(user.password, newPassword);
      expect(answer.body).to.include({ status: 400, code: 'weak_password', message });
      expect(answer.body.errors).to.deep.equal([{ path: '/body/newPassword', message }]);
    }
  });

  it('neither repeats nor logs a weak new password', async () => {
    for (const [newPassword] of weakPasswords()) {
      const answer = await change(user.password, newPassword);
      expect(answer.text + JSON.stringify(service.log())).not.to.contain(newPassword);
    }
  });

  it('keeps the old password when it refuses the new one', async () => {
    for (const [newPassword] of weakPasswords()) await change(user.password, newPassword);
    expect((await service.signIn(user)).status).to.equal(200);
  });

  it('checks the current password before it judges the new one', async () => {
    expect((await change('wrong', 'qwerty123456')).body).to.include({
      status: 403,
      code: 'password_wrong',
    });
  });
});

describe('a user whose current password is weak', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
    await service.repositories.users.setPasswordHash(user.id, await bcrypt.hash('password', 4));
  });
  after(() => service.close());

  it('can sign in', async () => {
    const { username } = user;
    expect((await service.signIn({ username, password: 'password' })).status).to.equal(200);
  });

  it('can change it to a strong password', async () => {
    const body = { currentPassword: 'password', newPassword: 'violin harbour lantern' };
    expect((await service.asUser(user).put('/api/account/password', body)).status).to.equal(200);
  });
});

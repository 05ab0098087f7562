import { expect } from 'chai';
import { newCredentials, startService, type Service } from '../support/service.ts';

// Which passwords are weak is in test/domain/password-policy.test.ts; here is what an answer says of it.

describe('a weak password at signUp', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const weak: [string, object, string][] = [
    ['that everyone uses', { password: 'qwerty123456' }, 'This is a commonly used password.'],
    ['that holds the username', { username: 'violet', password: 'blue VIOLET 27 sky' }, 'This password holds the username.'],
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
      expect(answer.body).to.include({ status: 400, code: 'weak_password', message, detail: message });
      expect(answer.body.errors).to.deep.equal([{ path: '/body/password', message }]);
      expect(answer.text + JSON.stringify(service.log())).not.to.contain(body.password);
      expect(await service.knex('users').count()).to.deep.equal([{ count: 0 }]);
    });
  }
});

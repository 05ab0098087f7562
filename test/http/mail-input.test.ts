import { expect } from 'chai';
import { askForReset, newPassword, reset } from '../support/mail.ts';
import { startService, type Service, type TestUser } from '../support/service.ts';
import { startMailServer, type MailServer } from '../support/smtp.ts';

describe('input to the mail operations', () => {
  let server: MailServer;
  let service: Service;
  before(async () => {
    server = await startMailServer();
    service = await startService({ config: { smtpUrl: server.url } });
  });
  after(async () => {
    await service.close();
    await server.close();
  });

  const long = 'p'.repeat(73);
  const good = { token: 'A', newPassword };
  const bad: [string, string, unknown, string][] = [
    ...['password-reset/request', 'email-verification/request'].flatMap(
      (path): [string, string, unknown, string][] => [
        ['no address', path, {}, '/body/email'],
        ['an address without @', path, { email: 'abc' }, '/body/email'],
        [
          'an address of 255 characters',
          path,
          { email: `${'a'.repeat(243)}@example.com` },
          '/body/email',
        ],
        [
          'an address with a line break',
          path,
          { email: 'a@example.com\r\nBcc: b@example.com' },
          '/body/email',
        ],
        ['two addresses', path, { email: 'a@example.com,b@example.com' }, '/body/email'],
        ['an address with NUL', path, { email: 'a\u0000@example.com' }, '/body/email'],
        [
          'an address with a lone surrogate',
          path,
          '{"email":"a\\ud800@example.com"}',
          '/body/email',
        ],
        ['a list of addresses', path, { email: ['a@example.com'] }, '/body/email'],
        [
          'a form with two addresses',
          path,
          new URLSearchParams('email=a@b.c&email=d@e.f'),
          '/body/email',
        ],
      ],
    ),
    ...['password-reset', 'email-verification'].flatMap(
      (path): [string, string, unknown, string][] => {
        const rest = path === 'password-reset' ? { newPassword } : {};
        return [
          ['no token', path, rest, '/body/token'],
          ['an empty token', path, { ...rest, token: '' }, '/body/token'],
          ['a token of 257 characters', path, { ...rest, token: 'A'.repeat(257) }, '/body/token'],
          ['a token with NUL', path, { ...rest, token: 'A\u0000' }, '/body/token'],
          ['a token that is a number', path, { ...rest, token: 1 }, '/body/token'],
          ['a token with a lone surrogate', path, `{"token":"\\ud800"}`, '/body/token'],
          [
            'a form with two tokens',
            path,
            new URLSearchParams('token=A&token=B&newPassword=12345678'),
            '/body/token',
          ],
        ];
      },
    ),
    ['no new password', 'password-reset', { token: 'A' }, '/body/newPassword'],
    [
      'a new password of 7 characters',
      'password-reset',
      { ...good, newPassword: '1234567' },
      '/body/newPassword',
    ],
    [
      'a new password of 73 characters',
      'password-reset',
      { ...good, newPassword: long },
      '/body/newPassword',
    ],
    [
      'a new password with NUL',
      'password-reset',
      { ...good, newPassword: '1234\u00005678' },
      '/body/newPassword',
    ],
    [
      'a new password with a lone surrogate',
      'password-reset',
      '{"token":"A","newPassword":"1234567\\udc00"}',
      '/body/newPassword',
    ],
    [
      'a new password that is a number',
      'password-reset',
      { ...good, newPassword: 12345678 },
      '/body/newPassword',
    ],
  ];
  for (const [what, path, body, member] of bad) {
    it(`is refused at ${path} when it holds ${what}`, async () => {
      const isForm = body instanceof URLSearchParams;
      const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
      const sent = { method: 'POST', path: `/api/auth/${path}`, headers: { 'content-type': type } };
      const answer = await service.call({ ...sent, body: isForm ? body.toString() : body });
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect((answer.body.errors as { path: string }[]).map((breach) => breach.path)).to.include(
        member,
      );
    });
  }

  describe('a password reset with a refused password', () => {
    const longest = 'violin harbour lantern gravel mitten orchid saddle tundra pewter quil é';
    let user: TestUser;
    let token: string;
    beforeEach(async () => {
      user = await service.newUser();
      await askForReset(service, user.email);
      await service.outbox.run();
      ({ token } = server.mails.at(-1)!);
    });
    const resetWeakly = async () => {
      const answers = [];
      for (const weak of ['password123', `${user.username}!`])
        answers.push(await reset(service, token, weak));
      return answers;
    };

    it('names the member when the new password has more than 72 bytes', async () => {
      expect(Buffer.byteLength(longest)).to.equal(72);
      const answer = await reset(service, token, `${longest}x`);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors[0].path).to.equal('/body/newPassword');
    });

    it('keeps the token valid after a password of 73 bytes, for one of 72 bytes', async () => {
      await reset(service, token, `${longest}x`);
      expect((await reset(service, token, longest)).status).to.equal(204);
    });

    it('names the member when the new password is weak', async () => {
      for (const answer of await resetWeakly()) {
        expect(answer.body).to.include({ status: 400, code: 'weak_password' });
        expect(answer.body.errors[0].path).to.equal('/body/newPassword');
      }
    });

    it('keeps the token valid after a weak password, for a strong one', async () => {
      await resetWeakly();
      expect((await reset(service, token, 'violin harbour lantern')).status).to.equal(204);
    });
  });

  describe('as a form', () => {
    let user: TestUser;
    beforeEach(async () => {
      user = await service.newUser();
      await service.outbox.run();
    });
    const form = (path: string, members: Record<string, string>) =>
      service.call({
        method: 'POST',
        path: `/api/auth/${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(members).toString(),
      });
    const mailsToUser = async () => {
      await service.outbox.run();
      return server.mails.filter(({ to }) => to.includes(user.email));
    };

    it('requests and completes the verification of an e-mail address', async () => {
      const request = await form('email-verification/request', { email: user.email });
      expect(request.status).to.equal(202);
      const { token } = (await mailsToUser())[0]!;
      expect((await form('email-verification', { token })).status).to.equal(204);
    });

    it('requests and completes the reset of a password', async () => {
      const request = await form('password-reset/request', { email: user.email });
      expect(request.status).to.equal(202);
      const { token } = (await mailsToUser())[1]!;
      expect((await form('password-reset', { token, newPassword })).status).to.equal(204);
    });
  });
});

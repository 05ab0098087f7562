import { expect } from 'chai';
import { askForReset, newPassword, reset } from '../support/mail.ts';
import { startService, type Service } from '../support/service.ts';
import { startMailServer, type MailServer } from '../support/smtp.ts';

describe('input to the operations around mail', () => {
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
    it(`refuses ${what}, at ${path}`, async () => {
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

  it('refuses a new password over 72 bytes, keeps the token then, and takes a password of just that size', async () => {
    await askForReset(service, (await service.newUser()).email);
    await service.outbox.run();
    const { token } = server.mails.at(-1)!;
    const longest = 'violin harbour lantern gravel mitten orchid saddle tundra pewter quil é';
    expect(Buffer.byteLength(longest)).to.equal(72);
    const answer = await reset(service, token, `${longest}x`);
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    expect(answer.body.errors[0].path).to.equal('/body/newPassword');
    expect((await reset(service, token, longest)).status).to.equal(204);
  });

  it('refuses a weak new password, and keeps the token then', async () => {
    const user = await service.newUser();
    await askForReset(service, user.email);
    await service.outbox.run();
    const { token } = server.mails.at(-1)!;
    for (const weak of ['password123', `${user.username}!`]) {
      const answer = await reset(service, token, weak);
      expect(answer.body).to.include({ status: 400, code: 'weak_password' });
      expect(answer.body.errors[0].path).to.equal('/body/newPassword');
    }
    expect((await reset(service, token, 'violin harbour lantern')).status).to.equal(204);
  });

  it('takes forms', async () => {
    const user = await service.newUser();
    await service.outbox.run();
    const form = (path: string, members: Record<string, string>) =>
      service.call({
        method: 'POST',
        path: `/api/auth/${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(members).toString(),
      });
    expect((await form('password-reset/request', { email: user.email })).status).to.equal(202);
    expect((await form('email-verification/request', { email: user.email })).status).to.equal(202);
    await service.outbox.run();
    const [verification, password] = server.mails.filter(({ to }) => to.includes(user.email));
    expect((await form('email-verification', { token: verification!.token })).status).to.equal(204);
    expect((await form('password-reset', { token: password!.token, newPassword })).status).to.equal(
      204,
    );
  });
});

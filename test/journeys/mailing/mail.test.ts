import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  askForLink,
  askForReset,
  minute,
  newPassword,
  post,
  refusal,
  reset,
  signIn,
  verify,
} from '../../support/mail.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

const start = Date.UTC(2026, 10, 25);

describe('a link in a mail', () => {
  let now = start;
  let server: MailServer;
  let service: Service;
  let user: TestUser;
  before(async () => {
    server = await startMailServer();
    service = await startService({
      now: () => now,
      config: { smtpUrl: server.url, appUrl: 'https://app.example.com/go' },
    });
  });
  after(async () => {
    await service.close();
    await server.close();
  });
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
    await service.outbox.run();
  });
  const mailsTo = ({ email }: { email: string }) =>
    server.mails.filter(({ to }) => to.includes(email));
  const verifiedAt = async ({ id }: TestUser) =>
    (await service.repositories.users.findById(id))?.emailVerifiedAt;
  /** The token of the newest link to a new password. */
  const resetToken = async (of: TestUser = user) => {
    expect((await askForReset(service, of.email)).status).to.equal(202);
    await service.outbox.run();
    return mailsTo(of).at(-1)!.token;
  };

  it('comes with a sign-up, and verifies the address once', async () => {
    const [mail, ...others] = mailsTo(user);
    expect(others).to.deep.equal([]);
    expect(mail).to.deep.include({
      from: 'no-reply@example.com',
      to: [user.email],
      link: 'https://app.example.com/go/verify-email',
    });
    expect(mail!.headers).to.include({
      subject: 'Verify your e-mail address',
      'auto-submitted': 'auto-generated',
    });
    expect(mail!.text).to.contain(`Hello ${user.username},`).and.contain('for 1 day.');
    expect(await verifiedAt(user)).to.equal(null);
    expect((await verify(service, mail!.token)).status).to.equal(204);
    expect(await verifiedAt(user)).to.deep.equal(new Date(now));
    expect((await verify(service, mail!.token)).body).to.include(refusal);
  });

  it('comes when an admin creates the user, too', async () => {
    const admin = await service.newUser('admin');
    const credentials = newCredentials();
    const headers = bearer(admin.token);
    expect(
      (await service.call({ method: 'POST', path: '/api/users', body: credentials, headers }))
        .status,
    ).to.equal(201);
    await service.outbox.run();
    const [mail] = mailsTo(credentials);
    expect((await verify(service, mail!.token)).status).to.equal(204);
  });

  it('is not sent for a sign-up that failed', async () => {
    const { email } = newCredentials();
    expect(
      (await post(service, 'signup', { ...newCredentials(), username: user.username, email }))
        .status,
    ).to.equal(400);
    await service.outbox.run();
    expect(mailsTo({ email })).to.deep.equal([]);
  });

  it('sets a new password once: the old one and all sessions are over, and the address is verified', async () => {
    const other = (await signIn(service, user)).body;
    const token = await resetToken();
    const mail = mailsTo(user).at(-1)!;
    expect(mail).to.deep.include({
      to: [user.email],
      link: 'https://app.example.com/go/reset-password',
    });
    expect(mail.headers).to.include({ subject: 'Set a new password' });
    expect(mail.text).to.contain('for 1 hour.');

    expect((await reset(service, token)).status).to.equal(204);
    expect((await signIn(service, user)).body).to.include({
      status: 401,
      code: 'invalid_credentials',
    });
    expect((await signIn(service, { ...user, password: newPassword })).status).to.equal(200);
    for (const { accessToken, refreshToken } of [
      other,
      { accessToken: user.token, refreshToken: user.refreshToken },
    ]) {
      expect(
        (await service.call({ path: '/api/test/user', headers: bearer(accessToken) })).status,
      ).to.equal(401);
      expect((await post(service, 'refresh', { refreshToken })).body.code).to.equal(
        'refresh_token_invalid',
      );
    }
    expect(await verifiedAt(user)).to.deep.equal(new Date(now));
    expect((await reset(service, token)).body).to.include(refusal);
  });

  it('uses up the other links to a new password of its user, and nobody else’s', async () => {
    const stranger = await service.newUser();
    const first = await resetToken();
    const strangers = await resetToken(stranger);
    now += minute + 1;
    const second = await resetToken();
    expect(second).not.to.equal(first);
    expect((await reset(service, first)).status).to.equal(204);
    expect((await reset(service, second)).body).to.include(refusal);
    expect((await reset(service, strangers)).status).to.equal(204);
  });

  it('is used by exactly one of 20 at once, also where there are two links', async () => {
    const first = await resetToken();
    now += minute + 1;
    const second = await resetToken();
    const passwords = Array.from({ length: 20 }, (_, index) => `the password of number ${index}`);
    const answers = await Promise.all(
      passwords.map((password, index) => reset(service, index % 2 ? first : second, password)),
    );
    const won = answers
      .map(({ status }, index) => (status === 204 ? passwords[index]! : ''))
      .filter(Boolean);
    expect(won).to.have.lengthOf(1);
    for (const { status, body } of answers) if (status !== 204) expect(body).to.include(refusal);
    expect((await signIn(service, { ...user, password: won[0]! })).status).to.equal(200);
  });

  it('is refused from its expiry on, for each purpose', async () => {
    const verification = mailsTo(user)[0]!.token;
    const token = await resetToken();
    now = start + 60 * minute;
    expect((await reset(service, token)).body).to.include(refusal);
    now = start + 24 * 60 * minute;
    expect((await verify(service, verification)).body).to.include(refusal);
    now -= 1;
    expect((await verify(service, verification)).status).to.equal(204);
  });

  it('is of no use for the other purpose, when it is changed or unknown, and is not harmed by trying', async () => {
    const verification = mailsTo(user)[0]!.token;
    const token = await resetToken();
    expect((await verify(service, token)).body).to.include(refusal);
    expect((await reset(service, verification)).body).to.include(refusal);
    for (const wrong of [
      'A',
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      createHash('sha256').update(token).digest('base64url'),
    ]) {
      expect((await reset(service, wrong)).body, wrong).to.include(refusal);
    }
    expect((await reset(service, token)).status).to.equal(204);
    expect(
      (await verify(service, verification)).status,
      'a reset leaves the other kind alone',
    ).to.equal(204);
  });

  it('is of no use when its user is disabled, deleted, or has another address', async () => {
    const changes: [object, object][] = [
      [{ disabled_at: new Date(now) }, { disabled_at: null }],
      [{ email: `new-${user.email}` }, { email: user.email.toUpperCase() }],
    ];
    const verification = mailsTo(user)[0]!.token;
    const token = await resetToken();
    const users = () => service.knex('users').where({ id: user.id });
    for (const [change, back] of changes) {
      await users().update(change);
      expect((await reset(service, token)).body).to.include(refusal);
      expect(
        (await reset(service, token, 'password123')).body,
        'before the password is looked at',
      ).to.include(refusal);
      expect((await verify(service, verification)).body).to.include(refusal);
      expect(await verifiedAt(user)).to.equal(null);
      await users().update(back);
    }
    expect(
      (await verify(service, verification)).status,
      'the same address in another case',
    ).to.equal(204);
    await users().delete();
    expect((await reset(service, token)).body).to.include(refusal);
  });

  it('goes to the address that the user has, however it was typed', async () => {
    await askForReset(service, user.email.toUpperCase());
    await service.outbox.run();
    expect(mailsTo(user)).to.have.lengthOf(2);
  });

  it('comes once a minute at most, of each kind', async () => {
    const ask = async () => {
      await askForReset(service, user.email);
      await askForLink(service, user.email);
      await service.outbox.run();
      return mailsTo(user).length;
    };
    expect(await ask(), 'the link of the sign-up is less than a minute old').to.equal(2);
    now += minute - 1;
    expect(await ask()).to.equal(2);
    now += 1;
    expect(await ask()).to.equal(4);
    expect(await service.knex('mail_requests')).to.deep.equal([]);
  });
});

describe('users whose address must be verified', () => {
  it('are let in once it is, and told so only with the right password', async () => {
    const server = await startMailServer();
    const service = await startService({
      config: { smtpUrl: server.url, requireVerifiedEmail: true },
    });
    const user = newCredentials();
    await post(service, 'signup', user);
    await service.outbox.run();
    expect((await signIn(service, { ...user, password: 'wrong' })).body).to.include({
      status: 401,
      code: 'invalid_credentials',
    });
    // True also for users from before the setting, whom nobody has sent a link.
    const message = 'Verify your e-mail address first. Ask for a link if you have none.';
    expect((await signIn(service, user)).body).to.include({
      status: 403,
      code: 'email_not_verified',
      message,
    });
    expect(await service.knex('sessions')).to.deep.equal([]);
    await service.knex('users').update({ disabled_at: new Date() });
    expect((await signIn(service, user)).body).to.include({
      status: 401,
      code: 'invalid_credentials',
    });
    await service.knex('users').update({ disabled_at: null });
    expect((await verify(service, server.mails[0]!.token)).status).to.equal(204);
    expect((await signIn(service, user)).status).to.equal(200);
    await service.close();
    await server.close();
  });
});

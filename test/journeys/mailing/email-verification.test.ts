import { expect } from 'chai';
import { refusal, startMailedService, verify, type MailedService } from '../../support/mail.ts';
import { newCredentials, type Service, type TestUser } from '../../support/service.ts';

const now = Date.UTC(2026, 10, 25);

describe('an email verification link', () => {
  let mailed: MailedService;
  let service: Service;
  let user: TestUser;
  before(async () => {
    mailed = await startMailedService({
      now: () => now,
      config: { appUrl: 'https://app.example.com/go' },
    });
    ({ service } = mailed);
  });
  after(() => mailed.close());
  beforeEach(async () => {
    user = await service.newUser();
    await service.outbox.run();
  });

  it('is mailed once after a sign-up', () => {
    const [mail, ...others] = mailed.mailsTo(user);
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
  });

  it('verifies the address of its user', async () => {
    const { token } = mailed.mailsTo(user)[0]!;
    expect(await mailed.verifiedAt(user)).to.equal(null);
    expect((await verify(service, token)).status).to.equal(204);
    expect(await mailed.verifiedAt(user)).to.deep.equal(new Date(now));
  });

  it('is refused the second time', async () => {
    const { token } = mailed.mailsTo(user)[0]!;
    await verify(service, token);
    expect((await verify(service, token)).body).to.include(refusal);
  });

  it('is mailed when an admin creates the user', async () => {
    const admin = await service.newUser('admin');
    const credentials = newCredentials();
    expect((await service.asUser(admin).post('/api/users', credentials)).status).to.equal(201);
    await service.outbox.run();
    const [mail] = mailed.mailsTo(credentials);
    expect((await verify(service, mail!.token)).status).to.equal(204);
  });

  it('is not mailed for a sign-up that failed', async () => {
    const taken = { ...newCredentials(), username: user.username };
    expect((await service.asGuest.post('/api/auth/signup', taken)).status).to.equal(400);
    await service.outbox.run();
    expect(mailed.mailsTo(taken)).to.deep.equal([]);
  });
});

describe('a sign-in that requires a verified address', () => {
  let mailed: MailedService;
  let service: Service;
  const user = newCredentials();
  beforeEach(async () => {
    mailed = await startMailedService({ config: { requireVerifiedEmail: true } });
    ({ service } = mailed);
    await service.asGuest.post('/api/auth/signup', user);
    await service.outbox.run();
  });
  afterEach(() => mailed.close());
  const invalid = { status: 401, code: 'invalid_credentials' };

  it('is refused before the verification, and begins no session', async () => {
    // The message is also right for users from before the setting, who never got a link.
    const message = 'Verify your e-mail address first. Ask for a link if you have none.';
    expect((await service.signIn(user)).body).to.include({
      status: 403,
      code: 'email_not_verified',
      message,
    });
    expect(await service.knex('sessions')).to.deep.equal([]);
  });

  it('does not reveal with a wrong password that the address is not verified', async () => {
    expect((await service.signIn({ ...user, password: 'wrong' })).body).to.include(invalid);
  });

  it('does not reveal of a disabled user that the address is not verified', async () => {
    await service.knex('users').update({ disabled_at: new Date() });
    expect((await service.signIn(user)).body).to.include(invalid);
  });

  it('succeeds after the verification', async () => {
    expect((await verify(service, mailed.server.mails[0]!.token)).status).to.equal(204);
    expect((await service.signIn(user)).status).to.equal(200);
  });
});

import { expect } from 'chai';
import {
  minute,
  newPassword,
  refusal,
  reset,
  startMailedService,
  type MailedService,
} from '../../support/mail.ts';
import type { Service, TestUser } from '../../support/service.ts';

const start = Date.UTC(2026, 10, 25);

describe('a password reset link', () => {
  let now = start;
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
    now = start;
    user = await service.newUser();
    await service.outbox.run();
  });
  /** Two links of the user. The second is a minute newer, because of the limit on mails. */
  const twoTokens = async () => {
    const first = await mailed.newResetToken(user);
    now += minute + 1;
    return [first, await mailed.newResetToken(user)] as const;
  };

  it('is mailed with the time for which it is valid', async () => {
    await mailed.newResetToken(user);
    const mail = mailed.mailsTo(user).at(-1)!;
    expect(mail).to.deep.include({
      to: [user.email],
      link: 'https://app.example.com/go/reset-password',
    });
    expect(mail.headers).to.include({ subject: 'Set a new password' });
    expect(mail.text).to.contain('for 1 hour.');
  });

  it('replaces the password of its user', async () => {
    expect((await reset(service, await mailed.newResetToken(user))).status).to.equal(204);
    expect((await service.signIn(user)).body).to.include({
      status: 401,
      code: 'invalid_credentials',
    });
    expect((await service.signIn({ ...user, password: newPassword })).status).to.equal(200);
  });

  it('ends all sessions of its user', async () => {
    const other = (await service.signIn(user)).body;
    await reset(service, await mailed.newResetToken(user));
    for (const { accessToken, refreshToken } of [
      other,
      { accessToken: user.token, refreshToken: user.refreshToken },
    ]) {
      expect((await service.asUser(accessToken).get('/api/test/user')).status).to.equal(401);
      expect(
        (await service.asGuest.post('/api/auth/refresh', { refreshToken })).body.code,
      ).to.equal('refresh_token_invalid');
    }
  });

  it('verifies the address of its user', async () => {
    await reset(service, await mailed.newResetToken(user));
    expect(await mailed.verifiedAt(user)).to.deep.equal(new Date(now));
  });

  it('is refused the second time', async () => {
    const token = await mailed.newResetToken(user);
    await reset(service, token);
    expect((await reset(service, token)).body).to.include(refusal);
  });

  it('uses up the other reset links of its user', async () => {
    const [first, second] = await twoTokens();
    expect(second).not.to.equal(first);
    expect((await reset(service, first)).status).to.equal(204);
    expect((await reset(service, second)).body).to.include(refusal);
  });

  it('leaves the reset links of other users valid', async () => {
    const other = await mailed.newResetToken(await service.newUser());
    await reset(service, await mailed.newResetToken(user));
    expect((await reset(service, other)).status).to.equal(204);
  });

  it('sets one password when 20 requests use two links of a user at the same time', async () => {
    const [first, second] = await twoTokens();
    const passwords = Array.from({ length: 20 }, (_, index) => `the password of number ${index}`);
    const answers = await Promise.all(
      passwords.map((password, index) => reset(service, index % 2 ? first : second, password)),
    );
    const won = answers
      .map(({ status }, index) => (status === 204 ? passwords[index]! : ''))
      .filter(Boolean);
    expect(won).to.have.lengthOf(1);
    for (const { status, body } of answers) if (status !== 204) expect(body).to.include(refusal);
    expect((await service.signIn({ ...user, password: won[0]! })).status).to.equal(200);
  });
});

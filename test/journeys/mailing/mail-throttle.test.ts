import { expect } from 'chai';
import {
  addUsers,
  askForLink,
  askForReset,
  minute,
  newPassword,
  startMailedService,
  type MailedService,
} from '../../support/mail.ts';
import { newCredentials, type Service } from '../../support/service.ts';

const start = Date.UTC(2026, 10, 25);
const day = 24 * 60 * minute;

describe('the limit on mails to an address', () => {
  let now: number;
  let mailed: MailedService;
  let service: Service;
  before(async () => {
    mailed = await startMailedService({ now: () => now });
    ({ service } = mailed);
  });
  after(() => mailed.close());
  beforeEach(() => {
    now = start;
  });
  const countTo = (email: string) =>
    mailed.server.mails.filter(({ to }) => to[0]?.toLowerCase() === email.toLowerCase()).length;
  const count = async (email: string) => {
    await service.outbox.run();
    return countTo(email);
  };

  it('holds when accounts are deleted and signed up again, in whatever case', async () => {
    const { email: stranger } = newCredentials();
    for (const email of [stranger, stranger.toUpperCase(), stranger]) {
      const user = { ...newCredentials(), email };
      expect((await service.asGuest.post('/api/auth/signup', user)).status).to.equal(201);
      await service.outbox.run();
      const { accessToken } = (await service.signIn(user)).body;
      const { password } = user;
      expect(
        (await service.asUser(accessToken).delete('/api/account', { password })).status,
      ).to.equal(204);
    }
    expect(await count(stranger)).to.equal(1);
    now += minute;
    await service.asGuest.post('/api/auth/signup', { ...newCredentials(), email: stranger });
    expect(await count(stranger)).to.equal(2);
  });

  it('holds when a new password removes the reset links', async () => {
    const user = await service.newUser();
    await service.outbox.run();
    const passwords = [user.password, newPassword, user.password, newPassword];
    let { token } = user;
    for (const [index, currentPassword] of passwords.slice(0, -1).entries()) {
      await askForReset(service, user.email);
      await service.outbox.run();
      const body = { currentPassword, newPassword: passwords[index + 1] };
      const changed = await service.asUser(token).put('/api/account/password', body);
      token = changed.body.accessToken as string;
    }
    expect(
      await count(user.email),
      'one to verify the address, one to reset the password',
    ).to.equal(2);
  });

  it('is ten mails of each kind, and ten more a day after the first', async () => {
    const [email = ''] = await addUsers(service, 1);
    for (let tries = 0; tries < 15; tries++) {
      await askForReset(service, email);
      await service.outbox.run();
      now += minute;
    }
    expect(countTo(email)).to.equal(10);
    await askForLink(service, email);
    expect(await count(email), 'the other kind').to.equal(11);
    now = start + day - 1;
    await askForReset(service, email);
    expect(await count(email)).to.equal(11);
    now = start + day;
    await askForReset(service, email);
    expect(await count(email)).to.equal(12);
  });

  it('counts a mail that the mail server refused', async () => {
    const [email = ''] = await addUsers(service, 1);
    mailed.server.refuse({ code: 550 });
    for (let tries = 0; tries < 3; tries++) {
      await askForReset(service, email);
      await service.outbox.run();
    }
    mailed.server.refuse(null);
    expect(service.log().filter(({ msg }) => msg === 'mail refused')).to.have.lengthOf(1);
  });
});

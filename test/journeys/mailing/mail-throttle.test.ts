import { expect } from 'chai';
import {
  addUsers,
  askForLink,
  askForReset,
  minute,
  newPassword,
  post,
  signIn,
} from '../../support/mail.ts';
import { bearer, newCredentials, startService, type Service } from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

const start = Date.UTC(2026, 10, 25);
const day = 24 * 60 * minute;

describe('a mailbox is not flooded', () => {
  let now: number;
  let server: MailServer;
  let service: Service;
  before(async () => {
    server = await startMailServer();
    service = await startService({ now: () => now, config: { smtpUrl: server.url } });
  });
  after(async () => {
    await service.close();
    await server.close();
  });
  beforeEach(() => {
    now = start;
  });
  const countTo = (email: string) =>
    server.mails.filter(({ to }) => to[0]?.toLowerCase() === email.toLowerCase()).length;
  const count = async (email: string) => {
    await service.outbox.run();
    return countTo(email);
  };

  it('by accounts with its address that are signed up and deleted, in whatever case', async () => {
    const { email: stranger } = newCredentials();
    for (const email of [stranger, stranger.toUpperCase(), stranger]) {
      const user = { ...newCredentials(), email };
      expect((await post(service, 'signup', user)).status).to.equal(201);
      await service.outbox.run();
      const { accessToken } = (await signIn(service, user)).body;
      const sent = {
        method: 'DELETE',
        path: '/api/account',
        headers: bearer(accessToken),
        body: { password: user.password },
      };
      expect((await service.call(sent)).status).to.equal(204);
    }
    expect(await count(stranger)).to.equal(1);
    now += minute;
    await post(service, 'signup', { ...newCredentials(), email: stranger });
    expect(await count(stranger)).to.equal(2);
  });

  it('by new passwords, which remove the links to reset them', async () => {
    const user = await service.newUser();
    await service.outbox.run();
    const passwords = [user.password, newPassword, user.password, newPassword];
    for (const [index, currentPassword] of passwords.slice(0, -1).entries()) {
      await askForReset(service, user.email);
      await service.outbox.run();
      const body = { currentPassword, newPassword: passwords[index + 1] };
      const headers = bearer(user.token);
      expect(
        (await service.call({ method: 'PUT', path: '/api/account/password', headers, body }))
          .status,
      ).to.equal(204);
    }
    expect(
      await count(user.email),
      'one to verify the address, one to reset the password',
    ).to.equal(2);
  });

  it('by asking all day: ten of each kind, and ten more a day after the first', async () => {
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

  it('by asking again for what its mail server refuses', async () => {
    const [email = ''] = await addUsers(service, 1);
    server.refuse({ code: 550 });
    for (let tries = 0; tries < 3; tries++) {
      await askForReset(service, email);
      await service.outbox.run();
    }
    server.refuse(null);
    expect(service.log().filter(({ msg }) => msg === 'mail refused')).to.have.lengthOf(1);
  });
});

import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  addUsers,
  askForLink,
  askForReset,
  newPassword,
  reset,
  verify,
} from '../../support/mail.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';
import { rankSumZ } from '../../support/statistics.ts';

describe('what a mail tells to whom it is not for: a link', () => {
  let server: MailServer;
  let service: Service;
  let user: TestUser;
  before(async () => {
    server = await startMailServer();
    service = await startService({ config: { smtpUrl: server.url } });
  });
  after(async () => {
    await service.close();
    await server.close();
  });
  beforeEach(async () => {
    user = await service.newUser();
    await service.outbox.run();
  });

  it('is answered alike for addresses that nobody has or that have no use for it, without a mail, and leaves no row', async () => {
    await verify(service, server.mails.find(({ to }) => to.includes(user.email))!.token);
    const disabled = await service.newUser();
    await service.outbox.run();
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
    const count = server.mails.length;
    const answers = [
      await askForReset(service, 'nobody@example.com'),
      await askForLink(service, 'nobody@example.com'),
      await askForLink(service, user.email),
      await askForReset(service, disabled.email),
      await askForReset(service, user.email),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    await service.outbox.run();
    expect(server.mails.slice(count).map(({ to }) => to)).to.deep.equal([[user.email]]);
    expect(await service.knex('mail_requests')).to.deep.equal([]);
  });

  it('leaves in the database nothing that makes a token, and in the log no token and no address', async () => {
    await askForReset(service, user.email);
    await service.outbox.run();
    const { token } = server.mails.at(-1)!;
    const [row, ...others] = await service
      .knex('one_time_tokens')
      .where({ user_id: user.id, purpose: 'password_reset' });
    expect(others).to.deep.equal([]);
    expect(row.token_hash).to.deep.equal(createHash('sha256').update(token).digest());
    expect(Buffer.from(token, 'base64url')).to.have.lengthOf(32);
    expect(JSON.stringify(Object.values(row).map(String))).not.to.contain(token);
    await reset(service, token);
    const log = JSON.stringify(service.log());
    for (const secret of [token, user.email, newPassword]) expect(log).not.to.contain(secret);
  });

  it('is asked for in a time that tells nothing about the address: 40 tries each', async () => {
    const emails = await addUsers(service, 40);
    const durations = { known: [] as number[], unknown: [] as number[] };
    const ways = [
      ['known', (index: number) => emails[index]!],
      ['unknown', (index: number) => `nobody-${index}@example.com`],
    ] as const;
    for (let round = 0; round < 40; round++) {
      for (const [name, emailOf] of round % 2 ? ways : [...ways].reverse()) {
        const begin = performance.now();
        await askForReset(service, emailOf(round));
        durations[name].push(performance.now() - begin);
        await service.outbox.run();
      }
    }
    expect(server.mails.filter(({ to }) => emails.includes(to[0]!))).to.have.lengthOf(40);
    // With the mail sent before the answer, |z| is 7.7.
    expect(Math.abs(rankSumZ(durations.known, durations.unknown))).to.be.below(3.9);
  });
});

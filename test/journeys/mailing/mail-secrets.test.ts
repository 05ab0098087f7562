import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  addUsers,
  askForLink,
  askForReset,
  newPassword,
  reset,
  startMailedService,
  verify,
  type MailedService,
} from '../../support/mail.ts';
import type { Service, TestUser } from '../../support/service.ts';
import { rankSumZ } from '../../support/statistics.ts';

describe('a request for a mailed link', () => {
  let mailed: MailedService;
  let service: Service;
  let user: TestUser;
  before(async () => {
    mailed = await startMailedService();
    ({ service } = mailed);
  });
  after(() => mailed.close());
  beforeEach(async () => {
    user = await service.newUser();
    await service.outbox.run();
  });

  /** Requests for unknown, verified and disabled users, and a valid one last. */
  const askForAll = async () => {
    await verify(service, mailed.mailsTo(user)[0]!.token);
    const disabled = await service.newUser();
    await service.outbox.run();
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
    const before = mailed.server.mails.length;
    const answers = [
      await askForReset(service, 'nobody@example.com'),
      await askForLink(service, 'nobody@example.com'),
      await askForLink(service, user.email),
      await askForReset(service, disabled.email),
      await askForReset(service, user.email),
    ];
    await service.outbox.run();
    return { answers, mails: mailed.server.mails.slice(before) };
  };

  it('has the same answer for unknown, verified, disabled and valid addresses', async () => {
    const { answers } = await askForAll();
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
  });

  it('sends a mail only to a user who can use the link, and leaves no row', async () => {
    const { mails } = await askForAll();
    expect(mails.map(({ to }) => to)).to.deep.equal([[user.email]]);
    expect(await service.knex('mail_requests')).to.deep.equal([]);
  });

  it('stores only the hash of the token', async () => {
    const token = await mailed.newResetToken(user);
    const [row, ...others] = await service
      .knex('one_time_tokens')
      .where({ user_id: user.id, purpose: 'password_reset' });
    expect(others).to.deep.equal([]);
    expect(row.token_hash).to.deep.equal(createHash('sha256').update(token).digest());
    expect(Buffer.from(token, 'base64url')).to.have.lengthOf(32);
    expect(JSON.stringify(Object.values(row).map(String))).not.to.contain(token);
  });

  it('leaves no token, address or password in the log', async () => {
    const token = await mailed.newResetToken(user);
    await reset(service, token);
    const log = JSON.stringify(service.log());
    for (const secret of [token, user.email, newPassword]) expect(log).not.to.contain(secret);
  });

  it('takes the same time for known and unknown addresses, in 40 tries each', async () => {
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
    expect(mailed.server.mails.filter(({ to }) => emails.includes(to[0]!))).to.have.lengthOf(40);
    // |z| is 7.7 when the mail is sent before the answer.
    expect(Math.abs(rankSumZ(durations.known, durations.unknown))).to.be.below(3.9);
  });
});

import { expect } from 'chai';
import { addUsers, askForReset, minute, reset, waiting } from '../../support/mail.ts';
import { startService, type Service, type ServiceOptions } from '../../support/service.ts';
import { startMailServer, type MailServer, type Refusal } from '../../support/smtp.ts';

const start = Date.UTC(2026, 10, 25);

describe('a mail that fails', () => {
  let now: number;
  let server: MailServer;
  let service: Service;
  let first: string;
  let second: string;
  const begin = async ({
    answerAfter = 0,
    ...options
  }: ServiceOptions & { answerAfter?: number } = {}) => {
    now = start;
    server = await startMailServer({ answerAfter });
    service = await startService({ ...options, now: () => now, config: { smtpUrl: server.url } });
    [first = '', second = ''] = await addUsers(service, 2);
  };
  afterEach(async () => {
    await service.close();
    await server.close();
  });
  const recipients = () => server.mails.flatMap(({ to }) => to);
  const warnings = () => service.log().filter(({ level }) => level === 40);
  const tokens = () => service.knex('one_time_tokens').pluck('email');
  /** Two requests, the first of which is due longer, and one round. */
  const askForTwo = async () => {
    await service.knex('mail_requests').delete();
    for (const email of [first, second]) {
      now += 1;
      const request = {
        purpose: 'password_reset',
        email,
        requestId: 'x',
        requestedAt: new Date(now),
      };
      await service.repositories.mailRequests.add(request);
    }
    return service.outbox.run();
  };

  it('after its text was handed over may have been sent: its link works, and it is not sent again', async () => {
    await begin({ answerAfter: 600, mailLimits: { answer: 300 } });
    await askForReset(service, first);
    expect(await service.outbox.run()).to.equal(0);
    expect(warnings().map(({ msg }) => msg)).to.deep.equal(['mail may have been sent']);
    expect(warnings()[0]).to.have.nested.property(
      'err.message',
      'the mail server did not say whether it takes it (EABORT)',
    );
    for (const pause of [1, 10, 40]) {
      now += pause * minute;
      expect(await service.outbox.run()).to.equal(0);
    }
    expect(recipients()).to.deep.equal([first]);
    expect((await reset(service, server.mails[0]!.token)).status).to.equal(204);
  });

  it('is awaited for longer than the steps before it take', async () => {
    await begin({ answerAfter: 600, mailLimits: { connect: 300, envelope: 300 } });
    await askForReset(service, first);
    await service.outbox.run();
    expect(warnings()).to.deep.equal([]);
    expect(await waiting(service)).to.deep.equal([]);
  });

  it('since the node stops, ends in bounded time, and may have been sent as well', async () => {
    await begin({ answerAfter: 2_000, mailLimits: { stop: 100 } });
    const arrival = server.next();
    await askForReset(service, first);
    const { token } = await arrival;
    const stopping = performance.now();
    await service.outbox.stop();
    expect(performance.now() - stopping).to.be.below(1_000);
    expect(await waiting(service)).to.deep.equal([]);
    expect((await reset(service, token)).status).to.equal(204);
  });

  const ofOneMail: [string, Refusal, string][] = [
    ['refused for its recipient', { code: 550 }, 'mail refused'],
    ['refused for its text', { code: 554, command: 'DATA' }, 'mail refused'],
    ['put off for its recipient', { code: 450 }, 'mail failed'],
    ['put off for its text', { code: 452, command: 'DATA' }, 'mail failed'],
  ];
  for (const [what, refusal, message] of ofOneMail) {
    it(`because it is ${what} keeps no other waiting, and leaves no token`, async () => {
      await begin();
      server.refuse({ ...refusal, text: `not for ${first}`, recipient: first });
      expect(await askForTwo()).to.equal(1);
      expect(recipients()).to.deep.equal([second]);
      expect(await tokens()).to.deep.equal([second]);
      expect(warnings().map(({ msg }) => msg)).to.deep.equal([message]);
      expect(JSON.stringify(service.log())).not.to.contain(first);
      const rows = (await waiting(service)).map(({ attempts }) => attempts);
      expect(rows, 'what is put off is tried again').to.deep.equal(refusal.code < 500 ? [1] : []);
    });
  }

  const ofAll: [string, Refusal][] = [
    ['refuses the sender', { code: 550, command: 'MAIL' }],
    ['closes', { code: 421 }],
    ['asks who we are', { code: 530 }],
  ];
  for (const [what, refusal] of ofAll) {
    it(`because the server ${what} ends the round, and is lost for nobody`, async () => {
      await begin();
      server.refuse(refusal);
      expect(await askForTwo()).to.equal(0);
      expect(warnings()).to.have.lengthOf(1);
      expect(await tokens()).to.deep.equal([]);
      expect((await waiting(service)).map(({ attempts }) => attempts)).to.deep.equal([1, 0]);
      server.refuse(null);
      now += minute;
      expect(await service.outbox.run()).to.equal(2);
    });
  }

  it('is not one of a purpose that only newer nodes know: it is left to them', async () => {
    await begin();
    const requestedAt = new Date(start);
    await service.repositories.mailRequests.add({
      purpose: 'party_invitation',
      email: first,
      requestId: 'x',
      requestedAt,
    });
    await askForReset(service, second);
    await service.outbox.run();
    expect(recipients()).to.deep.equal([second]);
    expect(
      (await waiting(service)).map(({ purpose, attempts }) => ({ purpose, attempts })),
    ).to.deep.equal([{ purpose: 'party_invitation', attempts: 0 }]);
    expect(warnings()).to.deep.equal([]);
  });
});

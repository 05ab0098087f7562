import { expect } from 'chai';
import { addUsers, askForReset, minute, reset, waiting } from '../../support/mail.ts';
import { startService, type Service, type ServiceOptions } from '../../support/service.ts';
import { startMailServer, type MailServer, type Refusal } from '../../support/smtp.ts';
import { slowness } from '../../support/slowness.ts';

const start = Date.UTC(2026, 10, 25);

describe('the delivery of a mail', () => {
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
  /** Adds two requests, the first of which is due earlier, and runs one round. */
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

  describe('without an answer to the text', () => {
    beforeEach(async () => {
      await begin({ answerAfter: 600, mailLimits: { answer: 300 } });
      await askForReset(service, first);
      expect(await service.outbox.run()).to.equal(0);
    });

    it('is logged: the mail may have been sent', () => {
      expect(warnings().map(({ msg }) => msg)).to.deep.equal(['mail may have been sent']);
      expect(warnings()[0]).to.have.nested.property(
        'err.message',
        'the mail server did not confirm the mail (EABORT)',
      );
    });

    it('is not repeated, because the mail may have been sent', async () => {
      for (const pause of [1, 10, 40]) {
        now += pause * minute;
        expect(await service.outbox.run()).to.equal(0);
      }
      expect(recipients()).to.deep.equal([first]);
    });

    it('leaves the link of the mail valid', async () => {
      now += 51 * minute;
      expect((await reset(service, server.mails[0]!.token)).status).to.equal(204);
    });
  });

  it('waits longer for the answer to the text than for the steps before it', async () => {
    await begin({ answerAfter: 600, mailLimits: { connect: 300, envelope: 300 } });
    await askForReset(service, first);
    await service.outbox.run();
    expect(warnings()).to.deep.equal([]);
    expect(await waiting(service)).to.deep.equal([]);
  });

  it('ends when the node stops, before the server answers, and leaves the link valid', async () => {
    await begin({ answerAfter: 60_000, mailLimits: { stop: 100 } });
    const arrival = server.next();
    await askForReset(service, first);
    const { token } = await arrival;
    const stopping = performance.now();
    await service.outbox.stop();
    expect(performance.now() - stopping).to.be.below(1_000 * slowness());
    expect(await waiting(service)).to.deep.equal([]);
    expect((await reset(service, token)).status).to.equal(204);
  });

  const ofOneMail: [string, Refusal, string][] = [
    ['refused for its recipient', { code: 550 }, 'mail refused'],
    ['refused for its text', { code: 554, command: 'DATA' }, 'mail refused'],
    ['deferred for its recipient', { code: 450 }, 'mail failed'],
    ['deferred for its text', { code: 452, command: 'DATA' }, 'mail failed'],
  ];
  for (const [what, refusal, message] of ofOneMail) {
    const again = refusal.code < 500;

    describe(`that is ${what}`, () => {
      beforeEach(async () => {
        await begin();
        server.refuse({ ...refusal, text: `not for ${first}`, recipient: first });
        expect(await askForTwo()).to.equal(1);
      });

      it('does not delay the other mails, and stores no token', async () => {
        expect(recipients()).to.deep.equal([second]);
        expect(await tokens()).to.deep.equal([second]);
      });

      it(`is logged as "${message}", without the address`, () => {
        expect(warnings().map(({ msg }) => msg)).to.deep.equal([message]);
        expect(JSON.stringify(service.log())).not.to.contain(first);
      });

      it(`is ${again ? '' : 'not '}tried again`, async () => {
        const attempts = (await waiting(service)).map((row) => row.attempts);
        expect(attempts).to.deep.equal(again ? [1] : []);
      });
    });
  }

  const ofAll: [string, Refusal][] = [
    ['refuses the sender', { code: 550, command: 'MAIL' }],
    ['closes the connection', { code: 421 }],
    ['requires a password', { code: 530 }],
  ];
  for (const [what, refusal] of ofAll) {
    it(`ends the round when the server ${what}, and loses no mail`, async () => {
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

  it('leaves a mail of an unknown purpose to the newer nodes that know it', async () => {
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

import { expect } from 'chai';
import { countStatements } from '../../support/callers.ts';
import { addUsers, askForReset, waiting } from '../../support/mail.ts';
import { startService, type Service } from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

const start = Date.UTC(2026, 10, 25);

describe('the outbox, flooded with requests for unknown addresses', () => {
  let server: MailServer;
  let service: Service;
  before(async () => {
    server = await startMailServer();
    service = await startService({ now: () => start, config: { smtpUrl: server.url } });
  });
  after(async () => {
    await service.close();
    await server.close();
  });

  const flood = (purpose: string) =>
    service.knex.raw(
      `insert into mail_requests (purpose, email, request_id, requested_at, due_at)
       select ?, 'unknown-' || n || '@example.com', 'flood', ?::timestamptz, ?::timestamptz
       from generate_series(1, 2400) n`,
      [purpose, new Date(start - 1_000), new Date(start - 1_000)],
    );

  for (const purpose of ['password_reset', 'email_verification']) {
    it(`sends a real mail with few statements, after 2,400 of them: ${purpose}`, async () => {
      const [email = ''] = await addUsers(service, 1);
      await service.outbox.run();
      const mails = server.mails.length;
      await flood(purpose);
      const statements = await countStatements(service, async () => {
        await askForReset(service, email);
        await service.outbox.run();
      });
      expect(server.mails).to.have.lengthOf(mails + 1);
      expect(statements).to.be.below(20);
      expect(await waiting(service)).to.deep.equal([]);
    });
  }
});

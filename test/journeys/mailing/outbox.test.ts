import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import { addUsers, askForReset, minute, reset, waiting } from '../../support/mail.ts';
import { createDatabase } from '../../support/postgres.ts';
import { startService, type Service } from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

const start = Date.UTC(2026, 10, 25);

describe('the outbox', () => {
  let now: number;
  let server: MailServer;
  let databaseUrl: string;
  let service: Service;
  let email: string;
  beforeEach(async () => {
    now = start;
    server = await startMailServer();
    databaseUrl = await createDatabase();
    service = await startService({ databaseUrl, now: () => now, config: { smtpUrl: server.url } });
    [email = ''] = await addUsers(service, 1);
  });
  afterEach(async () => {
    await service.close();
    await server.close();
  });
  const warnings = () => service.log().filter(({ level }) => level === 40);

  it('sends a mail at once, without a round', async () => {
    await askForReset(service, email);
    const sent = await service.outbox.run();
    expect(sent, 'the round that the request began has sent the mail').to.equal(0);
    expect(server.mails).to.have.lengthOf(1);
  });

  describe('without a mail server', () => {
    let port: number;
    beforeEach(async () => {
      port = Number(new URL(server.url).port);
      await server.close();
      await askForReset(service, email);
      await service.outbox.run();
    });
    const restart = async () => {
      server = await startMailServer({ port });
    };

    it('tries again after 1, 2 and 4 minutes, and not before', async () => {
      for (const [index, pause] of [1, 2, 4].entries()) {
        const due_at = new Date(now + pause * minute);
        expect(await waiting(service)).to.deep.equal([
          { purpose: 'password_reset', attempts: index + 1, due_at },
        ]);
        now += pause * minute - 1;
        expect(await service.outbox.run(), 'it is not due yet').to.equal(0);
        expect(warnings()).to.have.lengthOf(index + 1);
        now += 1;
        if (pause === 4) await restart();
        expect(await service.outbox.run()).to.equal(pause === 4 ? 1 : 0);
      }
    });

    it('stores no token after an attempt that failed', async () => {
      for (const pause of [1, 2, 4]) {
        expect(await service.knex('one_time_tokens')).to.deep.equal([]);
        now += pause * minute;
        if (pause === 4) await restart();
        await service.outbox.run();
      }
    });

    it('sends the mail once when the server is back, with a link that is valid', async () => {
      await restart();
      now += minute;
      await service.outbox.run();
      expect(server.mails.map(({ to }) => to)).to.deep.equal([[email]]);
      expect(await waiting(service)).to.deep.equal([]);
      expect((await reset(service, server.mails[0]!.token)).status).to.equal(204);
    });

    it('logs each attempt that failed, with the cause', async () => {
      now += minute;
      await service.outbox.run();
      await restart();
      expect(warnings()).to.have.lengthOf(2);
      for (const line of warnings())
        expect(line).to.include({ msg: 'mail failed', purpose: 'password_reset' });
      expect(warnings()[0]).to.have.nested.property(
        'err.message',
        'the mail server is not available (ESOCKET, ECONNREFUSED)',
      );
    });
  });

  describe('with a mail whose link would have expired meanwhile', () => {
    let asked: Received;
    let other: string;
    beforeEach(async () => {
      other = (await addUsers(service, 1))[0]!;
      server.refuse({ code: 450, text: `not now: ${email}` });
      asked = await askForReset(service, email);
      await service.outbox.run();
      now += 61 * minute;
      await askForReset(service, other);
      await service.outbox.run();
    });

    it('gives the mail up, and logs this without the address', () => {
      expect(warnings().map(({ msg }) => msg)).to.deep.equal([
        'mail failed',
        'mail given up',
        'mail failed',
      ]);
      expect(warnings()[0]).to.have.nested.property(
        'err.message',
        'the mail server refused a command (EENVELOPE, 450 to RCPT TO)',
      );
      expect(warnings()[1]).to.include({
        purpose: 'password_reset',
        requestId: asked.headers['x-request-id'],
        attempts: 1,
      });
      expect(JSON.stringify(service.log())).not.to.contain(email);
    });

    it('still sends the newer mails', async () => {
      server.refuse(null);
      now += minute;
      expect(await service.outbox.run()).to.equal(1);
      expect(server.mails.map(({ to }) => to)).to.deep.equal([[other]]);
    });
  });

  it('sends a mail again that a node had claimed when it died', async () => {
    await service.outbox.stop(); // so that the request starts no round
    await askForReset(service, email);
    const next = await startService({
      databaseUrl,
      now: () => now,
      config: { smtpUrl: server.url },
    });
    // The row as the dead node left it.
    await next.knex('mail_requests').update({ attempts: 1, due_at: new Date(now + 2 * minute) });
    expect(await next.outbox.run()).to.equal(0);
    now += 2 * minute;
    expect(await next.outbox.run()).to.equal(1);
    expect(await waiting(next)).to.deep.equal([]);
    await next.close();
  });

  it('keeps one row for a purpose and an address in any case, with the last request', async () => {
    await service.outbox.stop();
    const asked = [
      await askForReset(service, email),
      await askForReset(service, email.toUpperCase()),
    ];
    const rows = await service.knex('mail_requests');
    expect(rows).to.have.lengthOf(1);
    expect(rows[0]).to.include({ email, request_id: asked[1]!.headers['x-request-id'] });
  });

  it('logs a failure of the database, and continues afterwards', async () => {
    await service.knex.raw('alter table one_time_tokens rename to lost');
    await askForReset(service, email);
    await service.outbox.run().catch(() => undefined);
    expect(warnings().at(-1)).to.include({ msg: 'the outbox failed' });
    await service.knex.raw('alter table lost rename to one_time_tokens');
    expect(await service.outbox.run()).to.equal(1);
  });
});

describe('two nodes with one outbox', () => {
  it('send each of 10 mails once', async () => {
    const server = await startMailServer();
    const databaseUrl = await createDatabase();
    const config = { smtpUrl: server.url };
    const nodes = [
      await startService({ databaseUrl, config }),
      await startService({ databaseUrl, config }),
    ] as const;
    const emails = await addUsers(nodes[0], 10);
    await Promise.all(
      emails.map((email, index) => askForReset(nodes[index % 2 === 0 ? 0 : 1], email)),
    );
    await Promise.all(nodes.map(({ outbox }) => outbox.run()));
    expect(server.mails.map(({ to }) => to[0])).to.have.members(emails);
    expect(await waiting(nodes[0])).to.deep.equal([]);
    await Promise.all(nodes.map((node) => node.close()));
    await server.close();
  });
});

import { expect } from 'chai';
import { addUsers, askForReset, minute, post, waiting } from '../../support/mail.ts';
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

  it('sends at once, without anybody asking for a round', async () => {
    await askForReset(service, email);
    const sent = await service.outbox.run();
    expect(sent, 'the round that the request began has sent it').to.equal(0);
    expect(server.mails).to.have.lengthOf(1);
  });

  it('keeps what a mail server that is away cannot take, tries again after 1, 2, 4 minutes, and sends it once', async () => {
    const { port } = new URL(server.url);
    await server.close();
    await askForReset(service, email);
    await service.outbox.run();
    for (const [index, pause] of [1, 2, 4].entries()) {
      expect(await waiting(service)).to.deep.equal([
        { purpose: 'password_reset', attempts: index + 1, due_at: new Date(now + pause * minute) },
      ]);
      expect(await service.knex('one_time_tokens'), 'a token that was not sent').to.deep.equal([]);
      now += pause * minute - 1;
      expect(await service.outbox.run(), 'it is not due yet').to.equal(0);
      expect(warnings()).to.have.lengthOf(index + 1);
      now += 1;
      if (pause === 4) server = await startMailServer({ port: Number(port) });
      expect(await service.outbox.run()).to.equal(pause === 4 ? 1 : 0);
    }
    expect(server.mails.map(({ to }) => to)).to.deep.equal([[email]]);
    expect(await waiting(service)).to.deep.equal([]);
    const { token } = server.mails[0]!;
    expect(
      (await post(service, 'password-reset', { token, newPassword: 'another correct horse' }))
        .status,
    ).to.equal(204);
    for (const line of warnings())
      expect(line).to.include({ msg: 'mail failed', purpose: 'password_reset' });
    expect(warnings()[0]).to.have.nested.property(
      'err.message',
      'the mail server is away (ESOCKET, ECONNREFUSED)',
    );
  });

  it('gives up after as long as the link would have lived, and says so without the address', async () => {
    const other = (await addUsers(service, 1))[0]!;
    server.refuse({ code: 450, text: `not now: ${email}` });
    const asked = await askForReset(service, email);
    await service.outbox.run();
    now += 61 * minute;
    await askForReset(service, other);
    await service.outbox.run();
    expect(warnings().map(({ msg }) => msg)).to.deep.equal([
      'mail failed',
      'mail given up',
      'mail failed',
    ]);
    expect(warnings()[0]).to.have.nested.property(
      'err.message',
      'the mail server refused it (EENVELOPE, 450 to RCPT TO)',
    );
    expect(warnings()[1]).to.include({
      purpose: 'password_reset',
      requestId: asked.headers['x-request-id'],
      attempts: 1,
    });
    expect(JSON.stringify(service.log())).not.to.contain(email);
    server.refuse(null);
    now += minute;
    expect(await service.outbox.run()).to.equal(1);
    expect(server.mails.map(({ to }) => to)).to.deep.equal([[other]]);
  });

  it('sends again what a node had claimed when it died', async () => {
    await service.outbox.stop(); // the kick of the request does nothing
    await askForReset(service, email);
    const next = await startService({
      databaseUrl,
      now: () => now,
      config: { smtpUrl: server.url },
    });
    await next.knex('mail_requests').update({ attempts: 1, due_at: new Date(now + 2 * minute) }); // as the dead node left it
    expect(await next.outbox.run()).to.equal(0);
    now += 2 * minute;
    expect(await next.outbox.run()).to.equal(1);
    expect(await waiting(next)).to.deep.equal([]);
    await next.close();
  });

  it('holds one row for a purpose and an address, whatever the case, and notes who asked last', async () => {
    await service.outbox.stop();
    const asked = [
      await askForReset(service, email),
      await askForReset(service, email.toUpperCase()),
    ];
    const rows = await service.knex('mail_requests');
    expect(rows).to.have.lengthOf(1);
    expect(rows[0]).to.include({ email, request_id: asked[1]!.headers['x-request-id'] });
  });

  it('tells the log when the database is in the way, and goes on afterwards', async () => {
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

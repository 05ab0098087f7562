import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { addUsers, askForReset, post, verify, waiting } from '../../support/mail.ts';
import { createDatabase, temporaryFolder } from '../../support/postgres.ts';
import { startNode } from '../../../tools/service/process.ts';
import { startService } from '../../support/service.ts';
import { parseMail, startMailServer } from '../../support/smtp.ts';

describe('a node that starts', () => {
  it('sends what another one has left, and ends with 0', async () => {
    const server = await startMailServer();
    const databaseUrl = await createDatabase();
    const gone = await startService({ databaseUrl, config: { smtpUrl: server.url } });
    await gone.outbox.stop();
    const user = await gone.newUser();
    await gone.close();
    const node = startNode({
      DATABASE_URL: databaseUrl,
      JWT_SECRET: 'long enough a secret for the tests of processes',
      PORT: '0',
      SMTP_URL: server.url,
      MAIL_FROM: 'team@example.com',
    });
    const { from, to, link } = await server.next();
    expect({ from, to, link }).to.deep.equal({
      from: 'team@example.com',
      to: [user.email],
      link: 'http://localhost:8081/verify-email',
    });
    await node.url();
    node.kill('SIGTERM');
    expect(await node.ended).to.equal(0);
    await server.close();
  });
});

describe('a mail server', () => {
  it('that asks for a password gets it; a wrong one is told, and no password', async () => {
    const credentials = { user: 'rolegate', pass: 'hunter2/=@' };
    const server = await startMailServer({ credentials });
    const { host } = new URL(server.url);
    const secret = encodeURIComponent(credentials.pass);
    const right = await startService({ config: { smtpUrl: `smtp://rolegate:${secret}@${host}` } });
    await askForReset(right, (await addUsers(right, 1))[0]!);
    await right.outbox.run();
    expect(server.mails).to.have.lengthOf(1);

    const wrong = await startService({
      config: { smtpUrl: `smtp://rolegate:wr0ng${secret}@${host}` },
    });
    await askForReset(wrong, (await addUsers(wrong, 1))[0]!);
    await wrong.outbox.run();
    const failure = wrong.log().find(({ msg }) => msg === 'mail failed');
    expect(failure).to.have.nested.property(
      'err.message',
      'the mail server refused it (EAUTH, 535 to AUTH PLAIN)',
    );
    for (const text of ['hunter2', secret, 'wr0ng', Buffer.from('hunter2').toString('base64')]) {
      expect(JSON.stringify(wrong.log())).not.to.contain(text);
    }
    await Promise.all([right.close(), wrong.close(), server.close()]);
  });

  it('that says nothing is given up in bounded time, holds no connection, and keeps nobody waiting', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const service = await startService({
      config: { smtpUrl: `smtp://127.0.0.1:${(silent.address() as AddressInfo).port}` },
    });
    const emails = await addUsers(service, 2);
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    await askForReset(service, emails[0]!);
    await connected;
    const begin = performance.now();
    expect((await askForReset(service, emails[1]!)).status).to.equal(202);
    expect(performance.now() - begin).to.be.below(1_000);
    const { rows } = await service.knex.raw<{ rows: object[] }>(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(rows).to.deep.equal([]);
    await service.close();
    expect(performance.now() - begin, 'a stop waits for the mail that is under way').to.be.below(
      9_000,
    );
    expect(service.log().filter(({ msg }) => msg === 'mail failed')).to.have.lengthOf(1);
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe('a service without a mail server', () => {
  it('writes mails into a folder, for their owner alone, and logs where', async () => {
    const folder = await temporaryFolder();
    const service = await startService({ config: { dataDir: folder.path } });
    const { email } = await service.newUser();
    await service.outbox.run();
    const [file = '', plain = '', ...others] = (await readdir(join(folder.path, 'mail'))).sort();
    expect(others).to.deep.equal([]);
    expect(plain).to.equal(file.replace('.eml', '.txt'));
    expect(((await stat(join(folder.path, 'mail'))).mode & 0o777).toString(8)).to.equal('700');
    for (const name of [file, plain]) {
      expect(((await stat(join(folder.path, 'mail', name))).mode & 0o777).toString(8)).to.equal(
        '600',
      );
    }
    const { headers, token } = parseMail(await readFile(join(folder.path, 'mail', file), 'latin1'));
    expect(await readFile(join(folder.path, 'mail', plain), 'utf8')).to.contain(
      `/verify-email#token=${token}\n`,
    );
    expect(headers).to.include({ to: email, from: 'Rolegate <no-reply@example.com>' });
    expect(service.log().find(({ msg }) => msg === 'mail written')).to.include({
      purpose: 'email_verification',
      file: plain,
    });
    for (const secret of [token, email])
      expect(JSON.stringify(service.log())).not.to.contain(secret);
    expect((await verify(service, token)).status).to.equal(204);
    await service.close();
    await folder.remove();
  });

  it('in production warns at start, answers 503 for every address, and asks for no mail at a sign-up', async () => {
    const service = await startService({ config: { production: true } });
    expect(service.log()[0]).to.include({
      level: 40,
      msg: 'This service sends no mail: SMTP_URL is not set.',
    });
    const { email } = await service.newUser();
    for (const path of ['password-reset/request', 'email-verification/request']) {
      for (const address of [email, 'nobody@example.com']) {
        const { body } = await post(service, path, { email: address });
        expect(body).to.include({
          status: 503,
          code: 'unavailable',
          message: 'This service sends no mail: SMTP_URL is not set.',
        });
      }
    }
    expect(await service.outbox.run()).to.equal(0);
    expect(await waiting(service)).to.deep.equal([]);
    await service.close();
  });
});

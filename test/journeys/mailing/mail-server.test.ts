import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import { addUsers, askForReset, post, verify, waiting } from '../../support/mail.ts';
import { createDatabase, temporaryFolder } from '../../support/postgres.ts';
import { startNode } from '../../../tools/service/process.ts';
import { startService, type Service } from '../../support/service.ts';
import { parseMail, startMailServer, type MailServer } from '../../support/smtp.ts';
import { slowness } from '../../support/slowness.ts';

describe('a node that starts', () => {
  it('sends the mails that a stopped node left in the outbox, and ends with 0', async () => {
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

describe('a mail server that requires a password', () => {
  const credentials = { user: 'rolegate', pass: 'hunter2/=@' };
  const secret = encodeURIComponent(credentials.pass);
  let server: MailServer;
  let service: Service;
  beforeEach(async () => {
    server = await startMailServer({ credentials });
  });
  afterEach(() => Promise.all([service.close(), server.close()]));
  const sendWith = async (password: string) => {
    const { host } = new URL(server.url);
    service = await startService({
      config: { smtpUrl: `smtp://rolegate:${password}@${host}` },
    });
    await askForReset(service, (await addUsers(service, 1))[0]!);
    await service.outbox.run();
  };

  it('receives the password of SMTP_URL, and the mail', async () => {
    await sendWith(secret);
    expect(server.mails).to.have.lengthOf(1);
  });

  it('that refuses it is named in the log, without the password', async () => {
    await sendWith(`wr0ng${secret}`);
    const failure = service.log().find(({ msg }) => msg === 'mail failed');
    expect(failure).to.have.nested.property(
      'err.message',
      'the mail server refused a command (EAUTH, 535 to AUTH PLAIN)',
    );
    for (const text of ['hunter2', secret, 'wr0ng', Buffer.from('hunter2').toString('base64')]) {
      expect(JSON.stringify(service.log())).not.to.contain(text);
    }
  });
});

describe('a mail server that accepts connections and never answers', () => {
  let second: Received;
  let secondTook: number;
  let transactions: object[];
  let stopTook: number;
  let failures: object[];
  before(async () => {
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
    second = await askForReset(service, emails[1]!);
    secondTook = performance.now() - begin;
    ({ rows: transactions } = await service.knex.raw<{ rows: object[] }>(
      `select from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'`,
    ));
    await service.close();
    stopTook = performance.now() - begin;
    failures = service.log().filter(({ msg }) => msg === 'mail failed');
    await new Promise((resolve) => silent.close(resolve));
  });

  it('delays no request', () => {
    expect(second.status).to.equal(202);
    expect(secondTook).to.be.below(1_000 * slowness());
  });

  it('leaves no transaction open', () => {
    expect(transactions).to.deep.equal([]);
  });

  it('delays a stop for less than 9 seconds', () => {
    expect(stopTook, 'a stop waits for the mail in progress').to.be.below(9_000 * slowness());
  });

  it('is logged once as a failed mail', () => {
    expect(failures).to.have.lengthOf(1);
  });
});

describe('a service that writes mails into a folder', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: Service;
  let email: string;
  let files: string[];
  before(async () => {
    folder = await temporaryFolder();
    service = await startService({ config: { dataDir: folder.path } });
    ({ email } = await service.newUser());
    await service.outbox.run();
    files = (await readdir(join(folder.path, 'mail'))).sort();
  });
  after(async () => {
    await service.close();
    await folder.remove();
  });
  const pathOf = (name = '') => join(folder.path, 'mail', name);
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  const read = async () => parseMail(await readFile(pathOf(files[0]), 'latin1'));

  it('writes a message and a plain text for each mail', async () => {
    const [file = '', plain = '', ...others] = files;
    expect(others).to.deep.equal([]);
    expect(plain).to.equal(file.replace('.eml', '.txt'));
    const { headers, token } = await read();
    expect(await readFile(pathOf(plain), 'utf8')).to.contain(`/verify-email#token=${token}\n`);
    expect(headers).to.include({ to: email, from: 'Rolegate <no-reply@example.com>' });
  });

  it('lets only the owner read the folder and its files', async () => {
    expect(await modeOf(pathOf())).to.equal('700');
    for (const name of files) expect(await modeOf(pathOf(name))).to.equal('600');
  });

  it('logs the name of the file, but neither the token nor the address', async () => {
    expect(service.log().find(({ msg }) => msg === 'mail written')).to.include({
      purpose: 'email_verification',
      file: files[1],
    });
    for (const secret of [(await read()).token, email])
      expect(JSON.stringify(service.log())).not.to.contain(secret);
  });

  it('writes a link that verifies the address', async () => {
    expect((await verify(service, (await read()).token)).status).to.equal(204);
  });
});

describe('a service in production without SMTP_URL', () => {
  let service: Service;
  let email: string;
  before(async () => {
    service = await startService({ config: { production: true } });
    ({ email } = await service.newUser());
  });
  after(() => service.close());
  const message = 'This service sends no mail: SMTP_URL is not set.';

  it('logs a warning at start', () => {
    expect(service.log()[0]).to.include({ level: 40, msg: message });
  });

  it('answers 503 to a request for a link, whatever the address', async () => {
    for (const path of ['password-reset/request', 'email-verification/request']) {
      for (const address of [email, 'nobody@example.com']) {
        const { body } = await post(service, path, { email: address });
        expect(body).to.include({ status: 503, code: 'unavailable', message });
      }
    }
  });

  it('puts no mail into the outbox at a sign-up', async () => {
    expect(await service.outbox.run()).to.equal(0);
    expect(await waiting(service)).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { createDatabase, run } from '../../support/postgres.ts';
import { startProxy, type Proxy } from '../../support/proxy.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import type { Received } from '../../../tools/service/http.ts';

const allGood = [201, 200, 200, 200, 200, 200];

/** Calls operations that need the database, except sign-out, which would end the session. */
function callAll(service: Service, user: TestUser): Promise<Received[]> {
  const { asGuest } = service;
  return Promise.all([
    asGuest.post('/api/auth/signup', newCredentials()),
    service.signIn(user),
    asGuest.post('/api/auth/refresh', { refreshToken: user.refreshToken }),
    ...['/api/test/user', '/api/test/mod', '/api/test/admin'].map((path) =>
      service.asUser(user).get(path),
    ),
  ]);
}

const statusesOf = (answers: readonly Received[]) => answers.map(({ status }) => status);

const linesOf = (service: Service, text: string) =>
  service.log().filter(({ msg }) => String(msg).startsWith(text));

/** Waits until the user is no longer cached. This takes some milliseconds. */
async function untilAsked(service: Service, user: TestUser): Promise<void> {
  while ((await service.asUser(user).get('/api/test/user')).status === 200);
}

describe('a service whose database is not available', () => {
  let databaseUrl: string;
  let proxy: Proxy;
  let service: Service;
  let user: TestUser;
  before(async () => {
    databaseUrl = await createDatabase();
    proxy = await startProxy(databaseUrl);
    service = await startService({ databaseUrl: proxy.url, silenceLimit: 500 });
    user = await service.newUser('moderator', 'admin');
  });
  after(async () => {
    await service.close();
    await proxy.close();
  });

  for (const outage of ['cut', 'freeze'] as const) {
    describe(`because the connections are ${outage === 'cut' ? 'cut' : 'frozen'}`, () => {
      let answers: Received[];
      before(async () => {
        expect(statusesOf(await callAll(service, user))).to.deep.equal(allGood);
        proxy[outage]();
        await untilAsked(service, user);
        const signOut = service.asUser(user).post('/api/auth/signout');
        answers = [
          ...(await callAll(service, user)),
          await signOut,
          await service.asGuest.get('/health/ready'),
        ];
      });
      after(() => {
        proxy.mend();
      });

      it('answers 503 with Retry-After', () => {
        for (const answer of answers) {
          expect(answer.body).to.include({ status: 503, code: 'unavailable' });
          expect(Number(answer.headers['retry-after'])).to.be.at.least(1);
        }
      });

      it('still answers operations that need no database', async () => {
        expect((await service.asGuest.get('/health/live')).status).to.equal(200);
        expect((await service.asGuest.get('/api/test/all')).status).to.equal(200);
      });

      it('recovers without a restart', async () => {
        proxy.mend();
        expect((await service.asGuest.get('/health/ready')).status).to.equal(200);
        expect(statusesOf(await callAll(service, user))).to.deep.equal(allGood);
        const count = (text: string) => linesOf(service, text).length;
        while (count('the database is available again') < count('the database is not available'))
          await new Promise((resolve) => setTimeout(resolve, 20));
      });
    });
  }

  describe('because the database is read-only', () => {
    const name = () => new URL(proxy.url).pathname.slice(1);
    it('is not ready, answers 503, and recovers without a restart', async () => {
      await service.knex.raw(`alter database ${name()} set default_transaction_read_only = on`);
      proxy.cut(); // as in a failover: the next connections reach another server
      proxy.mend();
      const { status } = await service.asGuest.get('/health/ready');
      expect(status).to.equal(503);
      const signUp = await service.asGuest.post('/api/auth/signup', newCredentials());
      expect(signUp.body).to.include({ status: 503, code: 'unavailable' });
      await run(databaseUrl, `begin read write; alter database ${name()} reset all; commit`);
      expect((await service.asGuest.get('/health/ready')).status).to.equal(200);
      expect(statusesOf(await callAll(service, user))).to.deep.equal(allGood);
    });
  });

  describe('because the server ended the connections', () => {
    it('recovers at the next requests', async () => {
      await service.knex
        .raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database()`,
        )
        .catch(() => null);
      const answers = await callAll(service, user);
      for (const { status } of answers) expect([200, 201, 503]).to.include(status);
      expect(statusesOf(await callAll(service, user))).to.deep.equal(allGood);
    });
  });

  describe('after the outages', () => {
    it('logged each outage once when it began and once when it ended, not each request', () => {
      const begins = linesOf(service, 'the database is not available');
      expect(begins.length).to.be.within(2, 4);
      for (const { err } of begins) expect(err).to.have.property('message').that.is.not.empty;
      const [first, second] = linesOf(service, 'the database is available again');
      for (const line of [first, second])
        expect(line).to.have.property('failures').that.is.above(5);
      expect(linesOf(service, 'request failed').length).to.be.below(5);
    });

    it('logs no password and no token', () => {
      const text = JSON.stringify(service.log());
      for (const secret of [user.password, user.token, new URL(proxy.url).password])
        expect(text).not.to.contain(secret);
    });
  });
});

describe('a migration while a node runs', () => {
  it('causes no failure when it changes the result types of prepared statements', async () => {
    const service = await startService();
    const user = await service.newUser('moderator', 'admin');
    const callTwice = async () => {
      const { refreshToken } = (await service.signIn(user)).body as TestUser;
      const users = [user, { ...user, refreshToken }];
      return statusesOf((await Promise.all(users.map((each) => callAll(service, each)))).flat());
    };
    expect(await callTwice()).to.deep.equal([...allGood, ...allGood]);
    for (const change of [
      'users alter column password_hash type varchar(100)',
      'roles alter column name type varchar(100)',
      'sessions alter column refresh_counter type bigint',
    ])
      await service.knex.raw(`alter table ${change}`);
    expect(await callTwice()).to.deep.equal([...allGood, ...allGood]);
    await service.close();
  });
});

describe('an unexpected failure', () => {
  let service: Service;
  let answers: Received[];
  before(async () => {
    service = await startService();
    const user = await service.newUser('moderator', 'admin');
    await service.knex.raw('alter table users rename to lost');
    const signOut = await service.asUser(user).post('/api/auth/signout');
    answers = [...(await callAll(service, user)), signOut];
  });
  after(() => service.close());

  it('is answered with 500, without details', () => {
    for (const answer of answers) {
      expect(answer.body).to.deep.equal({
        title: 'Internal Server Error',
        status: 500,
        detail: 'Internal server error!',
        code: 'internal_error',
        message: 'Internal server error!',
        requestId: answer.headers['x-request-id'],
      });
    }
  });

  it('is logged with its cause and the request id of the answer', () => {
    for (const { headers } of answers) {
      const line = service
        .log()
        .find(
          ({ requestId, msg }) => requestId === headers['x-request-id'] && msg === 'request failed',
        );
      expect(line).to.have.nested.property('err.code', '42P01');
    }
  });
});

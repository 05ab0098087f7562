import { expect } from 'chai';
import { createDatabase } from '../../support/postgres.ts';
import { startProxy, type Proxy } from '../../support/proxy.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import type { Received } from '../../../tools/service/http.ts';

const allGood = [201, 200, 200, 200, 200, 200];

/** Every operation that needs the database, but for signing out, after which the next round could not begin. */
async function callAll(
  service: Service,
  { token, username, password, refreshToken }: TestUser,
): Promise<Received[]> {
  const post = (path: string, body: object) => service.call({ method: 'POST', path, body });
  return Promise.all([
    post('/api/auth/signup', newCredentials()),
    post('/api/auth/signin', { username, password }),
    post('/api/auth/refresh', { refreshToken }),
    ...['/api/test/user', '/api/test/mod', '/api/test/admin'].map((path) =>
      service.call({ path, headers: bearer(token) }),
    ),
  ]);
}

/** A caller who is known is let in for some milliseconds more. */
async function untilAsked(service: Service, { token }: TestUser): Promise<void> {
  while ((await service.call({ path: '/api/test/user', headers: bearer(token) })).status === 200);
}

describe('a database that goes away', () => {
  let proxy: Proxy;
  let service: Service;
  let user: TestUser;
  before(async () => {
    proxy = await startProxy(await createDatabase());
    service = await startService({ databaseUrl: proxy.url, silenceLimit: 500 });
    user = await service.newUser('moderator', 'admin');
  });
  after(async () => {
    await service.close();
    await proxy.close();
  });

  for (const outage of ['cut', 'freeze'] as const) {
    it(`is 503 with Retry-After while the line is ${outage === 'cut' ? 'cut' : 'frozen'}, and heals without a restart`, async () => {
      expect((await callAll(service, user)).map(({ status }) => status)).to.deep.equal(allGood);
      proxy[outage]();
      await untilAsked(service, user);
      const signOut = service.call({
        method: 'POST',
        path: '/api/auth/signout',
        headers: bearer(user.token),
      });
      const answers = [
        ...(await callAll(service, user)),
        await signOut,
        await service.call({ path: '/health/ready' }),
      ];
      for (const answer of answers) {
        expect(answer.body).to.include({ status: 503, code: 'unavailable' });
        expect(Number(answer.headers['retry-after'])).to.be.at.least(1);
      }
      expect((await service.call({ path: '/health/live' })).status).to.equal(200);
      expect((await service.call({ path: '/api/test/all' })).status).to.equal(200);

      proxy.mend();
      expect((await service.call({ path: '/health/ready' })).status).to.equal(200);
      expect((await callAll(service, user)).map(({ status }) => status)).to.deep.equal(allGood);
    });
  }

  it('is 503 when its server ends the connections, and heals', async () => {
    await service.knex
      .raw(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()',
      )
      .catch(() => null);
    const answers = await callAll(service, user);
    for (const { status } of answers) expect([200, 201, 503]).to.include(status);
    expect((await callAll(service, user)).map(({ status }) => status)).to.deep.equal(allGood);
  });

  it('leaves the cause in the log, and no secret', () => {
    const failures = service.log().filter(({ msg }) => msg === 'request failed');
    expect(failures.length).to.be.at.least(12);
    for (const { code, err, requestId } of failures) {
      expect(code).to.equal('unavailable');
      expect(requestId).to.be.a('string');
      expect(err).to.have.property('message').that.is.not.empty;
    }
    const text = JSON.stringify(service.log());
    for (const secret of [user.password, user.token, new URL(proxy.url).password])
      expect(text).not.to.contain(secret);
  });
});

describe('a migration under a running node', () => {
  it('is not noticed, though it changes what the statements that are prepared give', async () => {
    const service = await startService();
    const user = await service.newUser('moderator', 'admin');
    const refreshToken = async () => {
      const body = { username: user.username, password: user.password };
      return (
        (await service.call({ method: 'POST', path: '/api/auth/signin', body })).body as TestUser
      ).refreshToken;
    };
    const callTwice = async () => {
      const users = [user, { ...user, refreshToken: await refreshToken() }];
      return (await Promise.all(users.map((each) => callAll(service, each))))
        .flat()
        .map(({ status }) => status);
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

describe('a failure that nobody foresaw', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser('moderator', 'admin');
    await service.knex.raw('alter table users rename to lost');
  });
  after(() => service.close());

  it('is 500 that tells nothing, with the cause in the log under the request id', async () => {
    const signOut = await service.call({
      method: 'POST',
      path: '/api/auth/signout',
      headers: bearer(user.token),
    });
    for (const answer of [...(await callAll(service, user)), signOut]) {
      expect(answer.body).to.deep.equal({
        title: 'Internal Server Error',
        status: 500,
        detail: 'Internal server error!',
        code: 'internal_error',
        message: 'Internal server error!',
        requestId: answer.headers['x-request-id'],
      });
      const line = service
        .log()
        .find(
          ({ requestId, msg }) =>
            requestId === answer.headers['x-request-id'] && msg === 'request failed',
        );
      expect(line).to.have.nested.property('err.code', '42P01');
    }
  });
});

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { leaseTime } from '../../../src/db/changes/lease.ts';
import { hashOf } from '../../../src/domain/tokens/one-time-tokens.ts';
import { askAsModerator, countStatements, untilKept } from '../../support/callers.ts';
import { reset, signIn, verify } from '../../support/mail.ts';
import { operations } from '../../support/operations.ts';
import { createDatabase, run } from '../../support/postgres.ts';
import { startProxy } from '../../support/proxy.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

describe('a caller who is known', () => {
  let service: Service;
  let user: TestUser;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser('moderator');
    await service.outbox.run();
    await untilKept(service, user);
  });
  const send = (method: string, path: string, token: string, body?: object) =>
    service.call({ method, path, headers: bearer(token), body });

  it('costs no statement: 100 requests, none', async () => {
    const atOnce = () =>
      Promise.all(Array.from({ length: 100 }, () => askAsModerator(service, user)));
    expect(await countStatements(service, atOnce)).to.equal(0);
    const oneByOne = async () => {
      for (let request = 0; request < 100; request++)
        expect(await askAsModerator(service, user)).to.equal(200);
    };
    expect(await countStatements(service, oneByOne)).to.equal(0);
  });

  it('is no stranger to a request that comes a while later', async () => {
    for (let request = 0; request < 5; request++) {
      await pause(leaseTime + 10);
      expect(await countStatements(service, () => askAsModerator(service, user))).to.equal(0);
    }
  });

  it('is asked about each time with CALLER_CACHE=off, and nobody listens', async () => {
    const off = await startService({ config: { callerCache: false } });
    const known = await off.newUser('moderator');
    await off.outbox.run();
    const count = await countStatements(off, async () => {
      for (let request = 0; request < 5; request++)
        expect(await askAsModerator(off, known)).to.equal(200);
    });
    const { rows } = await off.knex.raw(
      `select count(*)::int from pg_stat_activity where datname = current_database() and application_name = 'rolegate listener'`,
    );
    await off.close();
    expect(count).to.equal(5);
    expect(rows).to.deep.equal([{ count: 0 }]);
  });

  it('is nobody once their session is over by the clock', async () => {
    let now = Date.now();
    const clocked = await startService({
      now: () => now,
      config: { sessionTtl: 60, accessTokenTtl: 3_600 },
    });
    const known = await clocked.newUser('moderator');
    await clocked.outbox.run();
    await untilKept(clocked, known);
    now += 59_000;
    expect(await countStatements(clocked, () => askAsModerator(clocked, known))).to.equal(0);
    now += 1_000;
    expect(await askAsModerator(clocked, known)).to.equal(401);
    await clocked.close();
  });

  it('stays known when somebody else signs in, refreshes or signs up', async () => {
    const other = await service.newUser();
    await signIn(service, other);
    await service.call({
      method: 'POST',
      path: '/api/auth/refresh',
      body: { refreshToken: other.refreshToken },
    });
    await service.outbox.run();
    expect(await countStatements(service, () => askAsModerator(service, user))).to.equal(0);
  });

  const userPath = () => `/api/users/${user.id}`;
  /** What each operation that is no GET does to the caller, and what the very next request of theirs is answered with. */
  const changes: Record<string, [() => Promise<{ status: number }>, number]> = {
    signUp: [
      () => service.call({ method: 'POST', path: '/api/auth/signup', body: newCredentials() }),
      200,
    ],
    signIn: [() => signIn(service, user), 200],
    refreshTokens: [() => reuse(), 401],
    signOut: [() => send('POST', '/api/auth/signout', user.token), 401],
    requestPasswordReset: [() => ask('password-reset/request'), 200],
    resetPassword: [async () => reset(service, await oneTimeToken('password_reset')), 401],
    requestEmailVerification: [() => ask('email-verification/request'), 200],
    verifyEmail: [async () => verify(service, await oneTimeToken('email_verification')), 200],
    deleteAccount: [
      () => send('DELETE', '/api/account', user.token, { password: user.password }),
      401,
    ],
    changePassword: [async () => changePassword(await anotherToken()), 401],
    endOtherSessions: [
      async () => send('DELETE', '/api/account/sessions', await anotherToken()),
      401,
    ],
    endSession: [
      async () => send('DELETE', `/api/account/sessions/${user.sessionId}`, await anotherToken()),
      401,
    ],
    createUser: [
      () => send('POST', '/api/users', admin.token, { ...newCredentials(), roles: [] }),
      200,
    ],
    updateUser: [() => send('PATCH', userPath(), admin.token, { disabled: true }), 401],
    deleteUser: [() => send('DELETE', userPath(), admin.token), 401],
    setUserRoles: [() => send('PUT', `${userPath()}/roles`, admin.token, { roles: ['user'] }), 403],
    endUserSessions: [() => send('DELETE', `${userPath()}/sessions`, admin.token), 401],
  };

  it('is changed by these operations, and by no others', () => {
    const unsafe = operations
      .filter(({ method }) => !['GET', 'HEAD'].includes(method))
      .map(({ id }) => id);
    expect(Object.keys(changes)).to.have.members(unsafe);
  });
  for (const [operation, [change, status]] of Object.entries(changes)) {
    it(`is answered with ${status} by this node as soon as it has answered ${operation}`, async () => {
      await untilKept(service, user);
      await change();
      expect(await askAsModerator(service, user)).to.equal(status);
    });
  }

  const ask = (path: string) =>
    service.call({ method: 'POST', path: `/api/auth/${path}`, body: { email: user.email } });
  /** Uses the first refresh token again, when two others have followed it. */
  async function reuse() {
    const refresh = (refreshToken: string) =>
      service.call({ method: 'POST', path: '/api/auth/refresh', body: { refreshToken } });
    const second = await refresh(user.refreshToken);
    await refresh(second.body.refreshToken);
    await untilKept(service, user);
    const reused = await refresh(user.refreshToken);
    expect(reused.body.code).to.equal('refresh_token_reused');
    return reused;
  }
  async function anotherToken(): Promise<string> {
    const { accessToken } = (await signIn(service, user)).body as { accessToken: string };
    return accessToken;
  }
  const changePassword = (token: string) =>
    send('PUT', '/api/account/password', token, {
      currentPassword: user.password,
      newPassword: 'another correct horse',
    });
  /** As if it had come by mail. */
  async function oneTimeToken(purpose: string): Promise<string> {
    const token = 'x'.repeat(43 - String(user.id).length) + String(user.id);
    const times = { created_at: new Date(), expires_at: new Date(Date.now() + 60_000) };
    await service
      .knex('one_time_tokens')
      .insert({
        token_hash: hashOf(token),
        purpose,
        user_id: user.id,
        email: user.email,
        ...times,
      });
    return token;
  }
});

describe('a read that began before a change', () => {
  it('leaves nothing behind that is true no longer', async () => {
    const databaseUrl = await createDatabase();
    const proxy = await startProxy(databaseUrl);
    const service = await startService({ databaseUrl, poolUrl: proxy.url });
    const user = await service.newUser('moderator');
    await untilKept(service, user);
    // Told to no purpose: it makes the service forget, and ask again.
    await run(databaseUrl, `notify rolegate_callers, '${user.id}'`);
    await pause(leaseTime);
    const [{ since }] = (await run(databaseUrl, 'select clock_timestamp()::text as since'))
      .rows as [{ since: string }];
    proxy.hold();
    const reading = askAsModerator(service, user);
    const hasRead = `select from pg_stat_activity where datname = current_database() and application_name = 'rolegate'
      and state = 'idle' and query like '%join%users%' and state_change > '${since}'`;
    while ((await run(databaseUrl, hasRead)).rowCount === 0);
    await run(
      databaseUrl,
      `delete from user_roles where user_id = ${user.id} and role_id = (select id from roles where name = 'moderator')`,
    );
    await pause(leaseTime); // as long as anybody may take to hear of it
    proxy.mend();
    expect(await reading).to.equal(200);
    expect(await askAsModerator(service, user)).to.equal(403);
    await service.close();
    await proxy.close();
  });
});

import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import type { Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const day = 86_400_000;

describe('a session', () => {
  const start = Date.UTC(2026, 10, 23);
  let now = start;
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ now: () => now });
  });
  after(() => service.close());
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
  });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });
  const read = (token: string) => service.asUser(token).get('/api/test/user');
  const reusesOf = (id: number) =>
    service.knex('audit_events').where({ subject_id: id, type: 'refresh_token_reused' });

  it('goes on with a new refresh token after each refresh', async () => {
    let { refreshToken } = user;
    const used = new Set([refreshToken]);
    for (let turn = 0; turn < 5; turn++) {
      now += day;
      const { status, body } = await refresh(refreshToken);
      expect(status).to.equal(200);
      expect(body).to.include({ tokenType: 'Bearer', expiresIn: 3600 });
      expect((await read(body.accessToken)).status).to.equal(200);
      refreshToken = body.refreshToken;
      used.add(refreshToken);
    }
    expect(used.size).to.equal(6);
  });

  it('gives the same next token for each repeated refresh within the grace period', async () => {
    const first = await refresh(user.refreshToken);
    now += 30_000;
    for (let turn = 0; turn < 3; turn++) {
      expect((await refresh(user.refreshToken)).body.refreshToken).to.equal(
        first.body.refreshToken,
      );
    }
    expect((await refresh(first.body.refreshToken)).status).to.equal(200);
    expect(await reusesOf(user.id)).to.deep.equal([]);
  });

  const reuses: [string, number, number][] = [
    // what is used again, the refreshes before that, and the milliseconds between
    ['a refresh token is used after the grace period, and its successor was used', 2, 31_000],
    ['a refresh token from before the previous one is used', 2, 0],
  ];
  for (const [what, refreshes, later] of reuses) {
    describe(`in which ${what}`, () => {
      let current: { accessToken: string; refreshToken: string };
      let answer: Received;
      beforeEach(async () => {
        current = { accessToken: user.token, refreshToken: user.refreshToken };
        for (let turn = 0; turn < refreshes; turn++)
          current = (await refresh(current.refreshToken)).body;
        now += later;
        answer = await refresh(user.refreshToken);
      });

      it('refuses the used token, and ends for the thief and the owner', async () => {
        expect(answer.body).to.include({ status: 401, code: 'refresh_token_reused' });
        expect((await refresh(current.refreshToken)).body).to.include({
          status: 401,
          code: 'refresh_token_invalid',
        });
        expect((await read(current.accessToken)).body).to.include({
          status: 401,
          code: 'token_invalid',
        });
      });

      it('leaves exactly one audit event, which names the session and the request', async () => {
        // A later refresh of the ended session adds no event.
        await refresh(current.refreshToken);
        const [event, ...others] = await reusesOf(user.id);
        expect(others).to.deep.equal([]);
        expect(event).to.include({
          type: 'refresh_token_reused',
          ip: '127.0.0.1',
          request_id: answer.headers['x-request-id'],
        });
        expect(event.details).to.include({ sessionId: user.sessionId });
      });

      it('causes a warning in the log, without the token', () => {
        const requestId = answer.headers['x-request-id'];
        const warning = service
          .log()
          .find((line) => line['msg'] === 'request failed' && line['requestId'] === requestId);
        expect(warning).to.include({ level: 40, code: 'refresh_token_reused' });
        expect(JSON.stringify(service.log())).not.to.contain(user.refreshToken);
      });
    });
  }

  it('expires when no refresh comes within the idle time', async () => {
    now = start + 7 * day;
    expect((await refresh(user.refreshToken)).body).to.include({
      status: 401,
      code: 'refresh_token_expired',
    });
  });

  it('expires at the end of its total lifetime in spite of refreshes', async () => {
    let { refreshToken, token } = user;
    for (now += 6 * day; now < start + 30 * day; now += 6 * day) {
      ({ accessToken: token, refreshToken } = (await refresh(refreshToken)).body);
    }
    expect((await refresh(refreshToken)).body).to.include({
      status: 401,
      code: 'refresh_token_expired',
    });
    expect((await read(token)).status).to.equal(401);
  });

  it('gives no access token that expires after the session', async () => {
    const short = await startService({
      now: () => now,
      config: { sessionTtl: 600, sessionIdleTtl: 60 },
    });
    const { refreshToken } = await short.newUser();
    const refreshed = (await short.asGuest.post('/api/auth/refresh', { refreshToken })).body;
    expect(refreshed.expiresIn).to.equal(60);
    const { exp } = jsonwebtoken.decode(refreshed.accessToken as string) as jsonwebtoken.JwtPayload;
    expect(exp).to.equal(now / 1000 + 60);
    await short.close();
  });

  describe('after a sign-out', () => {
    let other: { accessToken: string };
    let answer: Received;
    const signOut = () => service.asUser(user).post('/api/auth/signout');
    beforeEach(async () => {
      other = (await service.signIn(user)).body;
      answer = await signOut();
    });

    it('accepts neither of its two tokens any more', async () => {
      expect(answer.status).to.equal(204);
      expect((await read(user.token)).body).to.include({ status: 401, code: 'token_invalid' });
      expect((await refresh(user.refreshToken)).body).to.include({
        status: 401,
        code: 'refresh_token_invalid',
      });
    });

    it('cannot be signed out again', async () => {
      expect((await signOut()).status).to.equal(401);
    });

    it('leaves the other sessions of the user alone', async () => {
      expect((await read(other.accessToken)).status).to.equal(200);
    });
  });

  it('is not ended by a sign-out that breaks the contract', async () => {
    const answer = await service.asUser(user).post('/api/auth/signout?all=true');
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    expect((await read(user.token)).status).to.equal(200);
  });

  it('cannot be refreshed while its user is disabled', async () => {
    const setDisabled = (disabled_at: Date | null) =>
      service.knex('users').where({ id: user.id }).update({ disabled_at });
    await setDisabled(new Date(now));
    expect((await refresh(user.refreshToken)).body.code).to.equal('refresh_token_invalid');
    await setDisabled(null);
    expect((await refresh(user.refreshToken)).status).to.equal(200);
  });

  it('is deleted together with its user', async () => {
    await service.knex('users').where({ id: user.id }).delete();
    expect((await refresh(user.refreshToken)).body.code).to.equal('refresh_token_invalid');
    expect(await service.knex('sessions').where({ id: user.sessionId })).to.deep.equal([]);
  });

  it('stays one row after 50 refreshes', async () => {
    let { refreshToken } = user;
    for (let turn = 0; turn < 50; turn++) ({ refreshToken } = (await refresh(refreshToken)).body);
    expect(await service.knex('sessions').where({ user_id: user.id }).count()).to.deep.equal([
      { count: 1 },
    ]);
    expect(await reusesOf(user.id)).to.deep.equal([]);
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import type { Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('/api/account/sessions', () => {
  const start = Date.UTC(2026, 10, 24);
  let now = start;
  let service: Service;
  let user: TestUser;
  before(async () => {
    // Access tokens outlive an idle session here, so that the current session can be an idle one.
    service = await startService({ now: () => now, config: { accessTokenTtl: 30 * 86_400 } });
  });
  after(() => service.close());
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
  });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });
  const statusFor = async (token: string) =>
    (await service.asUser(token).get('/api/test/user')).status;
  const listFor = async (token: string) =>
    (await service.asUser(token).get('/api/account/sessions')).body.sessions as { id: string }[];
  const idsFor = async (token: string) => (await listFor(token)).map(({ id }) => id);
  const endSession = (id: string) => service.asUser(user).delete(`/api/account/sessions/${id}`);

  it('lists each session with its client, address and times, the last used one first', async () => {
    now += hour;
    const second = await service.asGuest.post(
      '/api/auth/signin',
      { username: user.username, password: user.password },
      { headers: { 'user-agent': 'Firefox' } },
    );
    now += hour;
    await refresh(user.refreshToken);
    const time = (hours: number) => new Date(start + hours * hour).toISOString();
    const expiry = (hours: number) => new Date(start + hours * hour + 30 * day).toISOString();
    const common = { ip: '127.0.0.1' };
    expect(await listFor(user.token)).to.deep.equal([
      {
        ...common,
        id: user.sessionId,
        current: true,
        userAgent: null,
        createdAt: time(0),
        lastUsedAt: time(2),
        expiresAt: expiry(0),
      },
      {
        ...common,
        id: second.body.sessionId,
        current: false,
        userAgent: 'Firefox',
        createdAt: time(1),
        lastUsedAt: time(1),
        expiresAt: expiry(1),
      },
    ]);
  });

  it('leaves out sessions that were ended, have expired or were idle for too long', async () => {
    const ended = await service.signIn(user);
    await service.asUser(ended.body.accessToken as string).post('/api/auth/signout');
    const expired = await service.signIn(user);
    await service
      .knex('sessions')
      .where({ id: expired.body.sessionId })
      .update({ expires_at: new Date(now) });
    const idle = await service.signIn(user);
    expect(await idsFor(user.token)).to.have.members([user.sessionId, idle.body.sessionId]);
    now += 4 * day;
    const { body } = await refresh(user.refreshToken);
    now += 3 * day;
    expect(await idsFor(body.accessToken as string)).to.deep.equal([user.sessionId]);
  });

  it('lists 100 sessions at most, and always the current one', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => ({
      id: randomUUID(),
      user_id: user.id,
      refresh_salt: randomBytes(16),
      created_at: new Date(start),
      rotated_at: new Date(start + (index + 1) * 1000),
      expires_at: new Date(start + day),
    }));
    await service.knex('sessions').insert(rows);
    now += hour;
    const newest = rows.reverse().slice(0, 99);
    expect(await idsFor(user.token)).to.deep.equal([...newest.map(({ id }) => id), user.sessionId]);
  });

  it('cuts an overlong address from a proxy to 64 characters', async () => {
    const proxied = await startService({ now: () => now, config: { trustProxy: true } });
    const { token, username, password } = await proxied.newUser();
    const headers = { 'x-forwarded-for': 'x'.repeat(300), 'user-agent': 'é'.repeat(300) };
    await proxied.asGuest.post('/api/auth/signin', { username, password }, { headers });
    const { status, body } = await proxied.asUser(token).get('/api/account/sessions');
    expect(status).to.equal(200);
    expect((body.sessions as { ip: string }[]).map(({ ip }) => ip)).to.have.members([
      '127.0.0.1',
      'x'.repeat(64),
    ]);
    await proxied.close();
  });

  it('answers 404 for an unknown session, an ended one and one of another user', async () => {
    const stranger = await service.newUser();
    const own = (await service.signIn(user)).body.sessionId as string;
    await endSession(own);
    for (const id of [stranger.sessionId, own, randomUUID()]) {
      const answer = await endSession(id);
      expect(answer.body).to.include({
        status: 404,
        code: 'not_found',
        message: 'There is no such session.',
      });
    }
    expect(await statusFor(stranger.token)).to.equal(200);
    expect(await listFor(stranger.token)).to.have.lengthOf(1);
  });

  it('leaves the sessions of other users alone when a user ends all others', async () => {
    const stranger = await service.newUser();
    await service.asUser(user).delete('/api/account/sessions');
    expect(await statusFor(stranger.token)).to.equal(200);
  });

  describe('when the client sends the session as a cookie', () => {
    const endFromPage = (id: string) =>
      service.call({
        method: 'DELETE',
        path: `/api/account/sessions/${id}`,
        headers: {
          cookie: `${accessCookie}=${user.token}`,
          'sec-fetch-site': 'same-origin',
        },
      });

    it('keeps the cookies when another session is ended', async () => {
      const other = (await service.signIn(user)).body.sessionId as string;
      expect(cookiesSet(await endFromPage(other))).to.equal('');
    });

    it('signs out and clears the cookies when the current session is ended', async () => {
      const out = await endFromPage(user.sessionId);
      expect(out.status).to.equal(204);
      expect(cookiesSet(out)).to.equal(`${accessCookie}=; ${refreshCookie}=`);
      expect(await statusFor(user.token)).to.equal(401);
    });
  });
});

function cookiesSet({ headers }: Received): string {
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}

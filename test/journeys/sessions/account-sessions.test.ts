import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import type { Received } from '../../../tools/service/http.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe("an account's sessions", () => {
  const start = Date.UTC(2026, 10, 24);
  let now = start;
  let service: Service;
  let user: TestUser;
  before(async () => {
    // Access tokens that outlive an idle session: the current one can be idle.
    service = await startService({ now: () => now, config: { accessTokenTtl: 30 * 86_400 } });
  });
  after(() => service.close());
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
  });
  const as = (token: string) => (method: string, path: string) =>
    service.call({ method, path: `/api/account/sessions${path}`, headers: bearer(token) });
  const signIn = (headers = {}) => {
    const { username, password } = user;
    return service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
      headers,
    });
  };
  const tokenOf = ({ body }: Received) => (body as { accessToken: string }).accessToken;
  const read = async (token: string) =>
    (await service.call({ path: '/api/test/user', headers: bearer(token) })).status;
  const sessionsOf = async (token: string) =>
    (await as(token)('GET', '')).body.sessions as { id: string }[];

  it('are listed with what signed in, from where and when, the last used first', async () => {
    now += hour;
    const second = await signIn({ 'user-agent': 'Firefox' });
    now += hour;
    await service.call({
      method: 'POST',
      path: '/api/auth/refresh',
      body: { refreshToken: user.refreshToken },
    });
    const time = (hours: number) => new Date(start + hours * hour).toISOString();
    const expiry = (hours: number) => new Date(start + hours * hour + 30 * day).toISOString();
    const common = { ip: '127.0.0.1' };
    expect((await as(user.token)('GET', '')).body.sessions).to.deep.equal([
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

  it('are listed while they can be used, and no longer', async () => {
    const ids = async () => (await sessionsOf(user.token)).map(({ id }) => id);
    const ended = await signIn();
    await service.call({
      method: 'POST',
      path: '/api/auth/signout',
      headers: bearer(tokenOf(ended)),
    });
    const expired = await signIn();
    await service
      .knex('sessions')
      .where({ id: expired.body.sessionId })
      .update({ expires_at: new Date(now) });
    const idle = await signIn();
    expect(await ids()).to.have.members([user.sessionId, idle.body.sessionId]);
    now += 4 * day;
    const { body } = await service.call({
      method: 'POST',
      path: '/api/auth/refresh',
      body: { refreshToken: user.refreshToken },
    });
    now += 3 * day;
    expect((await sessionsOf(body.accessToken as string)).map(({ id }) => id)).to.deep.equal([
      user.sessionId,
    ]);
  });

  it('are a hundred at most, the current one among them', async () => {
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
    expect((await sessionsOf(user.token)).map(({ id }) => id)).to.deep.equal([
      ...newest.map(({ id }) => id),
      user.sessionId,
    ]);
  });

  it('are listed whatever a proxy has called an address', async () => {
    const proxied = await startService({ now: () => now, config: { trustProxy: true } });
    const { token, username, password } = await proxied.newUser();
    const headers = { 'x-forwarded-for': 'x'.repeat(300), 'user-agent': 'é'.repeat(300) };
    await proxied.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
      headers,
    });
    const { status, body } = await proxied.call({
      path: '/api/account/sessions',
      headers: bearer(token),
    });
    expect(status).to.equal(200);
    expect((body.sessions as { ip: string }[]).map(({ ip }) => ip)).to.have.members([
      '127.0.0.1',
      'x'.repeat(64),
    ]);
    await proxied.close();
  });

  it('are not there for others, nor twice, nor when they never were', async () => {
    const stranger = await service.newUser();
    const own = (await signIn()).body.sessionId as string;
    await as(user.token)('DELETE', `/${own}`);
    for (const id of [stranger.sessionId, own, randomUUID()]) {
      const answer = await as(user.token)('DELETE', `/${id}`);
      expect(answer.body).to.include({
        status: 404,
        code: 'not_found',
        message: 'There is no such session.',
      });
    }
    expect(await read(stranger.token)).to.equal(200);
    expect(await sessionsOf(stranger.token)).to.have.lengthOf(1);
    await as(user.token)('DELETE', '');
    expect(await read(stranger.token)).to.equal(200);
  });

  it('end with a sign-out when it is the current one, and leave the cookies alone when it is another', async () => {
    const other = (await signIn()).body.sessionId as string;
    const cookie = `${accessCookie}=${user.token}`;
    const end = (id: string) =>
      service.call({
        method: 'DELETE',
        path: `/api/account/sessions/${id}`,
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
      });
    expect(cookiesSet(await end(other))).to.equal('');
    const out = await end(user.sessionId);
    expect(out.status).to.equal(204);
    expect(cookiesSet(out)).to.equal(`${accessCookie}=; ${refreshCookie}=`);
    expect(await read(user.token)).to.equal(401);
  });
});

function cookiesSet({ headers }: Received): string {
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}

import { expect } from 'chai';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import type { Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const own = { 'sec-fetch-site': 'same-origin' };
const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

/** The cookies that the answer sets, by name. */
function cookiesOf({ headers }: Received): Record<string, string | undefined> {
  const lines = headers['set-cookie'] ?? [];
  const pairs = lines.map((line) => /^([^=]+)=([^;]*)/.exec(line));
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2]]));
}
const cleared = { [accessCookie]: '', [refreshCookie]: '' };

describe('a sign-out', () => {
  let now = Date.UTC(2026, 10, 23);
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ now: () => now });
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser();
  });
  const signOut = (body?: object, headers: Record<string, string> = {}) =>
    service.asGuest.post('/api/auth/signout', body, { headers });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });
  const signInByCookie = (cookie = '') =>
    service.asGuest.post(
      '/api/auth/signin',
      { username: user.username, password: user.password, transport: 'cookie' },
      { headers: { ...own, ...(cookie && { cookie }) } },
    );
  const isLive = async (sessionId: string) => {
    const [row] = await service.knex('sessions').where({ id: sessionId });
    return row.ended_at === null;
  };
  const signOuts = () =>
    service.knex('audit_events').where({ subject_id: user.id, type: 'signed_out' });

  it('ends the session of the refresh token in the body, without an access token', async () => {
    expect((await signOut({ refreshToken: user.refreshToken })).status).to.equal(204);
    expect((await refresh(user.refreshToken)).body).to.include({ code: 'refresh_token_invalid' });
    const [event] = await signOuts();
    expect(event).to.include({ actor_id: user.id });
    expect(event.details).to.deep.equal({ sessionId: user.sessionId });
  });

  it('ends the session of a refresh token that was used before', async () => {
    await refresh(user.refreshToken);
    expect((await signOut({ refreshToken: user.refreshToken })).status).to.equal(204);
    expect(await isLive(user.sessionId)).to.equal(false);
  });

  it('ends the session of the refresh cookie when the access token has expired', async () => {
    const signedIn = await signInByCookie();
    now += 3_600_000;
    const { [accessCookie]: access, [refreshCookie]: token } = cookiesOf(signedIn);
    for (const cookie of [
      `${refreshCookie}=${token}`,
      `${accessCookie}=${access}; ${refreshCookie}=${token}`,
    ]) {
      const answer = await signOut(undefined, { ...own, cookie });
      expect(answer.status).to.equal(204);
      expect(cookiesOf(answer)).to.deep.equal(cleared);
    }
    expect(await isLive(signedIn.body.sessionId)).to.equal(false);
    expect(await signOuts()).to.have.lengthOf(1);
  });

  it('by cookie is refused from another site, and ends and clears nothing', async () => {
    const signedIn = await signInByCookie();
    const cookie = `${refreshCookie}=${cookiesOf(signedIn)[refreshCookie]}`;
    const answer = await signOut(undefined, { ...elsewhere, cookie });
    expect(answer.body).to.include({ status: 403, code: 'cross_site_request' });
    expect(cookiesOf(answer)).to.deep.equal({});
    expect(await isLive(signedIn.body.sessionId)).to.equal(true);
  });

  it('that another site sends with a token of its own clears no cookies', async () => {
    const answers = [
      await signOut({ refreshToken: user.refreshToken }, elsewhere),
      await signOut(undefined, elsewhere),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 401]);
    expect(answers.map(cookiesOf)).to.deep.equal([{}, {}]);
  });

  it('with an unknown refresh token is no error, and ends nothing', async () => {
    const bytes = Buffer.from(user.refreshToken, 'base64url');
    bytes[83]! ^= 1;
    for (const refreshToken of ['AAAA', bytes.toString('base64url')])
      expect((await signOut({ refreshToken })).status).to.equal(204);
    expect(await isLive(user.sessionId)).to.equal(true);
  });

  it('of a session that has ended clears the cookies', async () => {
    const cookie = `${accessCookie}=${user.token}`;
    await signOut(undefined, { ...own, cookie });
    const answer = await signOut(undefined, { ...own, cookie });
    expect(answer.body).to.include({ status: 401, code: 'token_invalid' });
    expect(cookiesOf(answer)).to.deep.equal(cleared);
  });

  it('without any token is refused', async () => {
    expect((await signOut()).body).to.include({ status: 401, code: 'token_missing' });
  });

  it('is followed by a refresh that clears the cookies', async () => {
    await signOut({ refreshToken: user.refreshToken });
    const cookie = `${refreshCookie}=${user.refreshToken}`;
    const answer = await service.asGuest.post('/api/auth/refresh', undefined, {
      headers: { ...own, cookie },
    });
    expect(answer.body).to.include({ status: 401, code: 'refresh_token_invalid' });
    expect(cookiesOf(answer)).to.deep.equal(cleared);
    expect(cookiesOf(await refresh(user.refreshToken)), 'a token in the body').to.deep.equal({});
  });

  it('happens to the session whose cookie a sign-in replaces', async () => {
    const first = await signInByCookie();
    const second = await signInByCookie(`${refreshCookie}=${cookiesOf(first)[refreshCookie]}`);
    expect(second.status).to.equal(200);
    expect(await isLive(first.body.sessionId)).to.equal(false);
    expect(await isLive(second.body.sessionId)).to.equal(true);
    expect(await isLive(user.sessionId), 'a session without cookies').to.equal(true);
  });
});

import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

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
    service.call({ method: 'POST', path: '/api/auth/refresh', body: { refreshToken } });
  const read = (token: string) => service.call({ path: '/api/test/user', headers: bearer(token) });
  const auditOf = (id: number) =>
    service.knex('audit_events').where({ subject_id: id, type: 'refresh_token_reused' });

  it('goes on with each refresh token, which is good for one use', async () => {
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

  it('gives the same next token again within the grace, however often', async () => {
    const first = await refresh(user.refreshToken);
    now += 30_000;
    for (let turn = 0; turn < 3; turn++) {
      expect((await refresh(user.refreshToken)).body.refreshToken).to.equal(
        first.body.refreshToken,
      );
    }
    expect((await refresh(first.body.refreshToken)).status).to.equal(200);
    expect(await auditOf(user.id)).to.deep.equal([]);
  });

  const reuses: [string, (first: string) => Promise<string>][] = [
    [
      'the token before the last, after the grace',
      async (first) => {
        now += 31_000;
        return Promise.resolve(first);
      },
    ],
    ['the token before that, at any time', (first) => Promise.resolve(first)],
  ];
  for (const [index, [what, reuse]] of reuses.entries()) {
    it(`ends when ${what}, is used again: for the thief and the owner`, async () => {
      const second = (await refresh(user.refreshToken)).body;
      const current = index === 0 ? second : (await refresh(second.refreshToken)).body;
      const answer = await refresh(await reuse(user.refreshToken));
      expect(answer.body).to.include({ status: 401, code: 'refresh_token_reused' });
      expect((await refresh(current.refreshToken)).body).to.include({
        status: 401,
        code: 'refresh_token_invalid',
      });
      expect((await read(current.accessToken)).body).to.include({
        status: 401,
        code: 'token_invalid',
      });

      const [event, ...others] = await auditOf(user.id);
      expect(others).to.deep.equal([]);
      expect(event).to.include({
        type: 'refresh_token_reused',
        ip: '127.0.0.1',
        request_id: answer.headers['x-request-id'],
      });
      expect(event.details).to.include({ sessionId: user.sessionId });
      const warning = service
        .log()
        .find(
          ({ msg, requestId }) =>
            msg === 'request failed' && requestId === answer.headers['x-request-id'],
        );
      expect(warning).to.include({ level: 40, code: 'refresh_token_reused' });
      expect(JSON.stringify(service.log())).not.to.contain(user.refreshToken);
    });
  }

  it('expires when it is idle, and in the end in any case', async () => {
    now = start + 7 * day;
    expect((await refresh(user.refreshToken)).body).to.include({
      status: 401,
      code: 'refresh_token_expired',
    });

    now = start;
    let { refreshToken, token } = await service.newUser();
    for (now += 6 * day; now < start + 30 * day; now += 6 * day) {
      ({ accessToken: token, refreshToken } = (await refresh(refreshToken)).body);
    }
    expect((await refresh(refreshToken)).body).to.include({
      status: 401,
      code: 'refresh_token_expired',
    });
    expect((await read(token)).status).to.equal(401);
  });

  it('is never outlived by an access token', async () => {
    const short = await startService({
      now: () => now,
      config: { sessionTtl: 600, sessionIdleTtl: 60 },
    });
    const { refreshToken } = await short.newUser();
    const refreshed = (
      await short.call({ method: 'POST', path: '/api/auth/refresh', body: { refreshToken } })
    ).body;
    expect(refreshed.expiresIn).to.equal(60);
    const { exp } = jsonwebtoken.decode(refreshed.accessToken as string) as jsonwebtoken.JwtPayload;
    expect(exp).to.equal(now / 1000 + 60);
    await short.close();
  });

  it('ends with a sign-out, for both of its tokens and from the next request on', async () => {
    const other = (
      await service.call({
        method: 'POST',
        path: '/api/auth/signin',
        body: { username: user.username, password: user.password },
      })
    ).body;
    expect(
      (
        await service.call({
          method: 'POST',
          path: '/api/auth/signout',
          headers: bearer(user.token),
        })
      ).status,
    ).to.equal(204);
    expect((await read(user.token)).body).to.include({ status: 401, code: 'token_invalid' });
    expect((await refresh(user.refreshToken)).body).to.include({
      status: 401,
      code: 'refresh_token_invalid',
    });
    expect(
      (
        await service.call({
          method: 'POST',
          path: '/api/auth/signout',
          headers: bearer(user.token),
        })
      ).status,
    ).to.equal(401);
    expect((await read(other.accessToken)).status, 'other sessions go on').to.equal(200);
  });

  it('is not ended by a sign-out that breaks the contract', async () => {
    const answer = await service.call({
      method: 'POST',
      path: '/api/auth/signout?all=true',
      headers: bearer(user.token),
    });
    expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    expect((await read(user.token)).status).to.equal(200);
  });

  it('is of no use to a user who is disabled or deleted', async () => {
    await service
      .knex('users')
      .where({ id: user.id })
      .update({ disabled_at: new Date(now) });
    expect((await refresh(user.refreshToken)).body.code).to.equal('refresh_token_invalid');
    await service.knex('users').where({ id: user.id }).update({ disabled_at: null });
    expect((await refresh(user.refreshToken)).status).to.equal(200);
    await service.knex('users').where({ id: user.id }).delete();
    expect((await refresh(user.refreshToken)).body.code).to.equal('refresh_token_invalid');
    expect(await service.knex('sessions').where({ id: user.sessionId })).to.deep.equal([]);
  });

  it('is one row, whatever happens in it', async () => {
    let { refreshToken } = user;
    for (let turn = 0; turn < 50; turn++) ({ refreshToken } = (await refresh(refreshToken)).body);
    expect(await service.knex('sessions').where({ user_id: user.id }).count()).to.deep.equal([
      { count: 1 },
    ]);
    expect(await auditOf(user.id)).to.deep.equal([]);
  });
});

describe('bad input to refreshTokens', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const refresh = (body: unknown, headers = {}) =>
    service.call({ method: 'POST', path: '/api/auth/refresh', body, headers });
  const json = { 'content-type': 'application/json' };

  const refused: [string, unknown, string][] = [
    ['no token', {}, '/body/refreshToken'],
    ['no body', undefined, '/body/refreshToken'],
    ['a token that is a number', { refreshToken: 1 }, '/body/refreshToken'],
    ['an empty token', { refreshToken: '' }, '/body/refreshToken'],
    ['a token of 257 characters', { refreshToken: 'a'.repeat(257) }, '/body/refreshToken'],
    ['a token with NUL', { refreshToken: 'a\u0000' }, '/body/refreshToken'],
    ['a token with a lone surrogate', '{"refreshToken":"\\ud800"}', '/body/refreshToken'],
    ['an extra member', { refreshToken: 'a', grace: true }, '/body/grace'],
    ['a list', [], '/body'],
  ];
  for (const [what, body, path] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await refresh(body, typeof body === 'string' ? json : {});
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect((answer.body as { errors: { path: string }[] }).errors[0]?.path).to.equal(path);
    });
  }

  it('refuses what is no JSON, of another media type, or too large', async () => {
    expect((await refresh('{', json)).body).to.include({ status: 400, code: 'malformed_body' });
    expect((await refresh('<x/>', { 'content-type': 'text/xml' })).body).to.include({
      status: 415,
    });
    expect((await refresh({ refreshToken: 'a'.repeat(20_000) })).body).to.include({ status: 413 });
  });
});

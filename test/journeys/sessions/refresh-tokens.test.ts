import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createRefresh } from '../../../src/domain/sessions/refresh.ts';
import { createRefreshTokens } from '../../../src/domain/tokens/refresh-tokens.ts';
import { jwtSecrets, startService, type Service, type TestUser } from '../../support/service.ts';

describe('a refresh token', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser();
  });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });

  it('is refused when any part of it was changed, and its session goes on', async () => {
    const bytes = Buffer.from(user.refreshToken, 'base64url');
    const changed = (position: number) => {
      const copy = Buffer.from(bytes);
      copy[position] = copy[position]! ^ 1;
      return copy.toString('base64url');
    };
    const forged = [
      changed(0),
      changed(19),
      changed(20),
      changed(51),
      changed(52),
      changed(83),
      user.refreshToken.slice(0, -4),
      `${user.refreshToken}AAAA`,
      'AAAA',
    ];
    for (const token of forged)
      expect((await refresh(token)).body, token).to.include({
        status: 401,
        code: 'refresh_token_invalid',
      });
    expect((await refresh(user.refreshToken)).status).to.equal(200);
  });

  it('cannot be forged with only the secret or only the salt of the session', async () => {
    const { refresh_salt: refreshSalt } = await service
      .knex('sessions')
      .where({ id: user.sessionId })
      .first();
    const forge = (secret: string, salt: Buffer, counter: number) =>
      createRefreshTokens([Buffer.from(secret)]).issue(
        { id: user.sessionId, refreshSalt: salt },
        counter,
      );
    const [secret] = jwtSecrets as [string];
    for (const counter of [0, 1]) {
      for (const token of [
        forge(secret, randomBytes(16), counter),
        forge('another secret, long enough to be one', refreshSalt, counter),
      ])
        expect((await refresh(token)).body).to.include({
          status: 401,
          code: 'refresh_token_invalid',
        });
    }
    expect(
      forge(secret, refreshSalt, 0),
      'the secret and the salt together make the token',
    ).to.equal(user.refreshToken);
    expect((await refresh(user.refreshToken)).status).to.equal(200);
  });

  it('is not in the database, and neither is a secret part of it', async () => {
    const [row] = await service.knex('sessions').where({ id: user.sessionId });
    const stored = Buffer.concat(
      Object.values(row).map((value) =>
        Buffer.isBuffer(value) ? value : Buffer.from(String(value)),
      ),
    );
    const bytes = Buffer.from(user.refreshToken, 'base64url');
    for (const part of [bytes.subarray(20, 52), bytes.subarray(52)])
      expect(stored.includes(part)).to.equal(false);
    expect(stored.toString()).not.to.contain(user.refreshToken);
  });

  it('is accepted when its user is enabled again while the refresh runs', async () => {
    const { repositories, knex } = service;
    const setDisabled = (disabled_at: Date | null) =>
      knex('users').where({ id: user.id }).update({ disabled_at });
    const trade = createRefresh({
      repositories: {
        sessions: {
          ...repositories.sessions,
          async find(id) {
            await setDisabled(null);
            return repositories.sessions.find(id);
          },
        },
      },
      refreshTokens: createRefreshTokens(jwtSecrets.map((secret) => Buffer.from(secret))),
      tokensFor: (_session, _holder, counter) => ({
        accessToken: '',
        refreshToken: `${counter}`,
        expiresIn: 1,
        refreshExpiresIn: 1,
      }),
      times: { sessionTtl: 3_600, sessionIdleTtl: 3_600, refreshGrace: 30 },
      now: Date.now,
    });
    await setDisabled(new Date());
    const client = {
      requestId: 'a request',
      ip: null,
      userAgent: null,
      byCookie: false,
      isTrusted: () => true,
      prefersPage: () => false,
    };
    expect((await trade(user.refreshToken, client)).refreshToken).to.equal('1');
  });
});

import { expect } from 'chai';
import { hashOf } from '../../../src/domain/tokens/one-time-tokens.ts';
import type { Received } from '../../../tools/service/http.ts';
import { askAsModerator, untilKept } from '../../support/callers.ts';
import { askForLink, askForReset, reset, verify } from '../../support/mail.ts';
import { operations } from '../../support/operations.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

describe('the caller cache of a node that changes a caller itself', () => {
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
  const asUser = () => service.asUser(user);
  const asAdmin = () => service.asUser(admin);
  const inOtherSession = async () =>
    service.asUser((await service.signIn(user)).body.accessToken as string);
  const userPath = () => `/api/users/${user.id}`;

  /** For each operation that is not a GET: the call, and the status of the user's next request. */
  const changes: Record<string, [() => Promise<Received>, number]> = {
    signUp: [() => service.asGuest.post('/api/auth/signup', newCredentials()), 200],
    signIn: [() => service.signIn(user), 200],
    refreshTokens: [() => reuse(), 401],
    signOut: [() => asUser().post('/api/auth/signout'), 401],
    requestPasswordReset: [() => askForReset(service, user.email), 200],
    resetPassword: [async () => reset(service, await oneTimeToken('password_reset')), 401],
    requestEmailVerification: [() => askForLink(service, user.email), 200],
    verifyEmail: [async () => verify(service, await oneTimeToken('email_verification')), 200],
    deleteAccount: [() => asUser().delete('/api/account', { password: user.password }), 401],
    changePassword: [
      async () =>
        (await inOtherSession()).put('/api/account/password', {
          currentPassword: user.password,
          newPassword: 'another correct horse',
        }),
      401,
    ],
    endOtherSessions: [async () => (await inOtherSession()).delete('/api/account/sessions'), 401],
    endSession: [
      async () => (await inOtherSession()).delete(`/api/account/sessions/${user.sessionId}`),
      401,
    ],
    createUser: [() => asAdmin().post('/api/users', { ...newCredentials(), roles: [] }), 200],
    updateUser: [() => asAdmin().patch(userPath(), { disabled: true }), 401],
    deleteUser: [() => asAdmin().delete(userPath()), 401],
    setUserRoles: [() => asAdmin().put(`${userPath()}/roles`, { roles: ['user'] }), 403],
    endUserSessions: [() => asAdmin().delete(`${userPath()}/sessions`), 401],
  };

  it('is tested with every operation that is not a GET', () => {
    const unsafe = operations
      .filter(({ method }) => !['GET', 'HEAD'].includes(method))
      .map(({ id }) => id);
    expect(Object.keys(changes)).to.have.members(unsafe);
  });

  for (const [operation, [change, status]] of Object.entries(changes)) {
    it(`answers ${status} to the next request of the caller after ${operation}`, async () => {
      await change();
      expect(await askAsModerator(service, user)).to.equal(status);
    });
  }

  /** Uses the first refresh token again after two newer ones. */
  async function reuse(): Promise<Received> {
    const refresh = (refreshToken: string) =>
      service.asGuest.post('/api/auth/refresh', { refreshToken });
    const second = await refresh(user.refreshToken);
    await refresh(second.body.refreshToken);
    await untilKept(service, user);
    const reused = await refresh(user.refreshToken);
    expect(reused.body.code).to.equal('refresh_token_reused');
    return reused;
  }

  /** Stores a token as if its mail had been sent. */
  async function oneTimeToken(purpose: string): Promise<string> {
    const token = 'x'.repeat(43 - String(user.id).length) + String(user.id);
    await service.knex('one_time_tokens').insert({
      token_hash: hashOf(token),
      purpose,
      user_id: user.id,
      email: user.email,
      created_at: new Date(),
      expires_at: new Date(Date.now() + 60_000),
    });
    return token;
  }
});

import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { hashOf, type Purpose } from '../../../src/domain/tokens/one-time-tokens.ts';
import type { Received, Sent } from '../../../tools/service/http.ts';
import { operations } from '../../support/operations.ts';
import { createDatabase } from '../../support/postgres.ts';
import { startCounter, type Counter } from '../../support/round-trips.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

// What an operation costs the database and its network. Each message that is waited for counts, BEGIN and COMMIT among them; what tells whose token it
// is, is counted apart.

const transaction = 2;
const lockedUser = 2;

describe('the round trips to the database', () => {
  let counter: Counter;
  let service: Service;
  let user: TestUser;
  let other: TestUser;
  let admin: TestUser;
  before(async () => {
    const databaseUrl = await createDatabase();
    counter = await startCounter(databaseUrl);
    service = await startService({ databaseUrl, poolUrl: counter.url });
    await service.outbox.stop(); // what it does, it does in nobody's time
    admin = await service.newUser('moderator', 'admin');
  });
  after(async () => {
    await service.close();
    await counter.close();
  });
  beforeEach(async () => {
    [user, other] = [await service.newUser(), await service.newUser()];
  });

  const seen = new Set<string>();
  const call = (method: string, path: string, body?: object, who?: TestUser): Promise<Received> => {
    const sent: Sent = {
      method,
      path,
      ...(body && { body }),
      headers: who ? bearer(who.token) : {},
    };
    return service.call(sent);
  };
  const signIn = (password: string) =>
    call('POST', '/api/auth/signin', { username: user.username, password });
  const refresh = () => call('POST', '/api/auth/refresh', { refreshToken: user.refreshToken });
  const during = async (ask: () => Promise<Received>) => {
    let status = 0;
    const all = await counter.during(async () => ({ status } = await ask()));
    const trips = all.filter((what) => !what.startsWith('find live session'));
    expect(all.length - trips.length).to.be.at.most(1);
    return { status, trips };
  };
  const newToken = async (purpose: Purpose) => {
    const token = randomBytes(32).toString('base64url');
    const { id: userId, email } = user;
    const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 60_000)];
    await service.repositories.oneTimeTokens.insert({
      tokenHash: hashOf(token),
      purpose,
      userId,
      email,
      createdAt,
      expiresAt,
    });
    return token;
  };

  type Ask = (prepared: string) => Promise<Received>;
  const costs: [
    operation: string,
    when: string,
    trips: number,
    ask: Ask,
    prepare?: () => Promise<string>,
  ][] = [
    ['signUp', '', 1, () => call('POST', '/api/auth/signup', newCredentials())],
    ['signIn', '', 2, () => signIn(user.password)],
    ['refreshTokens', '', 1, refresh],
    [
      'refreshTokens',
      'a second time',
      1 + transaction + 1,
      refresh,
      async () => (await refresh()).text,
    ],
    ['signOut', '', 1, () => call('POST', '/api/auth/signout', undefined, user)],
    [
      'requestPasswordReset',
      '',
      1,
      () => call('POST', '/api/auth/password-reset/request', { email: user.email }),
    ],
    [
      'requestEmailVerification',
      '',
      1,
      () => call('POST', '/api/auth/email-verification/request', { email: user.email }),
    ],
    [
      'resetPassword',
      '',
      2 + transaction + 6,
      (token) =>
        call('POST', '/api/auth/password-reset', { token, newPassword: 'another correct horse' }),
      () => newToken('password_reset'),
    ],
    [
      'verifyEmail',
      '',
      1 + transaction + 4,
      (token) => call('POST', '/api/auth/email-verification', { token }),
      () => newToken('email_verification'),
    ],
    ['getAccount', '', 1, () => call('GET', '/api/account', undefined, user)],
    [
      'changePassword',
      '',
      1 + transaction + lockedUser + 4,
      () =>
        call(
          'PUT',
          '/api/account/password',
          { currentPassword: user.password, newPassword: 'another correct horse' },
          user,
        ),
    ],
    [
      'deleteAccount',
      '',
      1 + transaction + lockedUser + 4,
      () => call('DELETE', '/api/account', { password: user.password }, user),
    ],
    ['listSessions', '', 1, () => call('GET', '/api/account/sessions', undefined, user)],
    [
      'endSession',
      '',
      1,
      () => call('DELETE', `/api/account/sessions/${user.sessionId}`, undefined, user),
    ],
    ['endOtherSessions', '', 1, () => call('DELETE', '/api/account/sessions', undefined, user)],
    ['listAuditEvents', '', 1, () => call('GET', '/api/audit-events', undefined, admin)],
    ['listUsers', '', 1, () => call('GET', '/api/users?search=user', undefined, admin)],
    ['getUser', '', 1, () => call('GET', `/api/users/${other.id}`, undefined, admin)],
    ['createUser', '', transaction + 2, () => call('POST', '/api/users', newCredentials(), admin)],
    [
      'updateUser',
      'to disable',
      transaction + lockedUser + 6,
      () => call('PATCH', `/api/users/${other.id}`, { disabled: true }, admin),
    ],
    [
      'setUserRoles',
      '',
      transaction + lockedUser + 5,
      () => call('PUT', `/api/users/${other.id}/roles`, { roles: ['user', 'moderator'] }, admin),
    ],
    [
      'deleteUser',
      '',
      transaction + lockedUser + 4,
      () => call('DELETE', `/api/users/${other.id}`, undefined, admin),
    ],
    [
      'listUserSessions',
      '',
      2,
      () => call('GET', `/api/users/${other.id}/sessions`, undefined, admin),
    ],
    [
      'endUserSessions',
      '',
      transaction + lockedUser + 1,
      () => call('DELETE', `/api/users/${other.id}/sessions`, undefined, admin),
    ],
    ['getReadiness', '', 1, () => call('GET', '/health/ready')],
    ...operations
      .filter(({ id }) => /^get(?!Readiness|Account|User$)|^listRoles/.test(id))
      .map(({ id, path }): [string, string, number, Ask] => [
        id,
        '',
        0,
        () => call('GET', path, undefined, admin),
      ]),
  ];

  for (const [operation, when, expected, ask, prepare] of costs) {
    it(`are ${expected} for ${operation}${when && ` ${when}`}`, async () => {
      const prepared = (await prepare?.()) ?? '';
      const { status, trips } = await during(() => ask(prepared));
      expect(status).to.be.within(200, 204);
      expect(trips.length, trips.join('\n')).to.equal(expected);
      seen.add(operation);
    });
  }

  it('are 2 for a sign-in that fails, and none for what is no refresh token', async () => {
    const failed = await during(() => signIn('wrong'));
    expect(failed.status).to.equal(401);
    expect(failed.trips).to.have.lengthOf(2);
    const none = await during(() => call('POST', '/api/auth/refresh', { refreshToken: 'none' }));
    expect(none).to.deep.equal({ status: 401, trips: [] });
  });

  it('are told here for every operation', () => {
    expect([...seen]).to.have.members(operations.map(({ id }) => id));
  });
});

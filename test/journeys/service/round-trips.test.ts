import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { hashOf, type Purpose } from '../../../src/domain/tokens/one-time-tokens.ts';
import type { Received } from '../../../tools/service/http.ts';
import { askForLink, askForReset, newPassword, reset, verify } from '../../support/mail.ts';
import { operations } from '../../support/operations.ts';
import { createDatabase } from '../../support/postgres.ts';
import { startCounter, type Counter } from '../../support/round-trips.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

// The database cost of each operation: the messages that it waits for, BEGIN and COMMIT included.
// The query for the caller of the token is not counted, because the caller cache saves it.

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
    await service.outbox.stop(); // it works after the answer, so it delays no client
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
  const signIn = (password: string) => service.signIn({ ...user, password });
  const refresh = () =>
    service.asGuest.post('/api/auth/refresh', { refreshToken: user.refreshToken });
  const asUser = () => service.asUser(user);
  const asAdmin = () => service.asUser(admin);
  const pathOfOther = () => `/api/users/${other.id}`;
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
    ['signUp', '', 1, () => service.asGuest.post('/api/auth/signup', newCredentials())],
    ['signIn', '', 2, () => signIn(user.password)],
    ['refreshTokens', '', 1, refresh],
    ['refreshTokens', 'a second time', 1 + 1, refresh, async () => (await refresh()).text],
    ['signOut', '', 1, () => asUser().post('/api/auth/signout')],
    ['requestPasswordReset', '', 1, () => askForReset(service, user.email)],
    ['requestEmailVerification', '', 1, () => askForLink(service, user.email)],
    [
      'resetPassword',
      '',
      2 + transaction + 6,
      (token) => reset(service, token),
      () => newToken('password_reset'),
    ],
    [
      'verifyEmail',
      '',
      1 + transaction + 4,
      (token) => verify(service, token),
      () => newToken('email_verification'),
    ],
    ['getAccount', '', 1, () => asUser().get('/api/account')],
    [
      'changePassword',
      '',
      1 + transaction + lockedUser + 4,
      () => asUser().put('/api/account/password', { currentPassword: user.password, newPassword }),
    ],
    [
      'deleteAccount',
      '',
      1 + transaction + lockedUser + 4,
      () => asUser().delete('/api/account', { password: user.password }),
    ],
    ['listSessions', '', 1, () => asUser().get('/api/account/sessions')],
    ['endSession', '', 1, () => asUser().delete(`/api/account/sessions/${user.sessionId}`)],
    ['endOtherSessions', '', 1, () => asUser().delete('/api/account/sessions')],
    ['listAuditEvents', '', 1, () => asAdmin().get('/api/audit-events')],
    ['listUsers', '', 1, () => asAdmin().get('/api/users?search=user')],
    ['getUser', '', 1, () => asAdmin().get(pathOfOther())],
    ['createUser', '', transaction + 2, () => asAdmin().post('/api/users', newCredentials())],
    [
      'updateUser',
      'to disable',
      transaction + lockedUser + 6,
      () => asAdmin().patch(pathOfOther(), { disabled: true }),
    ],
    [
      'setUserRoles',
      '',
      transaction + lockedUser + 5,
      () => asAdmin().put(`${pathOfOther()}/roles`, { roles: ['user', 'moderator'] }),
    ],
    ['deleteUser', '', transaction + lockedUser + 4, () => asAdmin().delete(pathOfOther())],
    ['listUserSessions', '', 2, () => asAdmin().get(`${pathOfOther()}/sessions`)],
    [
      'endUserSessions',
      '',
      transaction + lockedUser + 1,
      () => asAdmin().delete(`${pathOfOther()}/sessions`),
    ],
    ['getReadiness', '', 1, () => service.asGuest.get('/health/ready')],
    ...operations
      .filter(({ id }) => /^get(?!Readiness|Account|User$)|^listRoles/.test(id))
      .map(({ id, path }): [string, string, number, Ask] => [id, '', 0, () => asAdmin().get(path)]),
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

  it('are 2 for a sign-in with a wrong password', async () => {
    const failed = await during(() => signIn('wrong'));
    expect(failed.status).to.equal(401);
    expect(failed.trips).to.have.lengthOf(2);
  });

  it('are 0 for a refresh with a text that is no refresh token', async () => {
    const none = await during(() =>
      service.asGuest.post('/api/auth/refresh', { refreshToken: 'none' }),
    );
    expect(none).to.deep.equal({ status: 401, trips: [] });
  });

  it('are tested for every operation', () => {
    expect([...seen]).to.have.members(operations.map(({ id }) => id));
  });
});

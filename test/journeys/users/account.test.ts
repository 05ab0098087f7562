import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

const newPassword = 'violin harbour lantern';
const day = 86_400_000;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('an account', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser();
  });
  const readAccount = async () => (await service.asUser(user).get('/api/account')).body as object;
  const signIn = (password = user.password) =>
    service.signIn({ username: user.username, password });
  const newToken = async () => ((await signIn()).body as { accessToken: string }).accessToken;
  const reads = async (...tokens: string[]) => {
    const answers = tokens.map((token) => service.asUser(token).get('/api/test/user'));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const sessionsOf = async (token: string) =>
    (await service.asUser(token).get('/api/account/sessions')).body.sessions as {
      id: string;
      current: boolean;
    }[];
  /** Goes on with the new token. */
  const changePassword = async (body = { currentPassword: user.password, newPassword }) => {
    const answer = await service.asUser(user).put('/api/account/password', body);
    if (answer.status === 200) user = { ...user, token: answer.body.accessToken as string };
    return answer;
  };
  const deleteAccount = (password: string) =>
    service.asUser(user).delete('/api/account', { password });

  it('is read with its id, its name and its state', async () => {
    expect(await readAccount()).to.include({
      id: user.id,
      username: user.username,
      emailVerified: false,
    });
  });

  it('is read as the database has it now', async () => {
    const createdAt = new Date('2026-02-03T04:05:06.789Z');
    await service
      .knex('users')
      .where({ id: user.id })
      .update({ created_at: createdAt, email_verified_at: createdAt });
    await service.repositories.users.grantRole(user.id, 'admin');
    expect(await readAccount()).to.deep.equal({
      id: user.id,
      username: user.username,
      email: user.email,
      emailVerified: true,
      roles: ['ROLE_USER', 'ROLE_ADMIN'],
      createdAt: createdAt.toISOString(),
    });
    await service.repositories.users.revokeRole(user.id, 'admin');
  });

  it('ends one of its sessions, and keeps the others', async () => {
    const [phone, tablet, laptop] = [await newToken(), await newToken(), await newToken()];
    expect(await sessionsOf(phone)).to.have.lengthOf(4);
    const { id } = (await sessionsOf(laptop)).find(({ current }) => current)!;
    const ended = await service.asUser(phone).delete(`/api/account/sessions/${id}`);
    expect(ended.status).to.equal(204);
    expect(await reads(laptop, tablet, phone)).to.deep.equal([401, 200, 200]);
  });

  it('ends all of its sessions except the current one', async () => {
    const [phone, tablet] = [await newToken(), await newToken()];
    const ended = await service.asUser(phone).delete('/api/account/sessions');
    expect(ended.status).to.equal(204);
    expect(await reads(user.token, tablet, phone)).to.deep.equal([401, 401, 200]);
  });

  it('gets another password, which replaces the old one and ends all sessions', async () => {
    const [before, other] = [user.token, await newToken()];
    const answer = await changePassword();
    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ tokenType: 'Bearer', expiresIn: 3600 });
    expect(await reads(other, before, user.token)).to.deep.equal([401, 401, 200]);
    const sessions = await sessionsOf(user.token);
    expect(sessions.map(({ id }) => id)).to.deep.equal([answer.body.sessionId]);
    expect((await signIn()).body).to.include({ status: 401, code: 'invalid_credentials' });
    expect((await signIn(newPassword)).status).to.equal(200);
  });

  it('keeps its password and its sessions when the current password is wrong', async () => {
    const other = await newToken();
    const answer = await changePassword({ currentPassword: 'correct horse batterz', newPassword });
    expect(answer.body).to.include({
      status: 403,
      code: 'password_wrong',
      message: "This is not the account's password.",
    });
    expect((await signIn()).status).to.equal(200);
    expect(await reads(other)).to.deep.equal([200]);
  });

  it('loses its password-reset links, and no other links, at a password change', async () => {
    const stranger = await service.newUser();
    await service.outbox.run();
    await service.knex('one_time_tokens').delete(); // the links of the sign-ups
    const insert = (userId: number, purpose: string) =>
      service.knex('one_time_tokens').insert({
        token_hash: randomBytes(32),
        purpose,
        user_id: userId,
        email: user.email,
        created_at: new Date(),
        expires_at: new Date(Date.now() + day),
      });
    await insert(user.id, 'password_reset');
    await insert(user.id, 'password_reset');
    await insert(user.id, 'email_verification');
    await insert(stranger.id, 'password_reset');
    await changePassword();
    const left = await service
      .knex('one_time_tokens')
      .select('purpose', 'user_id')
      .orderBy('user_id');
    expect(left).to.deep.equal([
      { purpose: 'email_verification', user_id: user.id },
      { purpose: 'password_reset', user_id: stranger.id },
    ]);
  });

  it('gets another password from a form', async () => {
    const password = 'grüße & 100 %';
    const answer = await service.call({
      method: 'PUT',
      path: '/api/account/password',
      body: new URLSearchParams({
        currentPassword: user.password,
        newPassword: password,
      }).toString(),
      headers: { ...bearer(user.token), ...form },
    });
    expect(answer.status).to.equal(200);
    expect((await signIn(password)).status).to.equal(200);
  });

  describe('with its session in a cookie', () => {
    const headers = () => ({
      cookie: `${accessCookie}=${user.token}`,
      'sec-fetch-site': 'cross-site',
    });

    it('refuses a cross-site password change before it compares the password', async () => {
      const body = { currentPassword: 'wrong', newPassword };
      const changed = await service.asGuest.put('/api/account/password', body, {
        headers: headers(),
      });
      expect(changed.body).to.include({ status: 403, code: 'cross_site_request' });
    });

    it('refuses a cross-site deletion before it compares the password', async () => {
      const body = { password: 'wrong' };
      const deleted = await service.asGuest.delete('/api/account', body, { headers: headers() });
      expect(deleted.body).to.include({ status: 403, code: 'cross_site_request' });
    });
  });

  it('never shows a password or its hash in an answer or in the log', async () => {
    const given = [user.password, 'quite another secret', 'a wrong secret'] as const;
    const answers = [
      await changePassword({ currentPassword: given[0], newPassword: given[1] }),
      await changePassword({ currentPassword: given[2], newPassword: given[1] }),
      await deleteAccount(given[2]),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 403, 403]);
    const text = answers.map((answer) => answer.text).join() + JSON.stringify(service.log());
    for (const secret of [...given, '$2b$']) expect(text).not.to.contain(secret);
  });

  it('is not deleted with the password from before a change', async () => {
    await changePassword();
    expect((await deleteAccount(user.password)).body).to.include({
      status: 403,
      code: 'password_wrong',
    });
  });

  it('is deleted with its password, and the answer clears the cookies', async () => {
    await changePassword();
    const gone = await deleteAccount(newPassword);
    expect(gone.status).to.equal(204);
    expect(gone.headers['set-cookie']?.map((line) => line.split(';')[0])).to.deep.equal([
      `${accessCookie}=`,
      `${refreshCookie}=`,
    ]);
    expect(await readAccount()).to.include({ status: 401, code: 'token_invalid' });
  });

  it('leaves no sessions and no roles after its deletion', async () => {
    await deleteAccount(user.password);
    for (const table of ['sessions', 'user_roles']) {
      expect(await service.knex(table).where({ user_id: user.id })).to.deep.equal([]);
    }
  });

  it('frees its name and its address at its deletion', async () => {
    await deleteAccount(user.password);
    const { username, email, password } = user;
    const again = await service.asGuest.post('/api/auth/signup', { username, email, password });
    expect(again.status).to.equal(201);
  });

  it('is deleted by a form', async () => {
    const answer = await service.call({
      method: 'DELETE',
      path: '/api/account',
      body: new URLSearchParams({ password: user.password }).toString(),
      headers: { ...bearer(user.token), ...form },
    });
    expect(answer.status).to.equal(204);
    expect(await reads(user.token)).to.deep.equal([401]);
  });
});

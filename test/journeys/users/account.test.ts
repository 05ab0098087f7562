import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import type { Received } from '../../../tools/service/http.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

const newPassword = 'violin harbour lantern';
const day = 86_400_000;

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
  const as = (token: string) => (method: string, path: string, body?: object) =>
    service.call({
      method,
      path: `/api/account${path}`,
      headers: bearer(token),
      ...(body && { body }),
    });
  const signIn = (password = user.password) =>
    service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username: user.username, password },
    });
  const tokenOf = ({ body }: Received) => (body as { accessToken: string }).accessToken;
  const read = async (token: string) =>
    (await service.call({ path: '/api/test/user', headers: bearer(token) })).status;
  const sessionsOf = async (token: string) =>
    (await as(token)('GET', '/sessions')).body.sessions as { id: string; current: boolean }[];
  const change = (token: string, body: object) => as(token)('PUT', '/password', body);

  it('lives: read, sessions listed and ended, another password, deleted, and its name free again', async () => {
    expect((await as(user.token)('GET', '')).body).to.include({
      id: user.id,
      username: user.username,
      emailVerified: false,
    });
    const [phone, tablet, laptop] = [
      tokenOf(await signIn()),
      tokenOf(await signIn()),
      tokenOf(await signIn()),
    ];
    const sessions = await sessionsOf(phone);
    expect(sessions).to.have.lengthOf(4);

    const ofLaptop = (await sessionsOf(laptop)).find(({ current }) => current);
    expect((await as(phone)('DELETE', `/sessions/${ofLaptop?.id ?? ''}`)).status).to.equal(204);
    expect([await read(laptop), await read(tablet), await read(phone)]).to.deep.equal([
      401, 200, 200,
    ]);
    expect((await as(phone)('DELETE', '/sessions')).status).to.equal(204);
    expect([await read(user.token), await read(tablet), await read(phone)]).to.deep.equal([
      401, 401, 200,
    ]);

    const other = tokenOf(await signIn());
    expect((await change(phone, { currentPassword: user.password, newPassword })).status).to.equal(
      204,
    );
    expect([await read(other), await read(phone)]).to.deep.equal([401, 200]);
    expect((await signIn()).body).to.include({ status: 401, code: 'invalid_credentials' });
    expect((await signIn(newPassword)).status).to.equal(200);

    expect((await as(phone)('DELETE', '', { password: user.password })).body).to.include({
      status: 403,
      code: 'password_wrong',
    });
    const gone = await as(phone)('DELETE', '', { password: newPassword });
    expect(gone.status).to.equal(204);
    expect(gone.headers['set-cookie']?.map((line) => line.split(';')[0])).to.deep.equal([
      `${accessCookie}=`,
      `${refreshCookie}=`,
    ]);
    expect((await as(phone)('GET', '')).body).to.include({ status: 401, code: 'token_invalid' });
    for (const table of ['sessions', 'user_roles']) {
      expect(await service.knex(table).where({ user_id: user.id })).to.deep.equal([]);
    }
    const { username, email, password } = user;
    const again = await service.call({
      method: 'POST',
      path: '/api/auth/signup',
      body: { username, email, password },
    });
    expect(again.status).to.equal(201);
  });

  it('is told as the database has it now', async () => {
    const createdAt = new Date('2026-02-03T04:05:06.789Z');
    await service
      .knex('users')
      .where({ id: user.id })
      .update({ created_at: createdAt, email_verified_at: createdAt });
    await service.repositories.users.grantRole(user.id, 'admin');
    expect((await as(user.token)('GET', '')).body).to.deep.equal({
      id: user.id,
      username: user.username,
      email: user.email,
      emailVerified: true,
      roles: ['ROLE_USER', 'ROLE_ADMIN'],
      createdAt: createdAt.toISOString(),
    });
    await service.repositories.users.revokeRole(user.id, 'admin');
  });

  describe('its password', () => {
    it('stays when the current one is wrong', async () => {
      const other = tokenOf(await signIn());
      const answer = await change(user.token, {
        currentPassword: 'correct horse batterz',
        newPassword,
      });
      expect(answer.body).to.include({
        status: 403,
        code: 'password_wrong',
        message: "This is not the account's password.",
      });
      expect((await signIn()).status).to.equal(200);
      expect(await read(other)).to.equal(200);
    });

    it('takes the links to reset it along, and no other', async () => {
      const stranger = await service.newUser();
      await service.outbox.run();
      await service.knex('one_time_tokens').delete(); // those of the sign-ups
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
      await change(user.token, { currentPassword: user.password, newPassword });
      const left = await service
        .knex('one_time_tokens')
        .select('purpose', 'user_id')
        .orderBy('user_id');
      expect(left).to.deep.equal([
        { purpose: 'email_verification', user_id: user.id },
        { purpose: 'password_reset', user_id: stranger.id },
      ]);
    });

    it('is changed by a form, too', async () => {
      const answer = await service.call({
        method: 'PUT',
        path: '/api/account/password',
        body: new URLSearchParams({
          currentPassword: user.password,
          newPassword: 'grüße & 100 %',
        }).toString(),
        headers: { ...bearer(user.token), 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(answer.status).to.equal(204);
      expect((await signIn('grüße & 100 %')).status).to.equal(200);
    });

    it('is asked for after the place that a cookie comes from', async () => {
      const headers = { cookie: `${accessCookie}=${user.token}`, 'sec-fetch-site': 'cross-site' };
      const body = { currentPassword: 'wrong', newPassword };
      const changed = await service.call({
        method: 'PUT',
        path: '/api/account/password',
        body,
        headers,
      });
      expect(changed.body).to.include({ status: 403, code: 'cross_site_request' });
      const deleted = await service.call({
        method: 'DELETE',
        path: '/api/account',
        body: { password: 'wrong' },
        headers,
      });
      expect(deleted.body).to.include({ status: 403, code: 'cross_site_request' });
    });

    it('is never in an answer or in the log', async () => {
      const given = [user.password, 'quite another secret', 'a wrong secret'] as const;
      const answers = [
        await change(user.token, { currentPassword: given[0], newPassword: given[1] }),
        await change(user.token, { currentPassword: given[2], newPassword: given[1] }),
        await as(user.token)('DELETE', '', { password: given[2] }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([204, 403, 403]);
      const text = answers.map((answer) => answer.text).join() + JSON.stringify(service.log());
      for (const secret of [...given, '$2b$']) expect(text).not.to.contain(secret);
    });
  });

  it('is deleted by a form, too', async () => {
    const answer = await service.call({
      method: 'DELETE',
      path: '/api/account',
      body: new URLSearchParams({ password: user.password }).toString(),
      headers: { ...bearer(user.token), 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).to.equal(204);
    expect(await read(user.token)).to.equal(401);
  });
});

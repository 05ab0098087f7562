import { expect } from 'chai';
import { accessCookie } from '../../../src/handlers/session-cookies.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

// Lost updates are told: RFC 9110, sections 8.8.3 (ETag) and 13.1.1 (If-Match).

describe('a change that names what it was made for', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const send = (
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ) =>
    service.call({
      method,
      path: `/api/users${path}`,
      headers: { ...bearer(admin.token), ...headers },
      ...(body && { body }),
    });

  const changes: [string, string, object | undefined][] = [
    ['PUT', '/roles', { roles: ['user', 'moderator'] }],
    ['PATCH', '', { disabled: true }],
    ['DELETE', '', undefined],
  ];
  for (const [method, path, body] of changes) {
    it(`is made for the version that it names, and for no other: ${method} ${path}`, async () => {
      const { id } = await service.newUser();
      const tag = (await send('GET', `/${id}`)).headers.etag!;
      const change = (ifMatch: string) =>
        send(method, `/${id}${path}`, body, { 'if-match': ifMatch });
      for (const other of [
        '"1000"',
        `W/${tag}`,
        `"0${tag.slice(1)}`,
        '"*"',
        '""',
        `"1000", W/${tag}`,
      ]) {
        const answer = await change(other);
        expect(answer.body, other).to.include({ status: 412, code: 'version_conflict' });
      }
      expect((await send('GET', `/${id}`)).headers.etag).to.equal(tag);
      expect((await change(`"1000" , ${tag}`)).status).to.be.below(300);
      expect((await change('*')).status).to.equal(method === 'DELETE' ? 404 : 200);
    });

    it(`is told that there is no user before anything else: ${method} ${path}`, async () => {
      const answer = await send(method, `/4711${path}`, body, { 'if-match': '"1"' });
      expect(answer.body).to.include({
        status: 404,
        code: 'not_found',
        message: 'There is no such user.',
      });
    });

    it(`is told of a conflict before the last admin: ${method} ${path}`, async () => {
      expect(
        (await send(method, `/${admin.id}${path}`, body, { 'if-match': '"1000"' })).body.code,
      ).to.equal('version_conflict');
      expect((await send(method, `/${admin.id}${path}`, body)).body).to.include({
        status: 409,
        code: 'last_admin',
      });
    });
  }

  it('is made for any of several tags in several headers', async () => {
    const { id } = await service.newUser();
    const tag = (await send('GET', `/${id}`)).headers.etag!;
    const answer = await service.call({
      method: 'PATCH',
      path: `/api/users/${id}`,
      body: { disabled: true },
      headers: { ...bearer(admin.token), 'if-match': ['"1000"', tag] },
    });
    expect(answer.status).to.equal(200);
  });

  it('conflicts with a role that came by another way, and not with a new password', async () => {
    const user = await service.newUser();
    const tagOf = async () => (await send('GET', `/${user.id}`)).headers.etag;
    const first = await tagOf();
    await service.call({
      method: 'PUT',
      path: '/api/account/password',
      body: { currentPassword: user.password, newPassword: 'violin harbour lantern' },
      headers: bearer(user.token),
    });
    expect(await tagOf()).to.equal(first);
    await service.repositories.users.grantRole(user.id, 'moderator');
    expect(await tagOf()).not.to.equal(first);
  });

  it('works with the cookie of a page of ours, and lets pages of known origins read the tag', async () => {
    const { id } = await service.newUser();
    const headers = {
      cookie: `${accessCookie}=${admin.token}`,
      'sec-fetch-site': 'same-origin',
      origin: 'http://localhost:8081',
    };
    const answer = await service.call({
      method: 'PATCH',
      path: `/api/users/${id}`,
      body: { disabled: true },
      headers,
    });
    expect(answer.status).to.equal(200);
    const exposed = answer.headers['access-control-expose-headers']?.split(',');
    expect(exposed).to.include.members(['ETag', 'Location']);
  });
});

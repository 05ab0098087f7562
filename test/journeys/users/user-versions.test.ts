import { expect } from 'chai';
import { accessCookie } from '../../../src/handlers/session-cookies.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

// Prevents lost updates: RFC 9110, sections 8.8.3 (ETag) and 13.1.1 (If-Match).

describe('a change of a user with If-Match', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const tagOf = async (id: number) =>
    (await service.asUser(admin).get(`/api/users/${id}`)).headers.etag!;

  const changes: ['put' | 'patch' | 'delete', string, object | undefined][] = [
    ['put', '/roles', { roles: ['user', 'moderator'] }],
    ['patch', '', { disabled: true }],
    ['delete', '', undefined],
  ];
  for (const [method, path, body] of changes) {
    const operation = `${method.toUpperCase()} /api/users/{userId}${path}`;
    const send = (id: number, ifMatch?: string) => {
      const headers = ifMatch ? { 'if-match': ifMatch } : {};
      return service.asUser(admin)[method](`/api/users/${id}${path}`, body, { headers });
    };

    it(`is refused unless a strong tag of the current version is given: ${operation}`, async () => {
      const { id } = await service.newUser();
      const tag = await tagOf(id);
      for (const other of [
        '"1000"',
        `W/${tag}`,
        `"0${tag.slice(1)}`,
        '"*"',
        '""',
        `"1000", W/${tag}`,
      ]) {
        const answer = await send(id, other);
        expect(answer.body, other).to.include({ status: 412, code: 'version_conflict' });
      }
      expect(await tagOf(id)).to.equal(tag);
    });

    it(`is made when one of several tags is current: ${operation}`, async () => {
      const { id } = await service.newUser();
      const tag = await tagOf(id);
      expect((await send(id, `"1000" , ${tag}`)).status).to.be.below(300);
    });

    it(`is made for any version with *, if the user exists: ${operation}`, async () => {
      const { id } = await service.newUser();
      await send(id);
      expect((await send(id, '*')).status).to.equal(method === 'delete' ? 404 : 200);
    });

    it(`answers 404 for an unknown user, whatever the tag is: ${operation}`, async () => {
      const answer = await send(4711, '"1"');
      expect(answer.body).to.include({
        status: 404,
        code: 'not_found',
        message: 'There is no such user.',
      });
    });

    it(`reports a version conflict before the last admin: ${operation}`, async () => {
      expect((await send(admin.id, '"1000"')).body.code).to.equal('version_conflict');
      expect((await send(admin.id)).body).to.include({ status: 409, code: 'last_admin' });
    });
  }

  it('is made when one of several If-Match headers has the current tag', async () => {
    const { id } = await service.newUser();
    const tag = await tagOf(id);
    const answer = await service.call({
      method: 'PATCH',
      path: `/api/users/${id}`,
      body: { disabled: true },
      headers: { ...bearer(admin.token), 'if-match': ['"1000"', tag] },
    });
    expect(answer.status).to.equal(200);
  });

  it('does not conflict with a new password of the user', async () => {
    const user = await service.newUser();
    const first = await tagOf(user.id);
    await service.asUser(user).put('/api/account/password', {
      currentPassword: user.password,
      newPassword: 'violin harbour lantern',
    });
    expect(await tagOf(user.id)).to.equal(first);
  });

  it('conflicts with a role that was granted outside of the API', async () => {
    const { id } = await service.newUser();
    const first = await tagOf(id);
    await service.repositories.users.grantRole(id, 'moderator');
    expect(await tagOf(id)).not.to.equal(first);
  });

  it('works from a page with cookies, and exposes ETag and Location to that page', async () => {
    const { id } = await service.newUser();
    const headers = {
      cookie: `${accessCookie}=${admin.token}`,
      'sec-fetch-site': 'same-origin',
      origin: 'http://localhost:8081',
    };
    const answer = await service.asGuest.patch(`/api/users/${id}`, { disabled: true }, { headers });
    expect(answer.status).to.equal(200);
    const exposed = answer.headers['access-control-expose-headers']?.split(',');
    expect(exposed).to.include.members(['ETag', 'Location']);
  });
});

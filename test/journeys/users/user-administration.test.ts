import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

interface Body {
  id: number;
  roles: string[];
}

describe('the administration of users', () => {
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
  const signIn = ({ username, password }: Pick<TestUser, 'username' | 'password'>) =>
    service.call({ method: 'POST', path: '/api/auth/signin', body: { username, password } });
  const reads = async (token: string, what = 'user') =>
    (await service.call({ path: `/api/test/${what}`, headers: bearer(token) })).status;
  /** What the admin did to the user. */
  const eventsOf = (id: number): Promise<{ type: string }[]> =>
    service
      .knex('audit_events')
      .where({ subject_id: id, actor_id: admin.id })
      .orderBy('id')
      .select('type', 'actor_id', 'request_id', 'ip', 'details');

  it("goes through an admin's day: create, look up, promote, demote, disable, enable, sign out, delete", async () => {
    const credentials = newCredentials();
    const created = await send('POST', '', { ...credentials, roles: ['moderator'] });
    const { id } = created.body as Body;
    expect(created.status).to.equal(201);
    expect(created.headers.location).to.equal(`/api/users/${id}`);
    expect(created.body).to.deep.include({
      username: credentials.username,
      email: credentials.email,
    });
    expect(created.body).to.deep.include({
      roles: ['ROLE_USER', 'ROLE_MODERATOR'],
      disabled: false,
      emailVerified: false,
    });
    const got = await send('GET', `/${id}`);
    expect(got.body).to.deep.equal(created.body);
    expect(got.headers.etag).to.equal(created.headers.etag);

    const token = tokenOf(await signIn(credentials));
    expect([await reads(token, 'mod'), await reads(token, 'admin')]).to.deep.equal([200, 403]);
    const promoted = await send('PUT', `/${id}/roles`, { roles: ['admin', 'user'] });
    expect((promoted.body as Body).roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
    expect(
      [await reads(token, 'mod'), await reads(token, 'admin')],
      'from the next request on',
    ).to.deep.equal([403, 200]);
    const none = await send('PUT', `/${id}/roles`, { roles: [] });
    expect((none.body as Body).roles).to.deep.equal([]);
    expect([await reads(token), await reads(token, 'admin')]).to.deep.equal([200, 403]);

    const disabled = await send('PATCH', `/${id}`, { disabled: true });
    expect(disabled.body).to.deep.include({ disabled: true });
    expect(await reads(token)).to.equal(401);
    expect((await signIn(credentials)).body.code).to.equal('invalid_credentials');
    expect((await send('GET', `/${id}/sessions`)).body).to.deep.equal({ sessions: [] });
    expect((await send('PATCH', `/${id}`, { disabled: false })).body).to.deep.include({
      disabled: false,
    });
    expect(await reads(token), 'the session stays ended').to.equal(401);

    const again = tokenOf(await signIn(credentials));
    expect((await send('GET', `/${id}/sessions`)).body.sessions).to.have.lengthOf(1);
    expect((await send('DELETE', `/${id}/sessions`)).status).to.equal(204);
    expect(await reads(again)).to.equal(401);

    const tags = [created, promoted, none, disabled].map(({ headers }) => headers.etag);
    expect(new Set(tags).size, 'each change has a tag of its own').to.equal(tags.length);
    expect((await send('DELETE', `/${id}`)).status).to.equal(204);
    expect((await send('GET', `/${id}`)).body).to.include({
      status: 404,
      message: 'There is no such user.',
    });
    expect((await send('POST', '', credentials)).status, 'the name is free again').to.equal(201);

    const events = await eventsOf(id);
    expect(events.map(({ type }) => type)).to.deep.equal([
      'user_created',
      'roles_changed',
      'roles_changed',
      'user_disabled',
      'user_enabled',
      'sessions_ended',
      'user_deleted',
    ]);
    expect(events[1]).to.deep.equal({
      type: 'roles_changed',
      actor_id: admin.id,
      request_id: promoted.headers['x-request-id'],
      ip: '127.0.0.1',
      details: {
        rolesBefore: ['ROLE_USER', 'ROLE_MODERATOR'],
        rolesAfter: ['ROLE_USER', 'ROLE_ADMIN'],
      },
    });
    expect(events[0]).to.deep.include({ details: { rolesAfter: ['ROLE_USER', 'ROLE_MODERATOR'] } });
    expect(events[6]).to.deep.include({ details: { username: credentials.username } });
    expect(JSON.stringify(events) + JSON.stringify(service.log())).not.to.contain(
      credentials.password,
    );
  });

  it('knows the roles', async () => {
    const { body } = await service.call({ path: '/api/roles', headers: bearer(admin.token) });
    expect(body.roles).to.deep.equal([
      { name: 'user', authority: 'ROLE_USER' },
      { name: 'moderator', authority: 'ROLE_MODERATOR' },
      { name: 'admin', authority: 'ROLE_ADMIN' },
    ]);
  });

  it('creates no user whose name or address is taken, or whose password is easy to guess', async () => {
    const taken = await service.newUser();
    const fresh = newCredentials();
    const codeOf = async (body: object) => (await send('POST', '', body)).body.code as string;
    expect(await codeOf({ ...fresh, username: taken.username.toUpperCase() })).to.equal(
      'username_taken',
    );
    expect(await codeOf({ ...fresh, email: taken.email.toUpperCase() })).to.equal('email_taken');
    const weak = await send('POST', '', { ...fresh, password: `${fresh.username}!` });
    expect(weak.body).to.include({ status: 400, code: 'weak_password' });
    expect(weak.body.errors[0].path).to.equal('/body/password');
    expect(
      await service
        .knex('audit_events')
        .where({ type: 'user_created', request_id: weak.body.requestId }),
    ).to.deep.equal([]);
  });

  it('creates users and sets roles by forms, too', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = (method: string, path: string, body: string) =>
      service.call({
        method,
        path: `/api/users${path}`,
        body,
        headers: { ...bearer(admin.token), ...form },
      });
    const { username, email, password } = newCredentials();
    const created = await post(
      'POST',
      '',
      new URLSearchParams({ username, email, password, roles: 'admin' }).toString(),
    );
    const { id, roles } = created.body as Body;
    expect(roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
    expect((await post('PUT', `/${id}/roles`, 'roles=user&roles=moderator')).status).to.equal(200);
    expect((await post('PATCH', `/${id}`, 'disabled=true')).body).to.include({ disabled: true });
    expect((await post('PATCH', `/${id}`, 'disabled=false')).body).to.include({ disabled: false });
  });

  it('leaves alone what is as it is to be: no other version, no event', async () => {
    const { id } = await service.newUser('moderator');
    const { body, headers } = await send('GET', `/${id}`);
    const answers = [
      await send('PUT', `/${id}/roles`, { roles: ['moderator', 'user'] }),
      await send('PATCH', `/${id}`, { disabled: false }),
    ];
    for (const answer of answers) {
      expect(answer.body).to.deep.equal(body);
      expect(answer.headers.etag).to.equal(headers.etag);
    }
    expect(await eventsOf(id)).to.deep.equal([]);
  });

  it('keeps the last admin who may sign in, and lets them give themselves other roles beside it', async () => {
    const disabled = await service.newUser('admin');
    await send('PATCH', `/${disabled.id}`, { disabled: true });
    expect((await send('PUT', `/${admin.id}/roles`, { roles: ['user'] })).body.code).to.equal(
      'last_admin',
    );
    expect(
      (await send('PUT', `/${admin.id}/roles`, { roles: ['admin'] })).body.roles,
    ).to.deep.equal(['ROLE_ADMIN']);
    expect((await send('PUT', `/${admin.id}/roles`, { roles: ['user', 'admin'] })).status).to.equal(
      200,
    );
    expect(
      (await send('PUT', `/${disabled.id}/roles`, { roles: [] })).status,
      'who may not sign in is none',
    ).to.equal(200);
    expect((await send('DELETE', `/${disabled.id}`)).status).to.equal(204);
  });

  it("shows a user's sessions, the admin's own marked, and ends those too", async () => {
    const other = await service.newUser('admin');
    const ofOther = (await send('GET', `/${other.id}/sessions`)).body.sessions as {
      id: string;
      current: boolean;
    }[];
    expect(ofOther.map(({ id, current }) => ({ id, current }))).to.deep.equal([
      { id: other.sessionId, current: false },
    ]);
    const path = `/api/users/${other.id}/sessions`;
    const own = await service.call({ path, headers: bearer(other.token) });
    expect(own.body.sessions).to.deep.equal([{ ...ofOther[0], current: true }]);
    expect(
      (await service.call({ method: 'DELETE', path, headers: bearer(other.token) })).status,
    ).to.equal(204);
    expect(await reads(other.token)).to.equal(401);
    for (const method of ['GET', 'DELETE']) {
      expect((await send(method, '/4711/sessions')).body).to.include({
        status: 404,
        message: 'There is no such user.',
      });
    }
    await send('DELETE', `/${other.id}`);
  });
});

function tokenOf({ body }: Received): string {
  return (body as { accessToken: string }).accessToken;
}

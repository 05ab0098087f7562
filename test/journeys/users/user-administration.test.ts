import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

interface Body {
  id: number;
  roles: string[];
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the administration of users', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  beforeEach(() => service.knex('users').whereNot({ id: admin.id }).delete());
  const asAdmin = () => service.asUser(admin);
  const reads = async (token: string, ...contents: string[]) => {
    const answers = contents.map((what) => service.asUser(token).get(`/api/test/${what}`));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  /** The audit events of what the admin did to the user. */
  const eventsOf = (id: number) =>
    service.knex('audit_events').where({ subject_id: id, actor_id: admin.id });

  describe('of a user who was created with the role "moderator"', () => {
    let credentials: ReturnType<typeof newCredentials>;
    let created: Received;
    let path: string;
    beforeEach(async () => {
      credentials = newCredentials();
      created = await asAdmin().post('/api/users', { ...credentials, roles: ['moderator'] });
      path = `/api/users/${(created.body as Body).id}`;
    });
    const setRoles = (...roles: string[]) => asAdmin().put(`${path}/roles`, { roles });
    const setDisabled = (disabled: boolean) => asAdmin().patch(path, { disabled });
    const newToken = async () => tokenOf(await service.signIn(credentials));

    it('answers the creation with the location, and adds the role "user"', () => {
      expect(created.status).to.equal(201);
      expect(created.headers.location).to.equal(path);
      expect(created.body).to.deep.include({
        username: credentials.username,
        email: credentials.email,
      });
      expect(created.body).to.deep.include({
        roles: ['ROLE_USER', 'ROLE_MODERATOR'],
        disabled: false,
        emailVerified: false,
      });
    });

    it('reads the user as the creation answered, with the same ETag', async () => {
      const got = await asAdmin().get(path);
      expect(got.body).to.deep.equal(created.body);
      expect(got.headers.etag).to.equal(created.headers.etag);
    });

    it('replaces the roles, which count from the next request on', async () => {
      const token = await newToken();
      expect(await reads(token, 'mod', 'admin')).to.deep.equal([200, 403]);
      const { body } = await setRoles('admin', 'user');
      expect((body as Body).roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
      expect(await reads(token, 'mod', 'admin')).to.deep.equal([403, 200]);
    });

    it('takes all roles away, and the user stays signed in', async () => {
      const token = await newToken();
      await setRoles('admin', 'user');
      const { body } = await setRoles();
      expect((body as Body).roles).to.deep.equal([]);
      expect(await reads(token, 'user', 'admin')).to.deep.equal([200, 403]);
    });

    it('disables the user, ends the sessions, and prevents new ones', async () => {
      const token = await newToken();
      expect((await setDisabled(true)).body).to.deep.include({ disabled: true });
      expect(await reads(token, 'user')).to.deep.equal([401]);
      expect((await service.signIn(credentials)).body.code).to.equal('invalid_credentials');
      expect((await asAdmin().get(`${path}/sessions`)).body).to.deep.equal({ sessions: [] });
    });

    it('enables the user again, but does not bring the ended sessions back', async () => {
      const token = await newToken();
      await setDisabled(true);
      expect((await setDisabled(false)).body).to.deep.include({ disabled: false });
      expect(await reads(token, 'user'), 'the session stays ended').to.deep.equal([401]);
      await newToken();
      expect((await asAdmin().get(`${path}/sessions`)).body.sessions).to.have.lengthOf(1);
    });

    it('ends the sessions of the user', async () => {
      const token = await newToken();
      expect((await asAdmin().delete(`${path}/sessions`)).status).to.equal(204);
      expect(await reads(token, 'user')).to.deep.equal([401]);
    });

    it('gives each change an ETag of its own', async () => {
      const changes = [await setRoles('admin', 'user'), await setRoles(), await setDisabled(true)];
      const tags = [created, ...changes].map(({ headers }) => headers.etag);
      expect(new Set(tags).size).to.equal(tags.length);
    });

    it('deletes the user, and frees the name', async () => {
      expect((await asAdmin().delete(path)).status).to.equal(204);
      expect((await asAdmin().get(path)).body).to.include({
        status: 404,
        message: 'There is no such user.',
      });
      expect((await asAdmin().post('/api/users', credentials)).status).to.equal(201);
    });
  });

  it('lists the roles with their authorities', async () => {
    const { body } = await asAdmin().get('/api/roles');
    expect(body.roles).to.deep.equal([
      { name: 'user', authority: 'ROLE_USER' },
      { name: 'moderator', authority: 'ROLE_MODERATOR' },
      { name: 'admin', authority: 'ROLE_ADMIN' },
    ]);
  });

  it('creates no user with a username that is in use in any case', async () => {
    const username = (await service.newUser()).username.toUpperCase();
    const { body } = await asAdmin().post('/api/users', { ...newCredentials(), username });
    expect(body.code).to.equal('username_taken');
  });

  it('creates no user with an email address that is in use in any case', async () => {
    const email = (await service.newUser()).email.toUpperCase();
    const { body } = await asAdmin().post('/api/users', { ...newCredentials(), email });
    expect(body.code).to.equal('email_taken');
  });

  it('creates no user with a password that is easy to guess, and no audit event', async () => {
    const fresh = newCredentials();
    const weak = await asAdmin().post('/api/users', { ...fresh, password: `${fresh.username}!` });
    expect(weak.body).to.include({ status: 400, code: 'weak_password' });
    expect(weak.body.errors[0].path).to.equal('/body/password');
    const { requestId: request_id } = weak.body as { requestId: string };
    expect(
      await service.knex('audit_events').where({ type: 'user_created', request_id }),
    ).to.deep.equal([]);
  });

  describe('with form bodies', () => {
    const send = (method: string, path: string, body: string) => {
      const headers = { authorization: `Bearer ${admin.token}`, ...form };
      return service.call({ method, path: `/api/users${path}`, body, headers });
    };

    it('creates a user with roles', async () => {
      const body = new URLSearchParams({ ...newCredentials(), roles: 'admin' }).toString();
      const { roles } = (await send('POST', '', body)).body as Body;
      expect(roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
    });

    it('sets several roles', async () => {
      const { id } = await service.newUser('admin');
      const { status } = await send('PUT', `/${id}/roles`, 'roles=user&roles=moderator');
      expect(status).to.equal(200);
    });

    it('disables and enables a user', async () => {
      const { id } = await service.newUser();
      expect((await send('PATCH', `/${id}`, 'disabled=true')).body).to.include({ disabled: true });
      expect((await send('PATCH', `/${id}`, 'disabled=false')).body).to.include({
        disabled: false,
      });
    });
  });

  it('makes no new version and no audit event when a request changes nothing', async () => {
    const { id } = await service.newUser('moderator');
    const { body, headers } = await asAdmin().get(`/api/users/${id}`);
    const answers = [
      await asAdmin().put(`/api/users/${id}/roles`, { roles: ['moderator', 'user'] }),
      await asAdmin().patch(`/api/users/${id}`, { disabled: false }),
    ];
    for (const answer of answers) {
      expect(answer.body).to.deep.equal(body);
      expect(answer.headers.etag).to.equal(headers.etag);
    }
    expect(await eventsOf(id)).to.deep.equal([]);
  });
});

function tokenOf({ body }: Received): string {
  return (body as { accessToken: string }).accessToken;
}

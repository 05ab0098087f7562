import { expect } from 'chai';
import { createClient, type Client } from '../../src/client/index.ts';
import { memoryStorage } from '../../src/client/storage.ts';
import { heard } from '../support/callers.ts';
import { refusal } from '../support/refusal.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

describe('a client, from sign-up to sign-out', () => {
  let service: Service;
  let client: Client;
  const storage = memoryStorage();
  const credentials = newCredentials();
  const { username, password } = credentials;
  before(async () => {
    service = await startService();
    client = createClient({
      baseUrl: `${service.url}/`,
      storage,
      onSignedOut: () => expect.fail('onSignedOut was called'),
    });
  });
  after(() => service.close());

  it('reads public content without a token', async () => {
    expect(await client.get('/api/test/all')).to.equal('Public Content.');
  });

  it('throws token_missing when it reads secured content without a token', async () => {
    const error = await refusal(client.get('/api/test/user'));
    expect(error).to.include({
      code: 'token_missing',
      status: 401,
      message: 'No token provided!',
      retryAfter: null,
    });
  });

  it('signs up, and returns the new user', async () => {
    const { message, user } = await client.signUp(credentials);
    expect(message).to.equal('User registered successfully!');
    expect(user)
      .to.include({ username })
      .and.deep.include({ roles: ['ROLE_USER'] });
  });

  it('throws an error with code, message and request id when the username is taken', async () => {
    const taken = await refusal(client.signUp(credentials));
    expect(taken).to.include({
      code: 'username_taken',
      message: 'Failed! Username is already in use!',
    });
    expect(taken.requestId).to.match(/^[0-9a-f-]{36}$/);
    expect(taken.errors).to.deep.equal([]);
  });

  it('throws an error that names the wrong member of the body', async () => {
    const weak = await refusal(client.signUp({ ...newCredentials(), password: 'password' }));
    expect(weak.code).to.equal('weak_password');
    expect(weak.errors.map(({ path }) => path)).to.deep.equal(['/body/password']);
  });

  it('stores no tokens when the sign-in is refused', async () => {
    expect((await refusal(client.signIn({ username, password: 'violin harbour' }))).code).to.equal(
      'invalid_credentials',
    );
    expect(await storage.get()).to.equal(null);
  });

  it('signs in, and stores the tokens', async () => {
    const reply = await client.signIn({ username, password });
    expect(reply).to.include({ username, tokenType: 'Bearer' });
    expect(await storage.get()).to.deep.equal({
      accessToken: reply.accessToken,
      refreshToken: reply.refreshToken,
    });
  });

  it('sends the access token after the sign-in', async () => {
    expect(await client.get('/api/test/user')).to.equal('User Content.');
  });

  it('throws role_required when the user lacks the role', async () => {
    expect(await refusal(client.get('/api/test/admin'))).to.include({
      code: 'role_required',
      message: 'Require Admin Role!',
    });
  });

  const newPassword = 'violin harbour lantern';

  it('sends a body', async () => {
    await client.put('/api/account/password', { body: { currentPassword: password, newPassword } });
    expect((await service.signIn({ username, password: newPassword })).status).to.equal(200);
  });

  it('goes on with the new tokens after a new password', async () => {
    const { sessions } = await client.get('/api/account/sessions');
    expect(sessions.some(({ current }) => current)).to.equal(true);
  });

  it('sends path parameters', async () => {
    const other = createClient({ baseUrl: service.url });
    await other.signIn({ username, password: newPassword });
    const { sessions } = await client.get('/api/account/sessions');
    for (const { id: sessionId } of sessions.filter(({ current }) => !current))
      await client.delete('/api/account/sessions/{sessionId}', { params: { path: { sessionId } } });
    expect((await refusal(other.get('/api/test/user'))).code).to.equal('refresh_token_invalid');
  });

  it('sends query parameters', async () => {
    const { id } = await client.get('/api/account');
    await service.repositories.users.grantRole(id, 'admin');
    await heard();
    const { events } = await client.get('/api/audit-events', {
      params: { query: { type: 'password_changed' } },
    });
    expect(events.map(({ subjectId }) => subjectId)).to.deep.equal([id]);
  });

  const readUser = (userId: number) =>
    client.request('get', '/api/users/{userId}', { params: { path: { userId } } });

  it('returns status, headers and body from request()', async () => {
    const { id } = await service.newUser();
    const { status, headers, body } = await readUser(id);
    expect([status, body.id]).to.deep.equal([200, id]);
    expect(headers.get('etag')).to.be.a('string');
  });

  it('sends request headers', async () => {
    const { id: userId } = await service.newUser();
    const header = { 'If-Match': (await readUser(userId)).headers.get('etag')! };
    const disable = () =>
      client.patch('/api/users/{userId}', {
        params: { path: { userId }, header },
        body: { disabled: true },
      });
    expect((await disable()).disabled).to.equal(true);
    expect((await refusal(disable())).code).to.equal('version_conflict');
  });

  describe('after the sign-out', () => {
    let accessToken: string;
    before(async () => {
      ({ accessToken } = (await storage.get())!);
      await client.signOut();
    });

    it('has no tokens in its storage', async () => {
      expect(await storage.get()).to.equal(null);
    });

    it('throws token_missing when it reads secured content', async () => {
      expect((await refusal(client.get('/api/test/user'))).code).to.equal('token_missing');
    });

    it('has an access token that the service refuses', async () => {
      const stale = await service.asUser(accessToken).get('/api/test/user');
      expect(stale.body).to.include({ code: 'token_invalid' });
    });

    it('may sign out again without an error', async () => {
      await client.signOut();
    });
  });
});

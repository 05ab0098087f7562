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
      onSignedOut: () => expect.fail('nobody was signed out'),
    });
  });
  after(() => service.close());

  it('reads what everyone may, and is told that the rest needs a token', async () => {
    expect(await client.get('/api/test/all')).to.equal('Public Content.');
    const error = await refusal(client.get('/api/test/user'));
    expect(error).to.include({
      code: 'token_missing',
      status: 401,
      message: 'No token provided!',
      retryAfter: null,
    });
  });

  it('signs up, and tells what is wrong by code and by member', async () => {
    const { message, user } = await client.signUp(credentials);
    expect(message).to.equal('User registered successfully!');
    expect(user)
      .to.include({ username })
      .and.deep.include({ roles: ['ROLE_USER'] });
    const taken = await refusal(client.signUp(credentials));
    expect(taken).to.include({
      code: 'username_taken',
      message: 'Failed! Username is already in use!',
    });
    expect(taken.requestId).to.match(/^[0-9a-f-]{36}$/);
    expect(taken.errors).to.deep.equal([]);
    const weak = await refusal(client.signUp({ ...newCredentials(), password: 'password' }));
    expect(weak.code).to.equal('weak_password');
    expect(weak.errors.map(({ path }) => path)).to.deep.equal(['/body/password']);
  });

  it('signs in, keeps the tokens, and sends the access token', async () => {
    expect((await refusal(client.signIn({ username, password: 'violin harbour' }))).code).to.equal(
      'invalid_credentials',
    );
    expect(await storage.get()).to.equal(null);
    const reply = await client.signIn({ username, password });
    expect(reply).to.include({ username, tokenType: 'Bearer' });
    expect(await storage.get()).to.deep.equal({
      accessToken: reply.accessToken,
      refreshToken: reply.refreshToken,
    });
    expect(await client.get('/api/test/user')).to.equal('User Content.');
    expect(await refusal(client.get('/api/test/admin'))).to.include({
      code: 'role_required',
      message: 'Require Admin Role!',
    });
  });

  it('sends bodies, path and query parameters', async () => {
    const newPassword = 'violin harbour lantern';
    await client.put('/api/account/password', { body: { currentPassword: password, newPassword } });
    const other = createClient({ baseUrl: service.url });
    await other.signIn({ username, password: newPassword });
    const { sessions } = await client.get('/api/account/sessions');
    const sessionId = sessions.find(({ current }) => !current)!.id;
    await client.delete('/api/account/sessions/{sessionId}', { params: { path: { sessionId } } });
    expect((await refusal(other.get('/api/test/user'))).code).to.equal('refresh_token_invalid');
    const { id } = await client.get('/api/account');
    await service.repositories.users.grantRole(id, 'admin');
    await heard();
    const { events } = await client.get('/api/audit-events', {
      params: { query: { type: 'password_changed' } },
    });
    expect(events.map(({ subjectId }) => subjectId)).to.deep.equal([id]);
  });

  it('answers headers where they are asked for, and sends them', async () => {
    const { id: userId } = await service.newUser();
    const at = { path: { userId } };
    const {
      status,
      headers,
      body: user,
    } = await client.request('get', '/api/users/{userId}', { params: at });
    expect([status, user.id]).to.deep.equal([200, userId]);
    const header = { 'If-Match': headers.get('etag')! };
    const disable = () =>
      client.patch('/api/users/{userId}', { params: { ...at, header }, body: { disabled: true } });
    expect((await disable()).disabled).to.equal(true);
    expect((await refusal(disable())).code).to.equal('version_conflict');
  });

  it('signs out: at the service, and in the storage', async () => {
    const { accessToken } = (await storage.get())!;
    await client.signOut();
    expect(await storage.get()).to.equal(null);
    expect((await refusal(client.get('/api/test/user'))).code).to.equal('token_missing');
    const stale = await service.call({
      path: '/api/test/user',
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(stale.body).to.include({ code: 'token_invalid' });
    await client.signOut(); // nobody is signed in: nothing to say
  });
});

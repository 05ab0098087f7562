import { expect } from 'chai';
import { heard } from '../../support/callers.ts';
import { newCredentials, startService, type Service } from '../../support/service.ts';

describe('a new user', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('signs up and has the role user', async () => {
    const credentials = newCredentials();
    const { username, email } = credentials;
    const signedUp = await service.asGuest.post('/api/auth/signup', credentials);
    expect(signedUp.status).to.equal(201);
    expect(signedUp.body).to.deep.equal({
      message: 'User registered successfully!',
      user: { id: signedUp.body.user.id, username, email, roles: ['ROLE_USER'] },
    });
  });

  it('signs in and receives the profile, both tokens and the session', async () => {
    const credentials = newCredentials();
    const { username, email } = credentials;
    const { id } = (await service.asGuest.post('/api/auth/signup', credentials)).body.user;
    const signedIn = await service.signIn(credentials);
    expect(signedIn.status).to.equal(200);
    const { accessToken, refreshToken, sessionId, ...rest } = signedIn.body;
    expect(
      [accessToken, refreshToken, sessionId].every((text) => typeof text === 'string'),
    ).to.equal(true);
    expect(rest).to.deep.equal({
      id,
      username,
      email,
      roles: ['ROLE_USER'],
      tokenType: 'Bearer',
      expiresIn: 3600,
    });
  });

  it('reads the public content and the content for users', async () => {
    const user = service.asUser(await service.newUser());
    expect((await service.asGuest.get('/api/test/all')).text).to.equal('Public Content.');
    expect((await user.get('/api/test/user')).text).to.equal('User Content.');
  });

  it('is refused the content for moderators and admins', async () => {
    const user = service.asUser(await service.newUser());
    expect((await user.get('/api/test/mod')).body).to.include({
      code: 'role_required',
      message: 'Require Moderator Role!',
    });
    expect((await user.get('/api/test/admin')).body).to.include({
      code: 'role_required',
      message: 'Require Admin Role!',
    });
  });

  it('reads the content for a role after it was granted, with the same token', async () => {
    const { id, token } = await service.newUser();
    await service.repositories.users.grantRole(id, 'moderator');
    await heard();
    expect((await service.asUser(token).get('/api/test/mod')).text).to.equal('Moderator Content.');
    await service.repositories.users.grantRole(id, 'admin');
    await heard();
    expect((await service.asUser(token).get('/api/test/admin')).text).to.equal('Admin Content.');
  });

  it('is refused the content for a role after it was revoked', async () => {
    const { id, token } = await service.newUser('admin');
    expect((await service.asUser(token).get('/api/test/admin')).status).to.equal(200);
    await service.repositories.users.revokeRole(id, 'admin');
    await heard();
    expect((await service.asUser(token).get('/api/test/admin')).status).to.equal(403);
  });
});

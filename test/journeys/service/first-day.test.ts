import { expect } from 'chai';
import { heard } from '../../support/callers.ts';
import { bearer, newCredentials, startService, type Service } from '../../support/service.ts';

describe('a first day', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('signs up, signs in, reads what the roles allow, and more after a grant', async () => {
    const credentials = newCredentials();
    const { username, email, password } = credentials;
    const signedUp = await service.call({
      method: 'POST',
      path: '/api/auth/signup',
      body: credentials,
    });
    expect(signedUp.status).to.equal(201);
    const { id } = signedUp.body.user;
    expect(signedUp.body).to.deep.equal({
      message: 'User registered successfully!',
      user: { id, username, email, roles: ['ROLE_USER'] },
    });

    const signedIn = await service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
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

    const read = (path: string) => service.call({ path, headers: bearer(accessToken) });
    expect((await service.call({ path: '/api/test/all' })).text).to.equal('Public Content.');
    expect((await read('/api/test/user')).text).to.equal('User Content.');
    expect((await read('/api/test/mod')).body).to.include({
      code: 'role_required',
      message: 'Require Moderator Role!',
    });
    expect((await read('/api/test/admin')).body).to.include({
      code: 'role_required',
      message: 'Require Admin Role!',
    });

    await service.repositories.users.grantRole(id, 'moderator');
    await heard();
    expect((await read('/api/test/mod')).text).to.equal('Moderator Content.');
    await service.repositories.users.grantRole(id, 'admin');
    await heard();
    expect((await read('/api/test/admin')).text).to.equal('Admin Content.');
    await service.repositories.users.revokeRole(id, 'admin');
    await heard();
    expect((await read('/api/test/admin')).status).to.equal(403);
  });
});

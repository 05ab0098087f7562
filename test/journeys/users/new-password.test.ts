import { expect } from 'chai';
import { accessCookie } from '../../../src/handlers/session-cookies.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

describe('the session that begins with a new password', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser();
  });
  const passwords = () => ({
    currentPassword: user.password,
    newPassword: 'violin harbour lantern',
  });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });

  it('has a refresh token of its own, and the one from before is refused', async () => {
    const { body } = await service.asUser(user).put('/api/account/password', passwords());
    expect((await refresh(user.refreshToken)).body).to.include({ code: 'refresh_token_invalid' });
    expect((await refresh(body.refreshToken as string)).status).to.equal(200);
  });

  it('has its tokens in cookies when the request had its token in a cookie', async () => {
    const changed = await service.asGuest.put('/api/account/password', passwords(), {
      headers: { cookie: `${accessCookie}=${user.token}`, 'sec-fetch-site': 'same-origin' },
    });
    expect(changed.status).to.equal(200);
    expect(changed.body).to.have.all.keys('sessionId', 'tokenType', 'expiresIn');
    const cookie = changed.headers['set-cookie']!.map((line) => line.split(';')[0]).join('; ');
    const read = await service.asGuest.get('/api/account', { headers: { cookie } });
    expect(read.status).to.equal(200);
  });
});

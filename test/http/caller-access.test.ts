// How a request proves its user, and when a change to the user takes effect.

import { expect } from 'chai';
import type { Received } from '../../tools/service/http.ts';
import { countStatements, heard } from '../support/callers.ts';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

const paths = ['/api/test/user', '/api/test/mod', '/api/test/admin'];

describe('the headers of a request', () => {
  let service: Service;
  let user: TestUser;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const read = (headers: Record<string, string>) =>
    service.asGuest.get('/api/test/admin', { headers });

  it('may hold the token in Authorization', async () => {
    expect((await read(bearer(admin.token))).status).to.equal(200);
  });

  it('may hold the token in x-access-token', async () => {
    expect((await read({ 'x-access-token': admin.token })).status).to.equal(200);
  });

  it('may name the Bearer scheme in any case, with extra spaces', async () => {
    expect((await read({ authorization: `bEARER  ${admin.token}` })).status).to.equal(200);
  });

  it('are both answered with role_required when the user is not an admin', async () => {
    for (const headers of [bearer(user.token), { 'x-access-token': user.token }]) {
      expect((await read(headers)).body).to.include({
        status: 403,
        code: 'role_required',
        message: 'Require Admin Role!',
      });
    }
  });

  it('are read for the bearer token alone when both hold a token, valid or not', async () => {
    expect((await read({ ...bearer(user.token), 'x-access-token': admin.token })).status).to.equal(
      403,
    );
    expect((await read({ ...bearer('nonsense'), 'x-access-token': admin.token })).status).to.equal(
      401,
    );
    expect((await read({ ...bearer(admin.token), 'x-access-token': 'nonsense' })).status).to.equal(
      200,
    );
  });

  it('are read for x-access-token when Authorization has another scheme', async () => {
    expect(
      (await read({ authorization: 'Basic eDp5', 'x-access-token': admin.token })).status,
    ).to.equal(200);
  });
});

// Each change takes effect with the next request, although nodes cache callers.
describe('a user', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const read = (token: string, path = '/api/test/mod') => service.asUser(token).get(path);

  it('gains access with the next request after a role was granted', async () => {
    const { id, token } = await service.newUser();
    expect((await read(token)).status).to.equal(403);
    await service.repositories.users.grantRole(id, 'moderator');
    await heard();
    expect((await read(token)).status).to.equal(200);
  });

  it('loses access with the next request after a role was revoked', async () => {
    const { id, token } = await service.newUser('moderator');
    expect((await read(token)).status).to.equal(200);
    await service.repositories.users.revokeRole(id, 'moderator');
    await heard();
    expect((await read(token)).status).to.equal(403);
  });

  describe('who is disabled', () => {
    let user: TestUser;
    let readWhileDisabled: Received;
    let signInWhileDisabled: Received;
    const setDisabledAt = async (date: Date | null) => {
      await service.knex('users').where({ id: user.id }).update({ disabled_at: date });
      await heard();
    };
    beforeEach(async () => {
      user = await service.newUser('moderator');
      await setDisabledAt(new Date());
      readWhileDisabled = await read(user.token);
      signInWhileDisabled = await service.signIn(user);
    });

    it('has no access with the token of an earlier sign-in', () => {
      expect(readWhileDisabled.body).to.include({ status: 401, code: 'token_invalid' });
    });

    it('cannot sign in', () => {
      expect(signInWhileDisabled.body).to.include({ status: 401, code: 'invalid_credentials' });
    });

    it('has access with the same token again once enabled', async () => {
      await setDisabledAt(null);
      expect((await read(user.token)).status).to.equal(200);
    });

    it('can sign in again once enabled', async () => {
      await setDisabledAt(null);
      expect((await service.signIn(user)).status).to.equal(200);
    });
  });

  it('has no access with the next request after the user was deleted', async () => {
    const { id, token } = await service.newUser('moderator', 'admin');
    await service.knex('users').where({ id }).delete();
    await heard();
    for (const path of paths)
      expect((await read(token, path)).body).to.include({ status: 401, code: 'token_invalid' });
  });

  it('is identified with one database query', async () => {
    const { token } = await service.newUser('admin');
    await service.outbox.run(); // the mail of the sign-up queries the database, too
    expect(await countStatements(service, () => read(token, '/api/test/admin'))).to.equal(1);
  });
});

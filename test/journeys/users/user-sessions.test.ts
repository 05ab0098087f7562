import { expect } from 'chai';
import { startService, type Service, type TestUser } from '../../support/service.ts';

describe('/api/users/{userId}/sessions', () => {
  let service: Service;
  let admin: TestUser;
  let other: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  beforeEach(async () => {
    other = await service.newUser('admin');
  });
  const sessionsFor = async (reader: TestUser) =>
    (await service.asUser(reader).get(`/api/users/${other.id}/sessions`)).body.sessions as {
      id: string;
      current: boolean;
    }[];

  it('lists the sessions of another user, and marks none as current', async () => {
    const sessions = await sessionsFor(admin);
    expect(sessions.map(({ id, current }) => ({ id, current }))).to.deep.equal([
      { id: other.sessionId, current: false },
    ]);
  });

  it('marks the current session of an admin who lists the own sessions', async () => {
    const [session] = await sessionsFor(admin);
    expect(await sessionsFor(other)).to.deep.equal([{ ...session, current: true }]);
  });

  it('ends the current session as well when an admin ends the own sessions', async () => {
    const { status } = await service.asUser(other).delete(`/api/users/${other.id}/sessions`);
    expect(status).to.equal(204);
    expect((await service.asUser(other).get('/api/test/user')).status).to.equal(401);
  });

  for (const method of ['get', 'delete'] as const) {
    it(`answers 404 for an unknown user: ${method.toUpperCase()}`, async () => {
      expect((await service.asUser(admin)[method]('/api/users/4711/sessions')).body).to.include({
        status: 404,
        message: 'There is no such user.',
      });
    });
  }
});

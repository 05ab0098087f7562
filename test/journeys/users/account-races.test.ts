import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import type { Received, Sent } from '../../../tools/service/http.ts';
import { createDatabase } from '../../support/postgres.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

describe('simultaneous requests of users on two nodes', () => {
  let nodes: readonly [Service, Service];
  before(async () => {
    const databaseUrl = await createDatabase();
    nodes = [await startService({ databaseUrl }), await startService({ databaseUrl })];
  });
  after(() => Promise.all(nodes.map((node) => node.close())));
  const remove = (node: Service, user: TestUser) =>
    node.asUser(user).delete('/api/account', { password: user.password });
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) =>
    body.code ?? status;

  it('to delete the accounts of the last two admins: one goes, the other stays', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, two] = [await nodes[0].newUser('admin'), await nodes[1].newUser('admin')];
      const answers = await Promise.all([remove(nodes[0], one), remove(nodes[1], two)]);
      expect(answers.map(codeOf)).to.have.members([204, 'last_admin']);
      const kept = answers[0].status === 204 ? two : one;
      expect(await nodes[0].repositories.users.findEnabledAdmins(2)).to.deep.equal([kept.id]);
      await nodes[0].knex('users').where({ id: kept.id }).delete();
    }
  });

  it('to delete the last admin while another user becomes one: an admin remains', async () => {
    for (let round = 0; round < 10; round++) {
      const [admin, next] = [await nodes[0].newUser('admin'), await nodes[1].newUser()];
      const [answer] = await Promise.all([
        remove(nodes[0], admin),
        nodes[1].repositories.users.grantRole(next.id, 'admin'),
      ]);
      expect(codeOf(answer)).to.be.oneOf([204, 'last_admin']);
      expect(await nodes[0].repositories.users.findEnabledAdmins(3)).to.include(next.id);
      await nodes[0].knex('users').whereIn('id', [admin.id, next.id]).delete();
    }
  });

  it('to change one password: one succeeds, the other is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const { token, username, password } = await nodes[0].newUser();
      const change = (node: Service, newPassword: string) =>
        node.asUser(token).put('/api/account/password', { currentPassword: password, newPassword });
      const chosen = ['violin harbour lantern', 'seven purple teapots'] as const;
      const answers = await Promise.all([change(nodes[0], chosen[0]), change(nodes[1], chosen[1])]);
      const refused = answers.filter(({ status }) => status !== 200).map(codeOf);
      // The change that succeeds ends the session. That can be the reason, too.
      expect(['password_wrong', 'token_invalid']).to.include(refused.join());
      const signIns = await Promise.all(
        [password, ...chosen].map((text) => nodes[0].signIn({ username, password: text })),
      );
      expect(signIns.map(({ status }) => status)).to.deep.equal([
        401,
        ...answers.map(({ status }) => (status === 200 ? 200 : 401)),
      ]);
    }
  });

  it('to delete one account: one succeeds, the other gets token_invalid', async () => {
    const user = await nodes[0].newUser();
    const answers = await Promise.all([remove(nodes[0], user), remove(nodes[1], user)]);
    expect(answers.map(codeOf)).to.have.members([204, 'token_invalid']);
  });
});

describe('a request whose user changes after the password comparison', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const isWaiting = async () => {
    const { rows } = await service.knex.raw<{ rows: unknown[] }>(
      'select 1 from pg_locks where not granted',
    );
    return rows.length > 0;
  };
  /** Sends the request, waits until the lock on the user's row blocks it, and changes the row. */
  async function meanwhile(id: number, sent: Sent, change: object): Promise<Received> {
    const { answer } = await service.knex.transaction(async (transaction) => {
      await transaction('users').where({ id }).forUpdate().select('id');
      const waiting = service.call(sent);
      while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5));
      await transaction('users').where({ id }).update(change);
      return { answer: waiting };
    });
    return answer;
  }
  const signIn = ({ username, password }: TestUser): Sent => ({
    method: 'POST',
    path: '/api/auth/signin',
    body: { username, password },
  });
  const sessionsOf = async ({ id }: TestUser) =>
    (await service.knex('sessions').where({ user_id: id }).count())[0]?.['count'];

  for (const [what, change] of [
    ['gets another password', { password_hash: 'another' }],
    ['is disabled', { disabled_at: new Date() }],
  ] as const) {
    it(`starts no session when the user ${what}`, async () => {
      const user = await service.newUser();
      const answer = await meanwhile(user.id, signIn(user), change);
      expect(answer.body).to.include({ status: 401, code: 'invalid_credentials' });
      expect(await sessionsOf(user)).to.equal(1);
    });
  }

  it('starts a session when only the hash of the same password is renewed', async () => {
    const user = await service.newUser();
    const answer = await meanwhile(user.id, signIn(user), {
      password_hash: bcrypt.hashSync(user.password, 4),
    });
    expect(answer.status).to.equal(200);
    expect(await sessionsOf(user)).to.equal(2);
  });

  for (const [what, sent] of [
    ['changes the password', { method: 'PUT', path: '/api/account/password' }],
    ['deletes the account', { method: 'DELETE', path: '/api/account' }],
  ] as const) {
    it(`${what} when only the hash of the same password is renewed`, async () => {
      const { id, token, password } = await service.newUser();
      const body =
        sent.method === 'PUT'
          ? { currentPassword: password, newPassword: 'violin harbour lantern' }
          : { password };
      const change = { password_hash: bcrypt.hashSync(password, 4) };
      const answer = await meanwhile(id, { ...sent, body, headers: bearer(token) }, change);
      expect(answer.status).to.be.oneOf([200, 204]);
    });
  }
});

describe('the last admin', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  beforeEach(async () => {
    await service.knex('users').delete();
    admin = await service.newUser('admin');
    // An admin who may not sign in does not count.
    const disabled = await service.newUser('admin');
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
  });
  const remove = (user: TestUser) =>
    service.asUser(user).delete('/api/account', { password: user.password });

  it('cannot delete the own account, and keeps the session and the cookies', async () => {
    const refused = await remove(admin);
    const message = 'The last admin cannot be removed. Make somebody else an admin first.';
    expect(refused.body).to.include({ status: 409, code: 'last_admin', message });
    expect(refused.headers['set-cookie']).to.equal(undefined);
    expect((await service.asUser(admin).get('/api/test/admin')).status).to.equal(200);
  });

  it('does not keep other users from deleting their accounts', async () => {
    expect((await remove(await service.newUser())).status).to.equal(204);
  });

  it('can delete the own account once another admin exists, who then must stay', async () => {
    const next = await service.newUser('admin');
    expect((await remove(admin)).status).to.equal(204);
    expect((await remove(next)).body.code).to.equal('last_admin');
  });
});

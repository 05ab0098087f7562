import { expect } from 'chai';
import { createDatabase } from '../support/postgres.ts';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

describe('two nodes at the same moment', () => {
  let nodes: readonly [Service, Service];
  before(async () => {
    const databaseUrl = await createDatabase();
    nodes = [await startService({ databaseUrl }), await startService({ databaseUrl })];
  });
  after(() => Promise.all(nodes.map((node) => node.close())));
  const remove = (node: Service, { token, password }: TestUser) =>
    node.call({ method: 'DELETE', path: '/api/account', body: { password }, headers: bearer(token) });
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => body.code ?? status;

  it('delete one of the last two admins, and keep the other', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, two] = [await nodes[0].newUser('admin'), await nodes[1].newUser('admin')];
      const answers = await Promise.all([remove(nodes[0], one), remove(nodes[1], two)]);
      expect(answers.map(codeOf)).to.have.members([204, 'last_admin']);
      const kept = answers[0].status === 204 ? two : one;
      expect(await nodes[0].repositories.users.findEnabledAdmins(2)).to.deep.equal([kept.id]);
      await nodes[0].knex('users').where({ id: kept.id }).delete();
    }
  });

  it('delete an admin and make another one, whichever comes first', async () => {
    for (let round = 0; round < 10; round++) {
      const [admin, next] = [await nodes[0].newUser('admin'), await nodes[1].newUser()];
      const [answer] = await Promise.all([remove(nodes[0], admin), nodes[1].repositories.users.grantRole(next.id, 'admin')]);
      expect(codeOf(answer)).to.be.oneOf([204, 'last_admin']);
      expect(await nodes[0].repositories.users.findEnabledAdmins(3)).to.include(next.id);
      await nodes[0].knex('users').whereIn('id', [admin.id, next.id]).delete();
    }
  });

  it('change a password twice: one change counts, the other is told that its password is wrong', async () => {
    for (let round = 0; round < 5; round++) {
      const { token, username, password } = await nodes[0].newUser();
      const change = (node: Service, newPassword: string) =>
        node.call({
          method: 'PUT',
          path: '/api/account/password',
          body: { currentPassword: password, newPassword },
          headers: bearer(token),
        });
      const chosen = ['violin harbour lantern', 'seven purple teapots'] as const;
      const answers = await Promise.all([change(nodes[0], chosen[0]), change(nodes[1], chosen[1])]);
      expect(answers.map(codeOf)).to.have.members([204, 'password_wrong']);
      const signIns = await Promise.all(
        [password, ...chosen].map((text) =>
          nodes[0].call({ method: 'POST', path: '/api/auth/signin', body: { username, password: text } }),
        ),
      );
      expect(signIns.map(({ status }) => status)).to.deep.equal([
        401,
        ...answers.map(({ status }) => (status === 204 ? 200 : 401)),
      ]);
    }
  });

  it('delete an account twice: the second finds nobody', async () => {
    const user = await nodes[0].newUser();
    const answers = await Promise.all([remove(nodes[0], user), remove(nodes[1], user)]);
    expect(answers.map(codeOf)).to.have.members([204, 'token_invalid']);
  });
});

describe('a sign-in while its password is changed, or its user disabled', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const isWaiting = async () => {
    const { rows } = await service.knex.raw<{ rows: unknown[] }>('select 1 from pg_locks where not granted');
    return rows.length > 0;
  };

  for (const change of [{ password_hash: 'another' }, { disabled_at: new Date() }]) {
    it(`begins no session: ${Object.keys(change).join()}`, async () => {
      const { id, username, password } = await service.newUser();
      const { answer } = await service.knex.transaction(async (transaction) => {
        await transaction('users').where({ id }).forUpdate().select('id');
        const signIn = service.call({ method: 'POST', path: '/api/auth/signin', body: { username, password } });
        while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5));
        await transaction('users').where({ id }).update(change);
        return { answer: signIn };
      });
      expect((await answer).body).to.include({ status: 401, code: 'invalid_credentials' });
      expect(await service.knex('sessions').where({ user_id: id }).count()).to.deep.equal([{ count: 1 }]);
    });
  }
});

describe('the last admin', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const remove = ({ token, password }: TestUser) =>
    service.call({ method: 'DELETE', path: '/api/account', body: { password }, headers: bearer(token) });

  it('cannot go, while others can, until there is another one who may sign in', async () => {
    const [admin, user, disabled] = [await service.newUser('admin'), await service.newUser(), await service.newUser('admin')];
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
    const refused = await remove(admin);
    const message = 'The last admin cannot be removed. Make somebody else an admin first.';
    expect(refused.body).to.include({ status: 409, code: 'last_admin', message });
    expect(refused.headers['set-cookie']).to.equal(undefined);
    expect((await service.call({ path: '/api/test/admin', headers: bearer(admin.token) })).status).to.equal(200);
    expect((await remove(user)).status).to.equal(204);
    const next = await service.newUser('admin');
    expect((await remove(admin)).status).to.equal(204);
    expect((await remove(next)).body.code).to.equal('last_admin');
  });
});

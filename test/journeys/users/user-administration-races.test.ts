import { expect } from 'chai';
import { createDatabase } from '../../support/postgres.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

type Act = (node: Service, by: TestUser, on: TestUser) => ReturnType<Service['call']>;

const acts: Readonly<Record<'demote' | 'disable' | 'delete', Act>> = {
  demote: (node, by, { id }) => node.asUser(by).put(`/api/users/${id}/roles`, { roles: ['user'] }),
  disable: (node, by, { id }) => node.asUser(by).patch(`/api/users/${id}`, { disabled: true }),
  delete: (node, by, { id }) => node.asUser(by).delete(`/api/users/${id}`),
};

describe('simultaneous requests of admins on two nodes', () => {
  let nodes: readonly [Service, Service];
  before(async () => {
    const databaseUrl = await createDatabase();
    nodes = [await startService({ databaseUrl }), await startService({ databaseUrl })];
  });
  after(() => Promise.all(nodes.map((node) => node.close())));
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) =>
    body.code ?? status;
  const enabledAdmins = () => nodes[0].repositories.users.findEnabledAdmins(5);
  /**
   * Holds the role's lock until both requests are authorised and wait for it. A request that comes
   * later would be refused, because its user is no admin any more.
   */
  const held = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const { result } = await nodes[0].knex.transaction(async (transaction) => {
      await transaction('roles').where({ name: 'admin' }).forUpdate().select('id');
      const running = work();
      for (let waiting = 0; waiting < 2;) {
        const { rows } = await nodes[1].knex.raw<{ rows: { count: number }[] }>(
          `select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = ?`,
          ['Lock'],
        );
        waiting = rows[0]?.count ?? 0;
      }
      return { result: running };
    });
    return result;
  };

  for (const [first, one] of Object.entries(acts)) {
    for (const [second, other] of Object.entries(acts)) {
      it(`to ${first} and ${second} each other: one succeeds, and one admin stays`, async () => {
        for (let round = 0; round < 10; round++) {
          const [left, right] = [await nodes[0].newUser('admin'), await nodes[1].newUser('admin')];
          const answers = await held(() =>
            Promise.all([one(nodes[0], left, right), other(nodes[1], right, left)]),
          );
          const lost = answers.filter(({ status }) => status >= 400);
          expect(lost.map(codeOf)).to.deep.equal(['last_admin']);
          expect(await enabledAdmins()).to.deep.equal([
            answers[0].status < 400 ? left.id : right.id,
          ]);
          await nodes[0].knex('users').whereIn('id', [left.id, right.id]).delete();
        }
      });
    }
  }

  it('to demote and to disable themselves: one is refused as the last admin', async () => {
    const [left, right] = [await nodes[0].newUser('admin'), await nodes[1].newUser('admin')];
    const answers = await Promise.all([
      acts.demote(nodes[0], left, left),
      acts.disable(nodes[1], right, right),
    ]);
    expect(answers.map(({ status }) => status)).to.have.members([200, 409]);
    expect(await enabledAdmins()).to.have.lengthOf(1);
    await nodes[0].knex('users').whereIn('id', [left.id, right.id]).delete();
  });

  it('to change the same version of a user: one succeeds, the other gets 412', async () => {
    const admin = await nodes[0].newUser('admin');
    for (let round = 0; round < 10; round++) {
      const user = await nodes[1].newUser();
      const path = `/api/users/${user.id}`;
      const seen = await nodes[0].asUser(admin).get(path);
      const headers = { 'if-match': seen.headers.etag! };
      const answers = await Promise.all([
        nodes[0].asUser(admin).put(`${path}/roles`, { roles: ['moderator'] }, { headers }),
        nodes[1].asUser(admin).patch(path, { disabled: true }, { headers }),
      ]);
      expect(answers.map(({ status }) => status)).to.have.members([200, 412]);
      const now = (await nodes[0].asUser(admin).get(path)).body;
      const [roles, disabled] =
        answers[0].status === 200 ? [['ROLE_MODERATOR'], false] : [['ROLE_USER'], true];
      expect(now).to.deep.include({ roles, disabled });
    }
  });

  it('to set the roles of one user: both succeed, and the sets are never mixed', async () => {
    const admin = await nodes[0].newUser('admin');
    for (let round = 0; round < 20; round++) {
      const { id } = await nodes[1].newUser();
      const set = (node: Service, roles: string[]) =>
        node.asUser(admin).put(`/api/users/${id}/roles`, { roles });
      const sets = [['moderator'], ['user', 'admin']];
      const answers = await Promise.all([set(nodes[0], sets[0]!), set(nodes[1], sets[1]!)]);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
      const { body } = await nodes[0].asUser(admin).get(`/api/users/${id}`);
      expect(body.roles).to.be.deep.oneOf([['ROLE_MODERATOR'], ['ROLE_USER', 'ROLE_ADMIN']]);
      await nodes[0].knex('users').where({ id }).delete();
    }
  });

  it('to delete one user: one succeeds, the other gets 404', async () => {
    const [admin, user] = [await nodes[0].newUser('admin'), await nodes[1].newUser()];
    const answers = await Promise.all([
      acts.delete(nodes[0], admin, user),
      acts.delete(nodes[1], admin, user),
    ]);
    expect(answers.map(({ status }) => status)).to.have.members([204, 404]);
  });

  it('to create users of the same name: one succeeds, the other is refused', async () => {
    const admin = await nodes[0].newUser('admin');
    for (let round = 0; round < 5; round++) {
      const create = (node: Service, username: string) =>
        node.asUser(admin).post('/api/users', {
          username,
          email: `${username}@${node.url.slice(-5)}.example`,
          password: 'violin harbour lantern',
        });
      const answers = await Promise.all([
        create(nodes[0], `Twin-${round}`),
        create(nodes[1], `twin-${round}`),
      ]);
      expect(answers.map(codeOf)).to.have.members([201, 'username_taken']);
    }
  });
});

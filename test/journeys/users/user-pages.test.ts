import { expect } from 'chai';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

interface Body {
  id: number;
}

describe('listUsers', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());

  describe('with filters', () => {
    const mark = `pg${process.pid}`;
    const search = mark.toUpperCase();
    let [zoe, bob, ann]: Body[] = [];
    before(async () => {
      const create = async (name: string, roles: string[]) => {
        const body = { ...newCredentials(), username: `${mark}-${name}`, roles };
        return (await service.asUser(admin).post('/api/users', body)).body as Body;
      };
      zoe = await create('zoe', []);
      bob = await create('Bob', ['moderator']);
      ann = await create('ann', ['moderator']);
      await service.asUser(admin).patch(`/api/users/${ann.id}`, { disabled: true });
    });
    /** The ids of the users on all pages. */
    const list = async (query: object) => {
      const ids: number[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const parameters = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
        const path = `/api/users?${parameters.toString()}`;
        const { status, body } = await service.asUser(admin).get(path);
        expect(status).to.equal(200);
        ids.push(...(body.users as Body[]).map(({ id }) => id));
        cursor = body.nextCursor;
      }
      return ids;
    };

    it('finds users by the beginning of the username in any case, ordered by name', async () => {
      expect(await list({ search, limit: 1 })).to.deep.equal([ann!.id, bob!.id, zoe!.id]);
    });

    it('finds no user when no username or email address begins with the search', async () => {
      expect(await list({ search: `${mark}-zoe@` })).to.deep.equal([]);
    });

    it('finds all users with the role "user"', async () => {
      expect(await list({ search, role: 'user' })).to.deep.equal([ann!.id, bob!.id, zoe!.id]);
    });

    it('finds users by a role, ordered by id', async () => {
      const query = { search, role: 'moderator', limit: 1 };
      expect(await list(query), 'by id').to.deep.equal([bob!.id, ann!.id]);
    });

    it('finds the admins', async () => {
      expect(await list({ role: 'admin' })).to.include(admin.id);
    });

    it('finds disabled users', async () => {
      expect(await list({ search, disabled: true })).to.deep.equal([ann!.id]);
    });

    it('finds enabled users', async () => {
      expect(await list({ search, disabled: false, limit: 1 })).to.deep.equal([bob!.id, zoe!.id]);
    });

    it('describes a user exactly as getUser does', async () => {
      const path = `/api/users?${new URLSearchParams({ search }).toString()}`;
      const first = (await service.asUser(admin).get(path)).body.users[0];
      const got = (await service.asUser(admin).get(`/api/users/${ann!.id}`)).body;
      expect(first).to.deep.equal(got);
    });
  });

  it('gives 20 users a page unless the request has a limit', async () => {
    await service.knex.raw(
      `insert into users (username, email, password_hash)
       select 'many-' || n, 'many-' || n || '@example.com', 'x' from generate_series(1, 25) n`,
    );
    const { body } = await service.asUser(admin).get('/api/users');
    expect(body.users).to.have.lengthOf(20);
    expect(body.nextCursor).to.be.a('string');
  });
});

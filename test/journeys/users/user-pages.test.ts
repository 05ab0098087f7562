import { expect } from 'chai';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

interface Body {
  id: number;
}

describe('the list of users, for an admin', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const send = (method: string, path: string, body?: object) =>
    service.call({
      method,
      path: `/api/users${path}`,
      headers: bearer(admin.token),
      ...(body && { body }),
    });

  it('lists users in pages, by name, role and state', async () => {
    const mark = `pg${process.pid}`;
    const create = async (name: string, roles: string[]) =>
      (await send('POST', '', { ...newCredentials(), username: `${mark}-${name}`, roles }))
        .body as Body;
    const [zoe, bob, ann] = [
      await create('zoe', []),
      await create('Bob', ['moderator']),
      await create('ann', ['moderator']),
    ];
    await send('PATCH', `/${ann.id}`, { disabled: true });
    const list = async (query: object) => {
      const ids: number[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const parameters = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
        const { status, body } = await send('GET', `?${parameters.toString()}`);
        expect(status).to.equal(200);
        ids.push(...(body.users as Body[]).map(({ id }) => id));
        cursor = body.nextCursor;
      }
      return ids;
    };
    const search = mark.toUpperCase();
    expect(await list({ search, limit: 1 })).to.deep.equal([ann.id, bob.id, zoe.id]);
    expect(await list({ search, role: 'user' })).to.deep.equal([ann.id, bob.id, zoe.id]);
    expect(await list({ search, role: 'moderator', limit: 1 }), 'by id').to.deep.equal([
      bob.id,
      ann.id,
    ]);
    expect(await list({ search, disabled: true })).to.deep.equal([ann.id]);
    expect(await list({ search, disabled: false, limit: 1 })).to.deep.equal([bob.id, zoe.id]);
    expect(await list({ role: 'admin' })).to.include(admin.id);
    expect(await list({ search: `${mark}-zoe@` })).to.deep.equal([]);
    const first = (await send('GET', `?${new URLSearchParams({ search }).toString()}`)).body
      .users[0];
    expect(first, 'as getUser tells it').to.deep.equal((await send('GET', `/${ann.id}`)).body);
  });

  it('gives twenty users a page when nothing else is asked for', async () => {
    await service.knex.raw(
      `insert into users (username, email, password_hash) select 'many-' || n, 'many-' || n || '@example.com', 'x' from generate_series(1, 25) n`,
    );
    const { body } = await send('GET', '');
    expect(body.users).to.have.lengthOf(20);
    expect(body.nextCursor).to.be.a('string');
  });
});

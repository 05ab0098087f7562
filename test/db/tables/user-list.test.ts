import { expect } from 'chai';
import type { Knex } from 'knex';
import { createKnex } from '../../../src/db/knex.ts';
import {
  createUserList,
  driverOf,
  type UserFilter,
  type UserList,
} from '../../../src/db/tables/user-list.ts';
import { createDatabase } from '../../support/postgres.ts';

// Tests the list with 3,000 users. Every filter matches many users and excludes many, so that pages
// are short, empty and full.

const fill = `
  insert into users (username, email, password_hash, disabled_at)
  select username, case n % 5
      when 0 then upper(username) || '@example.com'
      when 1 then 'al.' || n || '@example.com'
      when 2 then 'ZED-' || n || '@example.com'
      when 3 then 'alice+' || n || '@example.com'
      else username || '@example.com' end,
    'x', case when n % 3 = 0 then now() end
  from (
    select n, (array['alice-', 'Alice.', 'user_', 'Zoe-'])[1 + n % 4] || n as username
    from generate_series(1, 3000) n
  ) named;
  insert into user_roles (user_id, role_id)
  select users.id, roles.id from users, roles
  where (name = 'user' and users.id % 50 <> 0)
    or (name = 'moderator' and users.id % 2 = 0)
    or (name = 'admin' and users.id % 1000 = 0)`;

const searches = [
  undefined,
  'alice',
  'ALICE-1',
  'al',
  'a',
  'zed-',
  'user_2999',
  'nobody',
  'alice-1%',
  'ﬁ',
  'İ',
  'z\u{10ffff}',
];
const filters: UserFilter[] = searches.flatMap((search) =>
  [undefined, 'user', 'moderator', 'admin'].flatMap((role) =>
    [undefined, false, true].map((disabled) => ({ search, role, disabled })),
  ),
);

/** The ids of all matching users, in the order of the list; read without an index and pages. */
async function reference(knex: Knex, filter: UserFilter): Promise<number[]> {
  const { search, role, disabled } = filter;
  const { rows } = await knex.raw<{ rows: { id: number; key: string | null }[] }>(
    `select * from (
       select id, least(
         case when starts_with(username, :search) then username end,
         case when starts_with(email, :search) then email end
       ) as key
       from (
         select id, disabled_at,
           lower(username collate "C") as username, lower(email collate "C") as email
         from users
       ) lowered
       where (:role::text is null or exists (
           select from user_roles join roles on roles.id = role_id
           where user_id = lowered.id and name = :role
         ))
         and (:disabled::boolean is null or (disabled_at is not null) = :disabled)
     ) matched where key is not null order by ${driverOf(filter) === 'search' ? 'key' : 'id'}`,
    // The database lowers A to Z only; JavaScript lowers other letters, too.
    {
      search: (search ?? '').replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
      role: role ?? null,
      disabled: disabled ?? null,
    },
  );
  return rows.map(({ id }) => id);
}

describe('the list of users', () => {
  let knex: Knex;
  let list: UserList;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 1 });
    await knex.raw(fill);
    list = createUserList(knex);
  });
  after(() => knex.destroy());
  const walk = async (filter: UserFilter, limit: number, after: string | null = null) => {
    const pages: number[][] = [];
    for (let next = after, more = true; more; more = next !== null) {
      const page = await list.page(filter, next, limit);
      pages.push(page.rows.map(({ id }) => id));
      next = page.next;
    }
    return pages;
  };

  for (const filter of filters) {
    it(`returns every matching user once, in order: ${JSON.stringify(filter)}`, async () => {
      const all = await reference(knex, filter);
      for (const limit of [100, 37]) {
        const pages = await walk(filter, limit);
        expect(pages.flat()).to.deep.equal(all);
        expect(Math.max(...pages.map((page) => page.length))).to.be.at.most(limit);
        expect(pages.length, 'pages').to.be.at.most(
          Math.ceil(all.length / limit) + Math.ceil(6000 / 300),
        );
      }
    });
  }

  it('returns every matching user once with pages of one user', async () => {
    for (const filter of [
      { search: 'alice-29' },
      { role: 'admin' },
      { search: 'alice-1', disabled: true },
    ]) {
      expect((await walk(filter, 1)).flat()).to.deep.equal(await reference(knex, filter));
    }
  });

  it('returns empty and short pages together with the key of the next page', async () => {
    const sparse = await list.page({ role: 'moderator', search: 'user_2999' }, null, 10);
    expect(sparse.rows).to.deep.equal([]);
    expect(sparse.next).to.equal('600');
    const short = await list.page({ role: 'moderator', search: 'alice-1' }, null, 100);
    expect(short.rows).to.have.length.within(1, 99);
    expect(short.next).to.equal('600');
  });

  it('ends with the page of the last candidate, without an empty page after it', async () => {
    const last = await list.page({}, '2700', 300);
    expect(last.rows).to.have.lengthOf(300);
    expect(last.next).to.equal(null);
    expect((await list.page({}, '2699', 300)).next).to.equal('2999');
    expect((await list.page({ disabled: true }, '2100', 300)).next).to.equal(null);
  });

  it('returns names, roles, state and times of a user, but no password hash', async () => {
    const { rows } = await list.page({ search: 'ALICE-2000' }, null, 10);
    expect(rows).to.have.lengthOf(1);
    const { createdAt, updatedAt, disabledAt, ...rest } = rows[0]!;
    expect(rest).to.deep.include({
      id: 2000,
      username: 'alice-2000',
      email: 'ALICE-2000@example.com',
      emailVerifiedAt: null,
    });
    expect(rest).not.to.have.any.keys('passwordHash', 'key', 'count');
    expect(rest.roles).to.have.members(['moderator', 'admin']);
    expect([createdAt, updatedAt].every((time) => time instanceof Date)).to.equal(true);
    expect(disabledAt).to.equal(null);
  });

  it('returns each user once although other users are added between the pages', async () => {
    for (const filter of [
      {},
      { search: 'a' },
      { disabled: true },
      { role: 'moderator' },
    ] as UserFilter[]) {
      const before = await reference(knex, filter);
      const first = await list.page(filter, null, 50);
      const { rows: added } = await knex.raw<{ rows: { id: number }[] }>(
        `insert into users (username, email, password_hash, disabled_at)
         select 'a' || n, 'azure' || n || '@example.com', 'x', now() from generate_series(1, 100) n
         returning id`,
      );
      const rest = (await walk(filter, 50, first.next)).flat();
      const seen = [...first.rows.map(({ id }) => id), ...rest];
      expect(new Set(seen).size).to.equal(seen.length);
      expect(seen.filter((id) => before.includes(id))).to.deep.equal(before);
      const ids = added.map(({ id }) => id);
      await knex('users').whereIn('id', ids).delete();
    }
  });
});

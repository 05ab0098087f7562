import { expect } from 'chai';
import { startService, type Service, type TestUser } from '../support/service.ts';

// As in bad-input.test.ts: each breach is a 400 that names the parameter. No search text is
// interpreted as SQL or as a pattern.

describe('listUsers', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  const list = (query: string) => service.asUser(admin).get(`/api/users?${query}`);

  const queries: [string, string][] = [
    ['limit=0', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1.0', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=010', 'limit'],
    ['limit=%2B5', 'limit'],
    ['limit=%205', 'limit'],
    ['limit=5%0A', 'limit'],
    ['limit=five', 'limit'],
    [`limit=${'1'.repeat(400)}`, 'limit'],
    ['limit=NaN', 'limit'],
    ['limit=Infinity', 'limit'],
    ['limit=99999999999999999999', 'limit'],
    ['limit=', 'limit'],
    ['limit', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['limit[]=5', 'limit'],
    ['disabled=1', 'disabled'],
    ['disabled=TRUE', 'disabled'],
    ['disabled=yes', 'disabled'],
    ['disabled=null', 'disabled'],
    ['disabled=', 'disabled'],
    ['disabled=true&disabled=false', 'disabled'],
    ['role=root', 'role'],
    ['role=Admin', 'role'],
    ['role=ROLE_ADMIN', 'role'],
    ['role=', 'role'],
    ['role=user&role=admin', 'role'],
    ['role=user,admin', 'role'],
    ['search=', 'search'],
    ['search=a%00', 'search'],
    [`search=${'x'.repeat(255)}`, 'search'],
    ['search=a&search=b', 'search'],
    ['search[x]=a', 'search'],
    ['cursor=', 'cursor'],
    ['cursor=!', 'cursor'],
    ['cursor=aWQ6Mg%3D%3D', 'cursor'],
    ['cursor=aWQ6Mg&cursor=aWQ6Mg', 'cursor'],
    [`cursor=${'A'.repeat(401)}`, 'cursor'],
    ['cursor=junk', 'cursor'],
    ['cursor=aWQ6Mg&role=admin', 'cursor'],
    ['cursor=aWQ6Mg&search=a', 'cursor'],
    ['cursor=aWQ6Mg&disabled=true', 'cursor'],
    ['cursor=cm9sZTox', 'cursor'],
    ['Limit=5', 'Limit'],
    ['page=2', 'page'],
    ['__proto__=1', '__proto__'],
  ];
  for (const [query, name] of queries) {
    it(`refuses ?${query.slice(0, 60)}`, async () => {
      const { body } = await list(query);
      expect(body).to.include({ status: 400, code: 'validation_failed' });
      expect(body.errors[0].path).to.equal(`/query/${name}`);
      expect(body.detail).to.contain(`/query/${name}`);
    });
  }

  const harmless = [
    '%ff',
    '%ED%A0%80',
    '%25',
    'a@b',
    'a+b',
    '_',
    'a%27%20or%20%271%27%3D%271',
    '%F0%9F%A6%8A',
    '%5C',
    '%EF%BC%A1',
    'x'.repeat(254),
  ];
  for (const search of harmless) {
    it(`finds no user whose name begins with ${search.slice(0, 30)}`, async () => {
      expect((await list(`search=${search}`)).body).to.deep.equal({ users: [], nextCursor: null });
    });
  }
});

import { expect } from 'chai';
import { startService, type Service, type TestUser } from '../../support/service.ts';

// At least one admin who may sign in must remain.

describe('the user administration, with one enabled and one disabled admin', () => {
  let service: Service;
  let admin: TestUser;
  let disabled: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  beforeEach(async () => {
    disabled = await service.newUser('admin');
    await service.asUser(admin).patch(`/api/users/${disabled.id}`, { disabled: true });
  });
  afterEach(() => service.knex('users').whereNot({ id: admin.id }).delete());
  const setRoles = ({ id }: TestUser, roles: string[]) =>
    service.asUser(admin).put(`/api/users/${id}/roles`, { roles });

  it('refuses to take the role from the enabled admin', async () => {
    expect((await setRoles(admin, ['user'])).body.code).to.equal('last_admin');
  });

  it('lets the enabled admin change the own other roles', async () => {
    expect((await setRoles(admin, ['admin'])).body.roles).to.deep.equal(['ROLE_ADMIN']);
    expect((await setRoles(admin, ['user', 'admin'])).status).to.equal(200);
  });

  it('takes all roles from the disabled admin, and deletes that user', async () => {
    expect((await setRoles(disabled, [])).status).to.equal(200);
    expect((await service.asUser(admin).delete(`/api/users/${disabled.id}`)).status).to.equal(204);
  });
});

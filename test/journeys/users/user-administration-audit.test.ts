import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

interface Event {
  readonly type: string;
}

describe('the audit events of the user administration', () => {
  const credentials = newCredentials();
  let service: Service;
  let admin: TestUser;
  let promoted: Received;
  let events: Event[];
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
    const asAdmin = service.asUser(admin);
    const created = await asAdmin.post('/api/users', { ...credentials, roles: ['moderator'] });
    const { id } = created.body as { id: number };
    await service.signIn(credentials);
    promoted = await asAdmin.put(`/api/users/${id}/roles`, { roles: ['admin', 'user'] });
    await asAdmin.put(`/api/users/${id}/roles`, { roles: [] });
    await asAdmin.patch(`/api/users/${id}`, { disabled: true });
    await service.signIn(credentials);
    await asAdmin.patch(`/api/users/${id}`, { disabled: false });
    await service.signIn(credentials);
    await asAdmin.delete(`/api/users/${id}/sessions`);
    await asAdmin.delete(`/api/users/${id}`);
    events = await service
      .knex('audit_events')
      .where({ subject_id: id, actor_id: admin.id })
      .orderBy('id')
      .select('type', 'actor_id', 'request_id', 'ip', 'details');
  });
  after(() => service.close());

  it('are one for each change, in order', () => {
    expect(events.map(({ type }) => type)).to.deep.equal([
      'user_created',
      'roles_changed',
      'roles_changed',
      'user_disabled',
      'user_enabled',
      'sessions_ended',
      'user_deleted',
    ]);
  });

  it('name the admin, the request, the address, and the roles before and after', () => {
    expect(events[1]).to.deep.equal({
      type: 'roles_changed',
      actor_id: admin.id,
      request_id: promoted.headers['x-request-id'],
      ip: '127.0.0.1',
      details: {
        rolesBefore: ['ROLE_USER', 'ROLE_MODERATOR'],
        rolesAfter: ['ROLE_USER', 'ROLE_ADMIN'],
      },
    });
  });

  it('name the roles of a created user', () => {
    expect(events[0]).to.deep.include({ details: { rolesAfter: ['ROLE_USER', 'ROLE_MODERATOR'] } });
  });

  it('name the username of a deleted user', () => {
    expect(events[6]).to.deep.include({ details: { username: credentials.username } });
  });

  it('hold no password, and neither does the log', () => {
    expect(JSON.stringify(events) + JSON.stringify(service.log())).not.to.contain(
      credentials.password,
    );
  });
});

import { expect } from 'chai';
import type { Knex } from 'knex';
import { uniqueViolation } from '../../../src/db/errors.ts';
import { createKnex } from '../../../src/db/knex.ts';
import { createRepositories, type Repositories } from '../../../src/db/repositories.ts';
import { createDatabase } from '../../support/postgres.ts';

const event = {
  type: 'signed_up',
  actorId: 'self',
  requestId: 'a request',
  ip: null,
  occurredAt: new Date(0),
  details: { rolesAfter: [] },
} as const;

function insert({ users }: Repositories, username: string, email = `${username}@example.com`) {
  return users.insert({ username, email, passwordHash: 'x', roles: [] }, event, null);
}

describe('the users table', () => {
  let knex: Knex;
  let repositories: Repositories;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 2 });
    repositories = createRepositories(knex);
  });
  after(() => knex.destroy());

  it('returns ids as numbers', async () => {
    const { id } = await insert(repositories, 'one');
    expect(id).to.be.a('number');
    expect((await repositories.users.findByUsername('ONE'))?.id).to.equal(id);
  });

  it('reports whether the username or the e-mail address is in use, in any case', async () => {
    const refusal = (username: string, email: string) =>
      insert(repositories, username, email).catch(uniqueViolation);
    await insert(repositories, 'two');
    expect(await refusal('TWO', 'other@example.com')).to.equal('users_username_key');
    expect(await refusal('other', 'Two@Example.com')).to.equal('users_email_key');
    expect(await refusal('Two', 'Two@Example.com')).to.equal('users_username_key');
  });

  it('reports whether granting or revoking a role changed the user', async () => {
    const { users } = repositories;
    const { id } = await insert(repositories, 'three');
    expect(await users.grantRole(id, 'admin')).to.equal(true);
    expect(await users.grantRole(id, 'admin')).to.equal(false);
    expect((await users.findByUsername('three'))?.roles).to.deep.equal(['admin']);
    expect(await users.revokeRole(id, 'admin')).to.equal(true);
    expect(await users.revokeRole(id, 'admin')).to.equal(false);
  });

  it('does not count a disabled user as an enabled admin', async () => {
    const { users } = repositories;
    const { id } = await insert(repositories, 'enabled');
    expect(await users.hasEnabledAdmin()).to.equal(false);
    await users.grantRole(id, 'admin');
    expect(await users.hasEnabledAdmin()).to.equal(true);
    await knex('users').where({ id }).update({ disabled_at: new Date() });
    expect(await users.hasEnabledAdmin()).to.equal(false);
  });

  it('does not keep a user whose transaction fails', async () => {
    const failed = repositories.transaction(async (inside) => {
      await insert(inside, 'four');
      throw new Error('after the insert');
    });
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal(
      'after the insert',
    );
    expect(await repositories.users.findByUsername('four')).to.equal(undefined);
  });

  it('writes user, roles, audit event and mail request together, or nothing', async () => {
    const { users } = repositories;
    const user = {
      username: 'five',
      email: 'Five@example.com',
      passwordHash: 'x',
      roles: ['user', 'moderator'],
    };
    const at = new Date(1_000);
    const signedUp = { ...event, type: 'five', occurredAt: at };
    const traces = async () => ({
      events: await knex('audit_events')
        .where({ type: 'five' })
        .select('actor_id', 'subject_id', 'request_id', 'occurred_at', 'details'),
      mails: await knex('mail_requests').select(
        'purpose',
        'email',
        'request_id',
        'requested_at',
        'due_at',
        'attempts',
      ),
    });
    const { id } = await users.insert(user, signedUp, 'email_verification');
    const made = await users.findById(id);
    expect(made?.roles).to.have.members(['user', 'moderator']);
    expect(made?.version, 'raised by each role').to.equal(3);
    const request = {
      purpose: 'email_verification',
      email: 'Five@example.com',
      requested_at: at,
      due_at: at,
      attempts: 0,
    };
    const left = {
      events: [
        {
          actor_id: id,
          subject_id: id,
          request_id: 'a request',
          occurred_at: at,
          details: { rolesAfter: [] },
        },
      ],
      mails: [{ ...request, request_id: 'a request' }],
    };
    expect(await traces()).to.deep.equal(left);
    const again = users.insert(
      { ...user, username: 'fifth' },
      { ...signedUp, requestId: 'another' },
      'email_verification',
    );
    expect(await again.catch(uniqueViolation)).to.equal('users_email_key');
    expect(await traces()).to.deep.equal(left);
  });

  it('names in the audit event the admin who created the user, or no actor', async () => {
    for (const actorId of [4711, null]) {
      const user = {
        username: `by-${actorId}`,
        email: `by-${actorId}@example.com`,
        passwordHash: 'x',
        roles: [],
      };
      const { id } = await repositories.users.insert(user, { ...event, actorId }, null);
      expect(await knex('audit_events').where({ subject_id: id }).pluck('actor_id')).to.deep.equal([
        actorId,
      ]);
    }
  });
});

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

describe('the users in the database', () => {
  let knex: Knex;
  let repositories: Repositories;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 2 });
    repositories = createRepositories(knex);
  });
  after(() => knex.destroy());

  it('have ids that are numbers', async () => {
    const { id } = await insert(repositories, 'one');
    expect(id).to.be.a('number');
    expect((await repositories.users.findByUsername('ONE'))?.id).to.equal(id);
  });

  it('tell which name is in use', async () => {
    const refusal = (username: string, email: string) =>
      insert(repositories, username, email).catch(uniqueViolation);
    await insert(repositories, 'two');
    expect(await refusal('TWO', 'other@example.com')).to.equal('users_username_key');
    expect(await refusal('other', 'Two@Example.com')).to.equal('users_email_key');
    expect(await refusal('Two', 'Two@Example.com')).to.equal('users_username_key');
  });

  it('get and lose roles, and tell whether that changed anything', async () => {
    const { users } = repositories;
    const { id } = await insert(repositories, 'three');
    expect(await users.hasEnabledAdmin()).to.equal(false);
    expect(await users.grantRole(id, 'admin')).to.equal(true);
    expect(await users.grantRole(id, 'admin')).to.equal(false);
    expect(await users.hasEnabledAdmin()).to.equal(true);
    expect((await users.findByUsername('three'))?.roles).to.deep.equal(['admin']);
    await knex('users').where({ id }).update({ disabled_at: new Date() });
    expect(await users.hasEnabledAdmin()).to.equal(false);
    expect(await users.revokeRole(id, 'admin')).to.equal(true);
    expect(await users.revokeRole(id, 'admin')).to.equal(false);
  });

  it('are written wholly or not at all', async () => {
    const failed = repositories.transaction(async (inside) => {
      await insert(inside, 'four');
      throw new Error('after the insert');
    });
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal(
      'after the insert',
    );
    expect(await repositories.users.findByUsername('four')).to.equal(undefined);
  });

  it('come with their roles, their event and the wish for a mail, or not at all', async () => {
    const { users } = repositories;
    const user = {
      username: 'five',
      email: 'Five@example.com',
      passwordHash: 'x',
      roles: ['user', 'moderator'],
    };
    const at = new Date(1_000);
    const told = { ...event, type: 'five', occurredAt: at };
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
    const { id } = await users.insert(user, told, 'email_verification');
    const made = await users.findById(id);
    expect(made?.roles).to.have.members(['user', 'moderator']);
    expect(made?.version, 'raised by each role').to.equal(3);
    const wish = {
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
      mails: [{ ...wish, request_id: 'a request' }],
    };
    expect(await traces()).to.deep.equal(left);
    const again = users.insert(
      { ...user, username: 'fifth' },
      { ...told, requestId: 'another' },
      'email_verification',
    );
    expect(await again.catch(uniqueViolation)).to.equal('users_email_key');
    expect(await traces()).to.deep.equal(left);
  });

  it('are told of as the doing of whoever made them', async () => {
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

import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { createKnex } from '../../../src/db/knex.ts';
import { createRepositories } from '../../../src/db/repositories.ts';
import { AuthError } from '../../../src/domain/errors.ts';
import { createPasswords } from '../../../src/domain/passwords/index.ts';
import {
  createUserAdministration,
  type UserAdministration,
} from '../../../src/domain/users/user-administration.ts';
import { createDatabase } from '../../support/postgres.ts';

// Tests the only change without an operation in the contract: the command line sets a password.

const commandLine = { userId: null, requestId: null, ip: null };
const now = Date.UTC(2026, 10, 24);

describe('setting a password for a user', () => {
  let knex: Knex;
  let administration: UserAdministration;
  const passwords = createPasswords({ cost: 4, workers: 1 });
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 2 });
    administration = createUserAdministration({
      repositories: createRepositories(knex),
      passwords,
      outbox: null,
      now: () => now,
    });
  });
  after(async () => {
    await passwords.close();
    await knex.destroy();
  });
  let count = 0;
  const newUser = async () => {
    const username = `carol-${++count}`;
    const command = {
      username,
      email: `${username}@example.com`,
      password: 'violin harbour lantern',
      roles: [],
    };
    return administration.create(command, commandLine);
  };
  const codeOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof AuthError ? error.code : error;
  };

  describe('with a session and open links', () => {
    let id: number;
    let version: number;
    before(async () => {
      ({ id, version } = await newUser());
      const times = { created_at: new Date(now), expires_at: new Date(now + 1000) };
      const session = {
        id: '0b6ff0c5-5a3b-4a3f-9d7e-1f2d3c4b5a69',
        refresh_salt: randomBytes(16),
        rotated_at: new Date(now),
      };
      await knex('sessions').insert({ ...session, ...times, user_id: id });
      for (const purpose of ['password_reset', 'email_verification']) {
        const email = 'carol@example.com';
        await knex('one_time_tokens').insert({
          ...times,
          token_hash: randomBytes(32),
          purpose,
          user_id: id,
          email,
        });
      }
      await administration.setPassword(id, 'seven purple teapots', commandLine);
    });

    it('stores the hash of the new password', async () => {
      const { password_hash: hash } = await knex('users').where({ id }).first('password_hash');
      expect(await passwords.verify('seven purple teapots', hash)).to.equal(true);
    });

    it('ends all sessions', async () => {
      const ends: unknown[] = await knex('sessions').where({ user_id: id }).pluck('ended_at');
      expect(ends).to.deep.equal([new Date(now)]);
    });

    it('removes only the links that reset the password', async () => {
      const left: unknown[] = await knex('one_time_tokens').where({ user_id: id }).pluck('purpose');
      expect(left).to.deep.equal(['email_verification']);
    });

    it('writes an audit event without an actor', async () => {
      const [, event] = await knex('audit_events').where({ subject_id: id }).orderBy('id');
      expect(event).to.deep.include({
        type: 'password_changed',
        actor_id: null,
        request_id: null,
        ip: null,
        details: {},
      });
    });

    it('does not raise the version, because no visible member changed', async () => {
      expect((await administration.get(id)).version).to.equal(version);
    });
  });

  it('refuses a weak or too long password, and then changes nothing', async () => {
    const { id } = await newUser();
    const { password_hash: before } = await knex('users').where({ id }).first('password_hash');
    const attempts = ['password', `my carol-${count} secret`, 'x'.repeat(73)];
    const codes = await Promise.all(
      attempts.map((password) => codeOf(administration.setPassword(id, password, commandLine))),
    );
    expect(codes).to.deep.equal(['weak_password', 'weak_password', 'validation_failed']);
    expect(await knex('users').where({ id }).first('password_hash')).to.deep.equal({
      password_hash: before,
    });
    expect(await knex('audit_events').where({ subject_id: id }).pluck('type')).to.deep.equal([
      'user_created',
    ]);
  });

  it('reports an unknown user as not found', async () => {
    expect(
      await codeOf(administration.setPassword(4711, 'seven purple teapots', commandLine)),
    ).to.equal('not_found');
  });
});

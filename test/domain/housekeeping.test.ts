import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { createKnex } from '../../src/db/knex.ts';
import { createRepositories, type Repositories } from '../../src/db/repositories.ts';
import { auditEvent } from '../../src/domain/audit/audit-event.ts';
import { createHousekeeping } from '../../src/domain/housekeeping.ts';
import { createDatabase } from '../support/postgres.ts';

const day = 86_400_000;
const hour = 3_600_000;
const start = Date.UTC(2026, 10, 23);
const nothing = { sessions: 0, oneTimeTokens: 0, auditEvents: 0, mailRequests: 0, sentMails: 0 };
const noActor = { userId: null, requestId: null, ip: null };

describe('housekeeping', () => {
  let knex: Knex;
  let repositories: Repositories;
  let userId: number;
  before(async () => {
    knex = createKnex({ url: await createDatabase(), max: 4 });
    repositories = createRepositories(knex);
    const user = { username: 'abc', email: 'abc@example.com', password_hash: 'x' };
    [{ id: userId }] = (await knex('users').insert(user).returning('id')) as [{ id: number }];
  });
  after(() => knex.destroy());
  beforeEach(() => knex('sessions').delete());

  const session = async (expiresAt: number, endedAt: number | null = null) => {
    const id = randomUUID();
    const at = new Date(start);
    const common = {
      id,
      userId,
      refreshSalt: randomBytes(16),
      createdAt: at,
      userAgent: null,
      ip: null,
    };
    await repositories.sessions.insert(
      { ...common, expiresAt: new Date(expiresAt) },
      'x',
      auditEvent('signed_in', noActor, userId, at),
    );
    const event = auditEvent('signed_out', noActor, userId, at);
    if (endedAt !== null) await repositories.sessions.end(userId, id, new Date(endedAt), event);
    return id;
  };
  const keep = (now: number) =>
    createHousekeeping({
      repositories,
      auditTtl: 30 * (day / 1000),
      linkTtl: day / 1000,
      now: () => now,
    });

  it('removes sessions a week after they ended or expired, and no others', async () => {
    await session(start + day);
    await session(start + 30 * day, start + day);
    const left = [
      await session(start + 2 * day),
      await session(start + 30 * day, start + 2 * day),
      await session(start + 30 * day),
    ];
    expect(await keep(start + 8 * day + 1).run()).to.deep.equal({ ...nothing, sessions: 2 });
    expect(
      (await knex('sessions').select<{ id: string }[]>('id')).map(({ id }) => id),
    ).to.have.members(left);
    expect(await keep(start + 8 * day + 1).run()).to.deep.equal(nothing);
  });

  it('removes expired one-time tokens, and no others', async () => {
    const insert = (name: string, expiresAt: number) =>
      repositories.oneTimeTokens.insert({
        tokenHash: Buffer.from(name),
        purpose: 'password_reset',
        userId,
        email: 'abc@example.com',
        createdAt: new Date(start),
        expiresAt: new Date(expiresAt),
      });
    await insert('expired', start + day - 1);
    await insert('alive', start + day);
    expect(await keep(start + day).run()).to.deep.equal({ ...nothing, oneTimeTokens: 1 });
    expect(
      (await knex('one_time_tokens').select('token_hash')).map(({ token_hash }) =>
        String(token_hash),
      ),
    ).to.deep.equal(['alive']);
  });

  it('removes more expired one-time tokens than one statement deletes', async () => {
    await knex('one_time_tokens').delete();
    await knex.raw(
      `insert into one_time_tokens (token_hash, purpose, user_id, email, created_at, expires_at)
       select int4send(n), 'password_reset', ?, 'abc@example.com', now(), ?
       from generate_series(1, 2501) n`,
      [userId, new Date(start)],
    );
    expect(await keep(start + 2 * day).run()).to.deep.equal({ ...nothing, oneTimeTokens: 2501 });
  });

  it('removes audit events after the time they are kept for, and no others', async () => {
    await knex('audit_events').delete();
    for (const time of [start, start + day])
      await repositories.auditEvents.insert(
        auditEvent('signed_up', noActor, userId, new Date(time)),
      );
    expect((await keep(start + 30 * day + 1).run()).auditEvents).to.equal(1);
    expect(await knex('audit_events').count()).to.deep.equal([{ count: 1 }]);
  });

  it('removes mail requests that stayed open for too long, and no others', async () => {
    const add = (email: string, requestedAt: number) =>
      repositories.mailRequests.add({
        purpose: 'password_reset',
        email,
        requestId: 'x',
        requestedAt: new Date(requestedAt),
      });
    await add('old@example.com', start);
    await add('waits@example.com', start + 1);
    expect(await keep(start + day + 2 * hour + 1).run()).to.deep.equal({
      ...nothing,
      mailRequests: 1,
    });
    expect(await knex('mail_requests').pluck('email')).to.deep.equal(['waits@example.com']);
  });

  it('removes records of sent mails after a day, whatever the case of the address', async () => {
    const put = (email: string, time: number) => {
      const sentAt = new Date(time);
      return repositories.sentMails.put({
        purpose: 'password_reset',
        email,
        sentAt,
        dayBeganAt: sentAt,
        sentInDay: 1,
      });
    };
    await put('Old@example.com', start - 1);
    await put('old@example.com', start);
    await put('new@example.com', start + 1);
    expect(await keep(start + day + 1).run()).to.deep.equal({ ...nothing, sentMails: 1 });
    expect(await knex('sent_mails').pluck('email')).to.deep.equal(['new@example.com']);
  });

  it('skips locked rows, and does not wait for them', async () => {
    const ids = [await session(start + day), await session(start + day)];
    await knex.transaction(async (transaction) => {
      await transaction('sessions').where({ id: ids[0] }).forUpdate().select('id');
      expect((await keep(start + 30 * day).run()).sessions).to.equal(1);
    });
    expect(await knex('sessions').pluck('id')).to.deep.equal([ids[0]]);
  });

  it('removes all stale rows when several nodes run it at the same time', async () => {
    await knex.raw(
      `insert into sessions (id, user_id, refresh_salt, created_at, rotated_at, expires_at)
       select gen_random_uuid(), ?, '', now(), now(), ? from generate_series(1, 2500)`,
      [userId, new Date(start)],
    );
    const removed = await Promise.all(Array.from({ length: 3 }, () => keep(start + 8 * day).run()));
    expect(removed.reduce((sum, { sessions }) => sum + sessions, 0)).to.be.at.most(2500);
    await keep(start + 8 * day).run();
    expect(await knex('sessions').count()).to.deep.equal([{ count: 0 }]);
  });
});

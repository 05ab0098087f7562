import { expect } from 'chai';
import pg from 'pg';
import { leaseTime } from '../../../src/db/changes/lease.ts';
import { askAsModerator, untilKept } from '../../support/callers.ts';
import { createDatabase } from '../../support/postgres.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

// Changes that no node made. All nodes must see them.

describe('a change of a caller in psql', () => {
  let nodes: Service[];
  let psql: pg.Client;
  let user: TestUser;
  before(async () => {
    const databaseUrl = await createDatabase();
    nodes = await Promise.all([1, 2, 3, 4].map(() => startService({ databaseUrl })));
    psql = new pg.Client({ connectionString: databaseUrl });
    await psql.connect();
  });
  after(async () => {
    await psql.end();
    await Promise.all(nodes.map((node) => node.close()));
  });
  beforeEach(async () => {
    user = await nodes[0]!.newUser('moderator');
    await Promise.all(nodes.map((node) => untilKept(node, user)));
  });

  /**
   * Milliseconds until a node answers with `status`. Fails when a request that was sent over 50 ms
   * after the change has another answer.
   */
  async function timeUntil(node: Service, status: number): Promise<number> {
    const since = performance.now();
    for (;;) {
      const sent = performance.now() - since;
      if ((await askAsModerator(node, user)) === status) return performance.now() - since;
      expect(sent, 'milliseconds from the change to a request with the old answer').to.be.below(
        leaseTime,
      );
    }
  }
  const seenByAll = (status: number) => Promise.all(nodes.map((node) => timeUntil(node, status)));

  const moderator = `(select id from roles where name = 'moderator')`;
  const statements: Record<string, [() => string, number]> = {
    'a revoked role': [
      () => `delete from user_roles where user_id = ${user.id} and role_id = ${moderator}`,
      403,
    ],
    'a role replaced by another': [
      () =>
        `update user_roles set role_id = (select id from roles where name = 'admin')
          where user_id = ${user.id} and role_id = ${moderator}`,
      403,
    ],
    'a disabled user': [() => `update users set disabled_at = now() where id = ${user.id}`, 401],
    'a removed user': [() => `delete from users where id = ${user.id}`, 401],
    'an ended session': [
      () => `update sessions set ended_at = now() where id = '${user.sessionId}'`,
      401,
    ],
    'a session with an earlier expiry': [
      () => `update sessions set expires_at = now() where id = '${user.sessionId}'`,
      401,
    ],
    'a removed session': [() => `delete from sessions where id = '${user.sessionId}'`, 401],
    'all sessions truncated': [() => 'truncate sessions', 401],
    'a change applied by a replica': [
      () =>
        `begin; set local session_replication_role = replica;
          update users set disabled_at = now() where id = ${user.id}; commit`,
      401,
    ],
    'a change repeated after a rollback to a savepoint': [
      () =>
        `begin; savepoint s; update users set disabled_at = now() where id = ${user.id};
          rollback to s; update users set disabled_at = now() where id = ${user.id}; commit`,
      401,
    ],
    'a change of all users': [() => 'update users set disabled_at = now()', 401],
    'a renamed role': [() => `update roles set name = 'once' where name = 'moderator'`, 403],
    'all users truncated': [() => 'truncate users cascade', 401],
  };
  for (const [what, [statement, status]] of Object.entries(statements)) {
    it(`is seen by all nodes within 50 ms: ${what}`, async () => {
      await psql.query(statement());
      await seenByAll(status);
      await psql.query(`update roles set name = 'moderator' where name = 'once'`);
    });
  }

  it('is seen by all nodes within 50 ms, 200 times in a row', async function () {
    this.timeout(120_000);
    const times: number[] = [];
    for (let change = 0; change < 100; change++) {
      await psql.query(
        `delete from user_roles where user_id = ${user.id} and role_id = ${moderator}`,
      );
      times.push(...(await seenByAll(403)));
      await psql.query(
        `insert into user_roles select ${user.id}, id from roles where name = 'moderator'`,
      );
      times.push(...(await seenByAll(200)));
      await Promise.all(nodes.map((node) => untilKept(node, user)));
    }
    times.sort((left, right) => left - right);
    const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1);
    console.log(
      '      200 changes, four nodes, milliseconds with the request: ' +
        `p50 ${at(0.5)}, p99 ${at(0.99)}, most ${at(0.9999)}`,
    );
  });
});

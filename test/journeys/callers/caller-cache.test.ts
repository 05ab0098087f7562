import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { leaseTime } from '../../../src/db/changes/lease.ts';
import { askAsModerator, countStatements, untilKept } from '../../support/callers.ts';
import { createDatabase, run } from '../../support/postgres.ts';
import { startProxy } from '../../support/proxy.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

describe('the caller cache', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  beforeEach(async () => {
    user = await service.newUser('moderator');
    await service.outbox.run();
    await untilKept(service, user);
  });

  it('needs no statement for 100 requests of a known caller at the same time', async () => {
    const atOnce = () =>
      Promise.all(Array.from({ length: 100 }, () => askAsModerator(service, user)));
    expect(await countStatements(service, atOnce)).to.equal(0);
  });

  it('needs no statement for 100 requests of a known caller one after another', async () => {
    const oneByOne = async () => {
      for (let request = 0; request < 100; request++)
        expect(await askAsModerator(service, user)).to.equal(200);
    };
    expect(await countStatements(service, oneByOne)).to.equal(0);
  });

  it('still knows a caller whose next request comes after the lease time', async () => {
    for (let request = 0; request < 5; request++) {
      await pause(leaseTime + 10);
      expect(await countStatements(service, () => askAsModerator(service, user))).to.equal(0);
    }
  });

  it('keeps a caller while another user signs up, signs in and refreshes', async () => {
    const other = await service.newUser();
    await service.signIn(other);
    await service.asGuest.post('/api/auth/refresh', { refreshToken: other.refreshToken });
    await service.outbox.run();
    expect(await countStatements(service, () => askAsModerator(service, user))).to.equal(0);
  });

  it('refuses a known caller whose session has expired', async () => {
    let now = Date.now();
    const clocked = await startService({
      now: () => now,
      config: { sessionTtl: 60, accessTokenTtl: 3_600 },
    });
    const known = await clocked.newUser('moderator');
    await clocked.outbox.run();
    await untilKept(clocked, known);
    now += 59_000;
    expect(await countStatements(clocked, () => askAsModerator(clocked, known))).to.equal(0);
    now += 1_000;
    expect(await askAsModerator(clocked, known)).to.equal(401);
    await clocked.close();
  });
});

describe('a service with CALLER_CACHE=off', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ config: { callerCache: false } });
    user = await service.newUser('moderator');
    await service.outbox.run();
  });
  after(() => service.close());

  it('asks the database about the caller of each request', async () => {
    const count = await countStatements(service, async () => {
      for (let request = 0; request < 5; request++)
        expect(await askAsModerator(service, user)).to.equal(200);
    });
    expect(count).to.equal(5);
  });

  it('does not listen to changes of callers', async () => {
    const { rows } = await service.knex.raw(
      `select count(*)::int from pg_stat_activity
        where datname = current_database() and application_name = 'rolegate listener'`,
    );
    expect(rows).to.deep.equal([{ count: 0 }]);
  });
});

describe('a read of the caller that began before a change', () => {
  it('is not cached', async () => {
    const databaseUrl = await createDatabase();
    const proxy = await startProxy(databaseUrl);
    const service = await startService({ databaseUrl, poolUrl: proxy.url });
    const user = await service.newUser('moderator');
    await untilKept(service, user);
    // A notification without a change: it makes the service forget the caller and read again.
    await run(databaseUrl, `notify rolegate_callers, '${user.id}'`);
    await pause(leaseTime);
    const [{ since }] = (await run(databaseUrl, 'select clock_timestamp()::text as since'))
      .rows as [{ since: string }];
    proxy.hold();
    const reading = askAsModerator(service, user);
    const hasRead = `select from pg_stat_activity
      where datname = current_database() and application_name = 'rolegate' and state = 'idle'
      and query like '%join%users%' and state_change > '${since}'`;
    while ((await run(databaseUrl, hasRead)).rowCount === 0);
    await run(
      databaseUrl,
      `delete from user_roles where user_id = ${user.id}
        and role_id = (select id from roles where name = 'moderator')`,
    );
    await pause(leaseTime); // the longest time until a node hears of the change
    proxy.mend();
    expect(await reading).to.equal(200);
    expect(await askAsModerator(service, user)).to.equal(403);
    await service.close();
    await proxy.close();
  });
});

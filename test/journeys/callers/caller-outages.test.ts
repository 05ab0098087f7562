import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { openEmbedded, type EmbeddedDatabase } from '../../../src/db/embedded/embedded.ts';
import { createKnex } from '../../../src/db/knex.ts';
import { leaseTime } from '../../../src/db/changes/lease.ts';
import { migrateUp } from '../../../src/db/migrate.ts';
import { askAsModerator, countStatements, heard, untilKept } from '../../support/callers.ts';
import { createDatabase, run, serverPid, temporaryFolder } from '../../support/postgres.ts';
import { startProxy, type Proxy } from '../../support/proxy.ts';
import { bearer, startService, type Service, type TestUser } from '../../support/service.ts';

describe('a node whose listener is away', () => {
  let databaseUrl: string;
  let proxy: Proxy;
  let node: Service;
  let other: Service;
  let user: TestUser;
  before(async () => {
    databaseUrl = await createDatabase();
    proxy = await startProxy(databaseUrl);
    node = await startService({ databaseUrl: proxy.url, poolUrl: databaseUrl });
    other = await startService({ databaseUrl });
  });
  after(async () => {
    await Promise.all([node.close(), other.close()]);
    await proxy.close();
  });
  const setRoles = async (...roles: string[]) => {
    const admin = await other.newUser('admin');
    const path = `/api/users/${user.id}/roles`;
    expect(
      (await other.call({ method: 'PUT', path, headers: bearer(admin.token), body: { roles } }))
        .status,
    ).to.equal(200);
  };

  const outages: Record<string, () => unknown> = {
    'its connection is ended by the server': async () => {
      await node.knex.raw(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'rolegate listener'`);
    },
    'its connection is cut, and no other one is to be had': () => {
      proxy.cut();
    },
    'its connection says nothing any more': () => {
      proxy.hold();
    },
  };
  for (const [outage, begin] of Object.entries(outages)) {
    it(`answers what is true, and keeps callers again afterwards, when ${outage}`, async function () {
      this.timeout(60_000);
      user = await node.newUser('moderator');
      await untilKept(node, user);
      await begin();
      for (const [roles, status] of [
        [['user'], 403],
        [['user', 'moderator'], 200],
        [['user'], 403],
      ] as const) {
        await setRoles(...roles);
        await pause(leaseTime);
        expect(await askAsModerator(node, user)).to.equal(status);
      }
      const asked = await countStatements(node, () => askAsModerator(node, user));
      if (!outage.includes('ended')) expect(asked, 'statements while it is away').to.equal(1);
      proxy.mend();
      await untilKept(node, user);
      await setRoles('user', 'moderator');
      await pause(leaseTime);
      expect(await askAsModerator(node, user)).to.equal(200);
      await untilKept(node, user);
    });
  }

  it('says so in the log once, and when it is over', () => {
    const lines = node.log().map(({ msg }) => String(msg));
    const about = lines
      .filter((line) => line.startsWith('changes of callers'))
      .map((line) => line.replace(/ heard.*/, ''));
    expect(about.filter((_, index) => index % 2 === 0)).to.satisfy((all: string[]) =>
      all.every((line) => line.endsWith('not')),
    );
    expect(about.at(-1)).to.equal('changes of callers are');
    expect(JSON.stringify(node.log())).not.to.contain(new URL(databaseUrl).password);
  });
});

describe('a node whose PostgreSQL is restarted', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: EmbeddedDatabase;
  let node: Service;
  before(async () => {
    folder = await temporaryFolder();
    database = await openEmbedded({ dataDir: folder.path, settings: ['fsync=off'] });
    const knex = createKnex({ url: database.url, max: 1 });
    await migrateUp(knex);
    await knex.destroy();
    node = await startService({ databaseUrl: database.url });
  });
  after(async () => {
    await node.close();
    await database.release();
    await folder.remove();
  });

  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    it(`lets nobody in who lost the role before it listens again, and keeps callers afterwards: ${signal}`, async function () {
      this.timeout(60_000);
      const user = await node.newUser('moderator');
      await untilKept(node, user);
      process.kill(await serverPid(folder.path), signal);
      const revoke = () =>
        run(database.url, `delete from user_roles where user_id = ${user.id}`).then(
          () => true,
          () => false, // there is no server, or it is just starting
        );
      while (!(await revoke())) await pause(5);
      await pause(leaseTime);
      const statuses = new Set<number>();
      while (!statuses.has(403)) statuses.add(await askAsModerator(node, user));
      expect(statuses).not.to.include(200);
      await node.repositories.users.grantRole(user.id, 'moderator');
      await heard();
      await untilKept(node, user);
    });
  }
});

describe('a node before whose database is a connection pooler', () => {
  it('asks the database each time, and says what to do', async () => {
    const databaseUrl = await createDatabase();
    const pooler = await startPooler(databaseUrl);
    const node = await startService({ databaseUrl: pooler.url, poolUrl: databaseUrl });
    const user = await node.newUser('moderator');
    await node.outbox.run();
    while (!node.log().some(({ msg }) => String(msg).includes('CALLER_CACHE=off'))) await pause(10);
    for (let request = 0; request < 3; request++) {
      expect(await countStatements(node, () => askAsModerator(node, user))).to.equal(1);
    }
    expect(JSON.stringify(node.log())).to.contain('There is a connection pooler before PostgreSQL');
    await node.close();
    pooler.close();
  });
});

/** It tells its clients of a process that is not the database's, as poolers do (BackendKeyData, 12 bytes long); else it only passes on. */
async function startPooler(databaseUrl: string): Promise<{ url: string; close(): void }> {
  const { port, hostname } = new URL(databaseUrl);
  const server = createServer((inner) => {
    const outer = connect(Number(port || 5432), hostname);
    inner.pipe(outer).on('error', () => inner.destroy());
    inner.on('error', () => outer.destroy());
    outer
      .on('close', () => inner.destroy())
      .on('data', (chunk: Buffer) => {
        const at = chunk.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
        if (at >= 0) chunk.writeInt32BE(chunk.readInt32BE(at + 5) + 1, at + 5);
        inner.write(chunk);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, close: () => server.close() };
}

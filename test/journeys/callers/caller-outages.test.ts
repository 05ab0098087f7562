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
import { startService, type Service, type TestUser } from '../../support/service.ts';

/** The begin of the log messages. */
const about = 'notifications of caller changes';

describe('a node whose listener loses its connection', () => {
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
  beforeEach(async function () {
    this.timeout(60_000);
    user = await node.newUser('moderator');
    await untilKept(node, user);
  });
  afterEach(() => {
    proxy.mend();
  });
  const setRoles = async (...roles: string[]) => {
    const admin = await other.newUser('admin');
    expect(
      (await other.asUser(admin).put(`/api/users/${user.id}/roles`, { roles })).status,
    ).to.equal(200);
  };

  const outages: Record<string, () => unknown> = {
    'the server ends it': async () => {
      await node.knex.raw(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'rolegate listener'`);
    },
    'it is cut, and no new one can be opened': () => {
      proxy.cut();
    },
    'it transfers no more data': () => {
      proxy.hold();
    },
  };
  for (const [outage, begin] of Object.entries(outages)) {
    it(`answers with the current roles of callers: ${outage}`, async function () {
      this.timeout(60_000);
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
    });

    it(`caches callers again after the outage: ${outage}`, async function () {
      this.timeout(60_000);
      await begin();
      await pause(leaseTime);
      await setRoles('user');
      proxy.mend();
      await untilKept(node, user);
      await setRoles('user', 'moderator');
      await pause(leaseTime);
      expect(await askAsModerator(node, user)).to.equal(200);
      await untilKept(node, user);
    });
  }

  for (const outage of Object.keys(outages).slice(1)) {
    it(`asks the database for each request meanwhile: ${outage}`, async function () {
      this.timeout(60_000);
      await outages[outage]!();
      await pause(leaseTime);
      await askAsModerator(node, user);
      const asked = await countStatements(node, () => askAsModerator(node, user));
      expect(asked, 'statements while the listener has no connection').to.equal(1);
    });
  }

  it('logs the begin and the end of each outage once', () => {
    const isAbout = ({ msg }: { msg?: unknown }) => String(msg).startsWith(about);
    const lines = node
      .log()
      .filter(isAbout)
      .map(({ msg }) => String(msg).replace(/ arrive.*/, ''));
    expect(lines.filter((_, index) => index % 2 === 0)).to.satisfy((all: string[]) =>
      all.every((line) => line === `${about} do not`),
    );
    expect(lines.at(-1)).to.equal(about);
  });

  it('logs no password of the database', () => {
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
    it(`drops a lost role, and caches callers again afterwards: ${signal}`, async function () {
      this.timeout(60_000);
      const user = await node.newUser('moderator');
      await untilKept(node, user);
      process.kill(await serverPid(folder.path), signal);
      const revoke = () =>
        run(database.url, `delete from user_roles where user_id = ${user.id}`).then(
          () => true,
          () => false, // no server, or it is still starting
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

describe('a node behind a connection pooler', () => {
  let pooler: Awaited<ReturnType<typeof startPooler>>;
  let node: Service;
  let user: TestUser;
  before(async () => {
    const databaseUrl = await createDatabase();
    pooler = await startPooler(databaseUrl);
    node = await startService({ databaseUrl: pooler.url, poolUrl: databaseUrl });
    user = await node.newUser('moderator');
    await node.outbox.run();
    while (!node.log().some(({ msg }) => String(msg).includes('CALLER_CACHE=off'))) await pause(10);
  });
  after(async () => {
    await node.close();
    pooler.close();
  });

  it('asks the database about the caller of each request', async () => {
    for (let request = 0; request < 3; request++) {
      expect(await countStatements(node, () => askAsModerator(node, user))).to.equal(1);
    }
  });

  it('logs that a connection pooler is in front of PostgreSQL', () => {
    expect(JSON.stringify(node.log())).to.contain('A connection pooler is in front of PostgreSQL');
  });
});

/**
 * A TCP proxy that reports another process id than the database does, as poolers do
 * (BackendKeyData, 12 bytes long). It forwards everything else.
 */
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

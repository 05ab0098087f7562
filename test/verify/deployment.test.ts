import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createDatabase, run, temporaryFolder } from '../support/postgres.ts';
import {
  rolegate,
  startNode,
  startProcess,
  command,
  type Running,
} from '../../tools/service/process.ts';

const password = 'violin harbour lantern';

describe('rolegate verify', () => {
  let databaseUrl: string;
  let node: Running;
  let url: string;
  let adminToken: string;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async function () {
    this.timeout(60_000);
    folder = await temporaryFolder();
    databaseUrl = await createDatabase();
    const environment = {
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder.path,
      JWT_SECRET: 'a secret of the tests that is long enough',
    };
    const admin = [
      'users',
      'create',
      'root',
      'root@example.com',
      '--role',
      'admin',
      '--password-stdin',
    ];
    expect((await rolegate(admin, environment, `${password}\n`)).code).to.equal(0);
    node = startNode({ ...environment, PORT: '0' });
    url = await node.url();
    const signedIn = await fetch(`${url}/api/auth/signin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'root', password }),
    });
    adminToken = ((await signedIn.json()) as { accessToken: string }).accessToken;
  });
  after(async () => {
    node.kill('SIGTERM');
    await node.ended;
    await folder.remove();
  });
  const usernames = async () =>
    (await run(databaseUrl, 'select username from users')).rows.map(
      ({ username }: { username: string }) => username,
    );

  describe('without an admin token', () => {
    let junit: string;
    let result: Awaited<ReturnType<typeof rolegate>>;
    before(async function () {
      this.timeout(120_000);
      junit = join(folder.path, 'verify.xml');
      result = await rolegate(['verify', '--url', url, '--junit', junit]);
    });

    it('finds no breach in a node', () => {
      const { code, stdout, stderr } = result;
      expect({ code, stderr }, stdout).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.match(/ answers checked, 0 broke the contract\n$/);
    });

    it('reports what it could not verify', () => {
      expect(result.stdout).to.contain('needs --admin-token');
    });

    it('leaves no user behind', async () => {
      expect(await usernames()).to.deep.equal(['root']);
    });

    it('writes a JUnit report with a suite for each operation', async () => {
      const { suites, tests, failures } = readJUnit(await readFile(junit, 'utf8'));
      expect(suites).to.include.members(['signIn', 'deleteUser', 'no operation']);
      expect(tests).to.be.above(300);
      expect(failures).to.equal(0);
    });
  });

  describe('with the token of an admin', () => {
    let result: Awaited<ReturnType<typeof rolegate>>;
    before(async function () {
      this.timeout(120_000);
      const environment = { ROLEGATE_ADMIN_TOKEN: adminToken };
      result = await rolegate(['verify', '--url', url, '--json'], environment);
    });

    it('finds no breach in a node', () => {
      const { code, stdout, stderr } = result;
      expect({ code, stderr }, stdout).to.deep.equal({ code: 0, stderr: '' });
      const { breaches, left, stops } = JSON.parse(stdout);
      expect({ breaches, left, stops }).to.deep.equal({ breaches: [], left: [], stops: [] });
    });

    it('verifies everything that a request can reach', () => {
      const { cells } = JSON.parse(result.stdout) as { cells: { reason: string | null }[] };
      const reasons = cells.flatMap(({ reason }) => reason ?? []);
      expect([...new Set(reasons)]).to.have.members([
        'only while the database or mail is unavailable',
        'no request should cause it',
        'needs the link from a mail',
        'would need to remove the last admin',
      ]);
    });

    it('leaves no user behind', async () => {
      expect(await usernames()).to.deep.equal(['root']);
    });

    it('does not print the token', () => {
      expect(result.stdout).not.to.contain(adminToken);
    });
  });

  it('deletes its users when it reaches its limit of requests', async function () {
    this.timeout(60_000);
    const few = await rolegate(['verify', '--url', url, '--max-requests', '60']);
    expect(few.stdout).to.contain('the limit of 60 requests is reached');
    expect(await usernames()).to.deep.equal(['root']);
  });

  it('deletes its users when it is interrupted', async function () {
    this.timeout(60_000);
    const stopped = startProcess(command, ['verify', '--url', url], {});
    while ((await usernames()).length === 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    stopped.kill('SIGINT');
    expect(await stopped.ended).to.equal(1);
    expect(stopped.stderr()).to.contain('It was stopped before its end.');
    expect(await usernames()).to.deep.equal(['root']);
  });

  const wrong: [string, string[], RegExp][] = [
    ['no URL', [], /required option '--url <url>' not specified/],
    ['a URL without http', ['--url', 'localhost'], /must begin with http/],
    ['a password in the URL', ['--url', 'http://me:hunter2@localhost'], /must hold no user/],
    [
      'a URL without a server',
      ['--url', 'http://127.0.0.1:1'],
      /^The deployment does not answer: .*ECONNREFUSED/,
    ],
  ];
  for (const [what, args, reason] of wrong) {
    it(`exits with code 2 when it gets ${what}`, async () => {
      const { code, stdout, stderr } = await rolegate(['verify', ...args]);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr).to.match(reason);
      expect(stderr).not.to.contain('hunter2');
    });
  }

  it('exits with code 2 when the token is not the token of an admin', async () => {
    const { code, stderr } = await rolegate(['verify', '--url', url, '--admin-token', 'x.y.z']);
    expect({ code, stderr }).to.deep.equal({
      code: 2,
      stderr: 'The deployment refuses the admin token: it answers 401.\n',
    });
  });
});

/** @throws AssertionError when the tags are not balanced */
function readJUnit(xml: string) {
  const open: string[] = [];
  for (const [, end, name, self] of xml.matchAll(
    /<(\/?)([a-z]+)(?:\s+[a-z]+="[^"<>]*")*\s*(\/?)>/g,
  )) {
    if (end) expect(open.pop()).to.equal(name);
    else if (!self) open.push(name!);
  }
  expect(open).to.deep.equal([]);
  const names = [...xml.matchAll(/<testsuite name="([^"]*)"/g)].map(([, name]) => name);
  const count = (tag: string) => xml.split(`<${tag} `).length - 1;
  return { suites: names, tests: count('testcase'), failures: count('failure') };
}

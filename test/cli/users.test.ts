import { expect } from 'chai';
import { createDatabase, run } from '../support/postgres.ts';
import { rolegate, startNode, type Running } from '../../tools/service/process.ts';
import { bearer, callAt, type Service } from '../support/service.ts';

const password = 'correct horse battery';

interface Listed {
  readonly username: string;
  readonly roles: readonly string[];
}

describe('rolegate users', () => {
  let environment: Record<string, string>;
  let node: Running;
  let call: Service['call'];
  before(async () => {
    environment = {
      DATABASE_URL: await createDatabase(),
      PORT: '0',
      JWT_SECRET: 'long enough a secret for the tests of users',
    };
    node = startNode(environment);
    call = callAt(await node.url());
  });
  after(async () => {
    node.kill('SIGTERM');
    await node.ended;
  });
  const users = (args: readonly string[], input?: string) =>
    rolegate(['users', ...args], environment, input);
  const json = async <Document = Listed & { password: string; changed: boolean }>(
    args: readonly string[],
    input?: string,
  ) => {
    const { code, stdout, stderr } = await users([...args, '--json'], input);
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as Document;
  };
  const signIn = (username: string, secret = password) =>
    call({ method: 'POST', path: '/api/auth/signin', body: { username, password: secret } });

  it('create: takes the password from stdin, and never tells it', async () => {
    const made = await users(
      ['create', 'Alice', 'alice@example.com', '--role', 'admin', '--password-stdin'],
      `${password}\n`,
    );
    expect(made).to.deep.equal({
      code: 0,
      stdout: 'Alice was created, with the roles user, admin.\n',
      stderr: '',
    });
    expect((await signIn('alice')).body.roles).to.deep.equal(['ROLE_USER', 'ROLE_ADMIN']);
  });

  it('create: makes a password that is told once', async () => {
    const made = await json([
      'create',
      'bob',
      'bob@example.com',
      '--role',
      'moderator',
      '--role',
      'user',
      '--generate-password',
    ]);
    expect(made).to.include({
      username: 'bob',
      email: 'bob@example.com',
      disabled: false,
      emailVerified: false,
    });
    expect(made.roles).to.deep.equal(['ROLE_USER', 'ROLE_MODERATOR']);
    expect((await signIn('bob', made.password)).status).to.equal(200);
    expect(
      (await users(['create', 'carol', 'carol@example.com', '--generate-password'])).stdout,
    ).to.match(
      /^carol was created, with the roles user\.\nThe password, which is told only now: [\w-]{24}\n$/,
    );
  });

  it('create: says how to give a password where there is no terminal', async () => {
    expect(await users(['create', 'dora', 'dora@example.com'])).to.deep.equal({
      code: 2,
      stdout: '',
      stderr:
        'There is no terminal to ask for the password on. Add --password-stdin and write it there, or --generate-password.\n',
    });
  });

  const refused: [string, string[], string | undefined, number, RegExp][] = [
    [
      'a username of two letters',
      ['ab', 'x@example.com'],
      password,
      2,
      /^The username is not as the contract says: 3 to 32 ASCII/,
    ],
    [
      'a username with a space',
      ['a b c', 'x@example.com'],
      password,
      2,
      /^The username is not as the contract says/,
    ],
    [
      'no e-mail address',
      ['dora', 'example.com'],
      password,
      2,
      /^The email is not as the contract says: An e-mail address/,
    ],
    [
      'a short password',
      ['dora', 'x@example.com'],
      'hunter2',
      2,
      /^The password is not as the contract says: 8 characters/,
    ],
    [
      'a long password',
      ['dora', 'x@example.com'],
      'ü'.repeat(40),
      1,
      /^password must NOT have more than 72 bytes/,
    ],
    [
      'a common password',
      ['dora', 'x@example.com'],
      'password1',
      1,
      /^This is a commonly used password\.\n$/,
    ],
    [
      'two lines',
      ['dora', 'x@example.com'],
      `${password}\n${password}`,
      2,
      /^There is more than one line on stdin/,
    ],
    ['an empty stdin', ['dora', 'x@example.com'], '', 2, /^There is no password on stdin/],
    [
      'a username in use',
      ['ALICE', 'x@example.com'],
      password,
      1,
      /^Failed! Username is already in use!\n$/,
    ],
    [
      'an e-mail address in use',
      ['dora', 'ALICE@example.com'],
      password,
      1,
      /^Failed! Email is already in use!\n$/,
    ],
    [
      'an unknown role',
      ['dora', 'x@example.com', '--role', 'root'],
      password,
      2,
      /Allowed choices are user, moderator, admin/,
    ],
    [
      'two ways to a password',
      ['dora', 'x@example.com', '--generate-password'],
      password,
      2,
      /cannot be used with/,
    ],
    [
      'a password as an argument',
      ['dora', 'x@example.com', `--password=${password}`],
      password,
      2,
      /unknown option '--password'\n/,
    ],
  ];
  for (const [what, args, input, code, reason] of refused) {
    it(`create: refuses ${what}`, async () => {
      const answer = await users(['create', ...args, '--password-stdin'], input);
      expect(answer).to.include({ code, stdout: '' });
      expect(answer.stderr).to.match(reason);
      if (input) expect(answer.stderr).not.to.contain(input);
    });
  }

  it('list: by role, by a part of the name, by state, and so many at most', async () => {
    const names = async (...args: string[]) =>
      (await json<Listed[]>(['list', ...args])).map(({ username }) => username);
    expect(await names()).to.deep.equal(['Alice', 'bob', 'carol']);
    expect(await names('--role', 'admin')).to.deep.equal(['Alice']);
    expect(await names('--search', 'ALI')).to.deep.equal(['Alice']);
    expect(await names('--search', 'carol@')).to.deep.equal(['carol']);
    expect(await names('--search', '%')).to.deep.equal([]);
    expect(await names('--disabled')).to.deep.equal([]);
    const { stdout, stderr } = await users(['list', '--limit', '2']);
    expect(stdout).to.match(
      /^ID +USERNAME +E-MAIL +ROLES +SINCE +STATE\n1 +Alice +alice@example\.com +user, admin +20\d\d-\d\d-\d\d +e-mail not verified\n2 +bob .*\n$/,
    );
    expect(stderr).to.equal(
      'These are the first 2. There may be more: narrow the search, or raise --limit.\n',
    );
    expect((await users(['list', '--role', 'admin', '--disabled'])).stdout).to.equal(
      'There is no such user.\n',
    );
    expect(await users(['list', '--limit', '0'])).to.include({ code: 2 });
  });

  it('list: more than a page', async () => {
    const url = environment['DATABASE_URL']!;
    await run(
      url,
      `insert into users (username, email, password_hash) select 'page-' || n, 'page-' || n || '@example.com', '' from generate_series(1, 250) n`,
    );
    expect(await json<Listed[]>(['list', '--search', 'page-', '--limit', '240'])).to.have.lengthOf(
      240,
    );
    expect(await json<Listed[]>(['list', '--search', 'page-', '--limit', '1000'])).to.have.lengthOf(
      250,
    );
    await run(url, `delete from users where username like 'page-%'`);
  });

  it('grant and revoke: from the next request on, and the last admin keeps the role', async () => {
    const { accessToken } = (await signIn('alice')).body;
    const read = async () =>
      (await call({ path: '/api/test/mod', headers: bearer(accessToken as string) })).status;
    expect(await read()).to.equal(403);
    expect((await json(['grant', 'ALICE', 'moderator'])).roles).to.deep.equal([
      'ROLE_USER',
      'ROLE_MODERATOR',
      'ROLE_ADMIN',
    ]);
    expect(await read()).to.equal(200);
    expect((await users(['grant', 'alice', 'moderator'])).stdout).to.equal(
      'Alice has the role moderator already.\n',
    );
    expect((await users(['revoke', 'alice', 'moderator'])).stdout).to.equal(
      'Alice now does not have the role moderator.\n',
    );
    expect(await json(['revoke', 'alice', 'moderator'])).to.include({
      username: 'Alice',
      changed: false,
    });
    expect(await read()).to.equal(403);
    expect(await users(['revoke', 'alice', 'admin'])).to.deep.equal({
      code: 1,
      stdout: '',
      stderr: 'The last admin cannot be removed. Make somebody else an admin first.\n',
    });
  });

  it('disable and enable: ends the sessions, but never those of the last admin', async () => {
    const secret = (await json(['reset-password', 'carol', '--generate-password'])).password;
    const { accessToken } = (await signIn('carol', secret)).body;
    const read = async () =>
      (await call({ path: '/api/test/user', headers: bearer(accessToken as string) })).status;
    expect(await read()).to.equal(200);
    expect((await users(['disable', 'carol'])).stdout).to.equal('carol is now disabled.\n');
    expect(await read()).to.equal(401);
    expect((await users(['disable', 'carol'])).stdout).to.equal('carol is disabled already.\n');
    expect((await signIn('carol', secret)).status).to.equal(401);
    expect(await json<Listed[]>(['list', '--disabled'])).to.have.lengthOf(1);
    expect(await json(['enable', 'carol'])).to.include({
      username: 'carol',
      disabled: false,
      changed: true,
    });
    expect(await read(), 'the session stays ended').to.equal(401);
    expect((await signIn('carol', secret)).status).to.equal(200);
    expect((await users(['disable', 'alice'])).stderr).to.contain('The last admin');
  });

  it('reset-password: ends the sessions, and the old password is worth nothing', async () => {
    const { accessToken } = (await signIn('alice')).body;
    const reset = await users(
      ['reset-password', 'alice', '--password-stdin'],
      'another horse battery\r\n',
    );
    expect(reset).to.deep.equal({
      code: 0,
      stdout: 'Alice has a new password, and no session any more.\n',
      stderr: '',
    });
    expect(
      (await call({ path: '/api/test/user', headers: bearer(accessToken as string) })).status,
    ).to.equal(401);
    expect((await signIn('alice')).status).to.equal(401);
    expect((await signIn('alice', 'another horse battery')).status).to.equal(200);
    expect(
      await users(['reset-password', 'alice', '--password-stdin'], 'alice in wonderland'),
    ).to.include({ code: 1 });
  });

  for (const args of [
    ['grant', 'nobody', 'admin'],
    ['disable', 'nobody'],
    ['reset-password', 'nobody', '--generate-password'],
  ]) {
    it(`${String(args[0])}: ends with 1 when there is no such user`, async () => {
      expect(await users(args)).to.deep.equal({
        code: 1,
        stdout: '',
        stderr: 'There is no user nobody. Sign up first, or: rolegate users create\n',
      });
    });
  }

  it('leaves who did what in the audit, and no password anywhere', async () => {
    const { rows } = await run(
      environment['DATABASE_URL']!,
      `select distinct type from audit_events where actor_id is null and request_id is null order by 1`,
    );
    const types = [
      'password_changed',
      'roles_changed',
      'user_created',
      'user_disabled',
      'user_enabled',
    ];
    expect(rows.map(({ type }) => type as string)).to.include.members(types);
    expect(node.output()).not.to.contain(password);
  });
});

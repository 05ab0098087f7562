import { execFile } from 'node:child_process';
import { access, constants, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import { command, rolegate } from '../../tools/service/process.ts';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

const run = promisify(execFile);
const readPackage = async () =>
  JSON.parse(await readFile('package.json', 'utf8')) as { version: string; bin: object };

describe('rolegate', () => {
  it('runs with npx in a clone, and as an executable file', async () => {
    const { version } = await readPackage();
    expect((await run('npx', ['rolegate', '--version'])).stdout).to.equal(`${version}\n`);
    await access(command, constants.X_OK);
    expect((await run(command, ['--version'])).stdout).to.equal(`${version}\n`);
  });

  it('is the executable of the package', async () => {
    const { bin } = await readPackage();
    expect(bin).to.deep.equal({ rolegate: command });
  });

  it('is packed with the contract and the migrations, but without the demo users', async () => {
    const packed = JSON.parse(
      (await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'])).stdout,
    ) as Record<string, Packed>;
    const files = Object.values(packed).flatMap((each) => each.files.map(({ path }) => path));
    expect(files).to.include.members([
      command,
      'openapi.yaml',
      'dist/db/migrations/20261123000000_users_and_roles.js',
    ]);
    expect(files.filter((path) => path.includes('seed'))).to.deep.equal([]);
  });

  const levels = [
    [],
    ['serve'],
    ['migrate'],
    ['migrate', 'up'],
    ['users'],
    ['users', 'create'],
    ['users', 'list'],
    ['users', 'grant'],
    ['users', 'revoke'],
    ['users', 'disable'],
    ['users', 'enable'],
    ['users', 'reset-password'],
    ['keys'],
    ['keys', 'new'],
    ['openapi'],
    ['verify'],
  ];
  for (const level of levels) {
    it(`prints usage and examples: ${['rolegate', ...level].join(' ')} --help`, async () => {
      const { code, stdout, stderr } = await rolegate([...level, '--help']);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.contain(['Usage: rolegate', ...level].join(' '));
      expect(stdout).to.contain('\nExamples:\n  $ rolegate ');
    });
  }

  it('documents its exit codes', async () => {
    expect((await rolegate(['--help'])).stdout).to.match(
      /0 {2}done\n.*1 {2}failed.*\n.*2 {2}wrong command line/,
    );
  });

  const wrong: [string[], RegExp][] = [
    [[], /^Usage: rolegate/],
    [['migrat'], /unknown command 'migrat'\n\(Did you mean migrate\?\)/],
    [['users', 'crate'], /unknown command 'crate'\n\(Did you mean create\?\)/],
    [['migrate', 'sideways'], /unknown command 'sideways'/],
    [['users', 'grant', 'alice'], /missing required argument 'role'/],
    [['users', 'grant', 'alice', 'root'], /Allowed choices are user, moderator, admin/],
    [['openapi', '--format', 'xml'], /Allowed choices are yaml, json, json-3.0/],
    [['serve', 'now'], /too many arguments/],
  ];
  for (const [args, reason] of wrong) {
    const line = ['rolegate', ...args].join(' ');
    it(`refuses a wrong command line with exit code 2: ${line}`, async () => {
      const { code, stdout, stderr } = await rolegate(args);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr).to.match(reason);
    });
  }

  it('ends with exit code 1, and one sentence, when the database cannot be reached', async () => {
    const { code, stdout, stderr } = await rolegate(['migrate', 'status'], {
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x',
    });
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr)
      .to.match(/^The database cannot be reached: .*\n$/)
      .and.not.contain('hunter2');
  });

  it('prints the contract byte for byte as YAML', async () => {
    const yaml = await readFile('openapi.yaml', 'utf8');
    expect(await rolegate(['openapi'])).to.deep.equal({ code: 0, stdout: yaml, stderr: '' });
  });

  it('prints the contract as JSON', async () => {
    const yaml = await readFile('openapi.yaml', 'utf8');
    for (const option of [['--format', 'json'], ['--json']]) {
      expect(JSON.parse((await rolegate(['openapi', ...option])).stdout)).to.deep.equal(
        parse(yaml),
      );
    }
  });

  it('prints the contract as JSON for OpenAPI 3.0', async () => {
    const { stdout } = await rolegate(['openapi', '--format', 'json-3.0']);
    expect(JSON.parse(stdout)).to.include({ openapi: '3.0.3' });
  });

  it('ends without an error when the reader of its output closes the pipe early', async () => {
    const { stdout, stderr } = await run('sh', ['-c', `node ${command} openapi | head -n 1`]);
    expect({ stdout, stderr }).to.deep.equal({ stdout: 'openapi: 3.1.0\n', stderr: '' });
  });
});

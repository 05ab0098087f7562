// A node whose hasher does not work: it must say so, and hash passwords in another way.

import { writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { createDatabase, temporaryFolder } from '../../support/postgres.ts';
import { command, startNode, startProcess, type Running } from '../../../tools/service/process.ts';
import { clientsAt, newCredentials } from '../../support/service.ts';

/** Loaded before the code of each thread. The main thread is left as it is. */
const faults = {
  /** Hashes only the first of two passwords. */
  wrong: `
    const { Instance } = WebAssembly;
    WebAssembly.Instance = class {
      constructor(module) {
        const { exports } = new Instance(module);
        this.exports = { ...exports, expand2: exports.expand1 };
      }
    };`,
  missing: "throw new Error('no thread today');",
} as const;

/** Runs a Node.js script in a process that may reserve only so many KiB of addresses. */
const limiter = `
  const { spawn } = require('node:child_process');
  const [limit, ...args] = process.argv.slice(2);
  const shell = ['-c', 'ulimit -v "$0"; exec "$@"', limit, process.execPath, ...args];
  const child = spawn('sh', shell, { stdio: 'inherit' });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (code) => process.exit(code ?? 1));`;

interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly hasher?: string;
  readonly fallback?: string;
  readonly reason?: string;
}

const warning = 40;
const linesOf = (node: Running) =>
  node
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
const warningsOf = (node: Running) => linesOf(node).filter(({ level }) => level === warning);

/** Signs up and signs in; returns the statuses of the right and of a wrong password. */
async function signInsAt(url: string): Promise<number[]> {
  const { asGuest, signIn } = clientsAt(url);
  const user = newCredentials();
  await asGuest.post('/api/auth/signup', user);
  const answers = [await signIn(user), await signIn({ ...user, password: 'not the password' })];
  return answers.map(({ status }) => status);
}

describe('a node whose hasher does not work', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let environment: Record<string, string>;
  before(async () => {
    folder = await temporaryFolder();
    for (const [name, code] of Object.entries(faults))
      await writeFile(
        join(folder.path, `${name}.cjs`),
        `if (!require('node:worker_threads').isMainThread) {${code}}`,
      );
    await writeFile(join(folder.path, 'limiter.cjs'), limiter);
    const secret = 'long enough a secret for the tests of fallbacks';
    environment = { DATABASE_URL: await createDatabase(), PORT: '0', JWT_SECRET: secret };
  });
  after(() => folder.remove());

  const startWithFault = (name: keyof typeof faults) =>
    startNode({ ...environment, NODE_OPTIONS: `--require=${join(folder.path, `${name}.cjs`)}` });

  for (const [title, start, hasher, warnings] of [
    [
      'whose threads hash two passwords wrongly',
      () => startWithFault('wrong'),
      'native',
      ['a hashing thread uses another hasher'],
    ],
    [
      'whose threads end at their start',
      () => startWithFault('missing'),
      'bcryptjs',
      [
        'a hashing thread ended',
        'the hashing threads do not start',
        'passwords are hashed in the main thread: every request waits for hashes',
      ],
    ],
    ...(platform() === 'linux'
      ? ([
          [
            'that may reserve 6 GB of addresses',
            () => startLimited(6_000_000),
            'native',
            ['the process may not reserve enough addresses for the hashing threads (ulimit -v)'],
          ],
          [
            'that may reserve 1.6 GB of addresses',
            () => startLimited(1_600_000),
            'bcryptjs',
            [
              'the process may not reserve enough addresses for the hashing threads (ulimit -v)',
              'passwords are hashed in the main thread: every request waits for hashes',
            ],
          ],
        ] as const)
      : []),
  ] as const) {
    describe(title, () => {
      let node: Running;
      let url: string;
      before(async function () {
        this.timeout(60_000);
        node = start();
        url = await node.url();
      });
      after(async () => {
        node.kill('SIGTERM');
        expect(await node.ended).to.equal(0);
      });

      it(`listens, and reports ${hasher} as its hasher`, () => {
        const listening = linesOf(node).find(({ msg }) => msg.includes('listens on'));
        expect(listening).to.include({ hasher });
      });

      it('warns of it before it listens', () => {
        const messages = linesOf(node).map(({ msg }) => msg);
        const before = messages.slice(
          0,
          messages.findIndex((msg) => msg.includes('listens on')),
        );
        expect(before).to.include.members([...warnings]);
        expect([...new Set(warningsOf(node).map(({ msg }) => msg))]).to.deep.equal(warnings);
      });

      it('signs in a user with the right password only', async () => {
        expect(await signInsAt(url)).to.deep.equal([200, 401]);
      });
    });
  }

  function startLimited(kibibytes: number): Running {
    return startProcess(
      join(folder.path, 'limiter.cjs'),
      [String(kibibytes), resolve(command), 'serve'],
      environment,
    );
  }
});

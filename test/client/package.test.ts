import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from '../support/postgres.ts';
import { startService, type Service } from '../support/service.ts';

const inParallel = promisify(execFile);

/** The first example of docs/client.md, word for word. */
const example = /```ts\n([\s\S]*?)```/.exec(readFileSync('docs/client.md', 'utf8'))?.[1] ?? '';
/** A program that uses the client: the example, and a check of a type. */
const program = `${example}
export const roles: readonly ('ROLE_USER' | 'ROLE_MODERATOR' | 'ROLE_ADMIN')[] = user.roles;
`;

describe('the package that npm pack builds, in another project', function () {
  this.timeout(120_000);
  let service: Service;
  let project: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    service = await startService();
    project = await temporaryFolder();
    const modules = join(project.path, 'node_modules');
    mkdirSync(modules);
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--json', '--pack-destination', project.path],
      {
        encoding: 'utf8',
      },
    );
    const { filename } = Object.values(
      JSON.parse(packed) as Record<string, { filename: string }>,
    )[0]!;
    execFileSync('tar', ['-xzf', join(project.path, filename), '-C', project.path]);
    cpSync(join(project.path, 'package'), join(modules, 'rolegate'), { recursive: true });
    // Links the dependencies that npm would install, so that this test needs no registry. CI
    // installs them with npm.
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
      symlinkSync(resolve('node_modules', name), join(modules, name));
    writeFileSync(join(project.path, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(project.path, 'program.ts'),
      program.replaceAll('http://localhost:8080', service.url),
    );
  });
  after(async () => {
    await service.close();
    await project.remove();
  });
  const compile = (...options: string[]) =>
    inParallel(
      process.execPath,
      [
        resolve('node_modules/typescript/bin/tsc'),
        '--strict',
        '--target',
        'es2022',
        ...options,
        'program.ts',
      ],
      {
        cwd: project.path,
      },
    ).catch((error: unknown) => expect.fail((error as { stdout: string }).stdout));

  it('has an example to compile in docs/client.md', () => {
    expect(example).to.contain("from 'rolegate/client'");
  });

  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    it(`compiles strictly with its declarations for moduleResolution ${resolution}`, async () => {
      await compile(
        '--module',
        module,
        '--moduleResolution',
        resolution,
        '--lib',
        'es2022,dom',
        '--outDir',
        resolution,
      );
    });
  }

  it('runs the example of docs/client.md, which prints the content that it reads', async () => {
    const { stdout } = await inParallel(process.execPath, [
      join(project.path, 'nodenext', 'program.js'),
    ]);
    expect(stdout).to.equal('User Content.\nRequire Admin Role!\n');
  });

  it('holds the sources that its source maps point to', () => {
    const map = JSON.parse(
      readFileSync(join(project.path, 'package/dist/src/client/client.js.map'), 'utf8'),
    ) as Record<string, string[]>;
    expect(map['sourcesContent']?.[0]).to.contain('export function createClient');
  });
});

import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { temporaryFolder } from '../support/postgres.ts';
import { startService, type Service } from '../support/service.ts';

const inParallel = promisify(execFile);

/** What a user of the client writes; the README's example is in it, word for word. */
const program = `${/```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8').split('## The TypeScript client')[1] ?? '')?.[1] ?? ''}
export const roles: readonly ('ROLE_USER' | 'ROLE_MODERATOR' | 'ROLE_ADMIN')[] = user.roles;
`;

describe('the package, as npm pack makes it, in a project of its own', function () {
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
    // What npm would install beside it, from where it is installed already: this test asks no registry. CI installs it with npm.
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

  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const) {
    it(`compiles strictly, declarations included, under moduleResolution ${resolution}, and for a browser`, async () => {
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

  it('runs against the service, and says what it reads', async () => {
    const { stdout } = await inParallel(process.execPath, [
      join(project.path, 'nodenext', 'program.js'),
    ]);
    expect(stdout).to.equal('User Content.\nRequire Admin Role!\n');
  });

  it('points from no file to a source that is not there', () => {
    const map = JSON.parse(
      readFileSync(join(project.path, 'package/dist/src/client/client.js.map'), 'utf8'),
    ) as Record<string, string[]>;
    expect(map['sourcesContent']?.[0]).to.contain('export function createClient');
  });
});

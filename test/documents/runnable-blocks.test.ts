// The shell blocks that README and getting-started show are run as their readers would run them,
// each page against a service that was just started.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { differenceOf, readRunnableBlocks } from '../../tools/documents/runnable-blocks.ts';
import { startNode, type Running } from '../../tools/service/process.ts';
import { temporaryFolder } from '../support/postgres.ts';

const end = '--- end of a block ---';

for (const page of ['README.md', 'docs/getting-started.md']) {
  describe(`the commands in ${page}`, () => {
    const blocks = readRunnableBlocks(readFileSync(page, 'utf8'));
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let service: Running;
    let outputs: string[];

    before(async function () {
      this.timeout(60_000);
      folder = await temporaryFolder();
      service = startNode({ DATA_DIR: folder.path, PORT: '0' });
      outputs = await runAll(
        blocks.map(({ script }) => script),
        await service.url(),
        folder.path,
      );
    });
    after(async () => {
      service.kill('SIGTERM');
      await service.ended;
      await folder.remove();
    });

    for (const [index, block] of blocks.entries()) {
      it(`print what the page shows (line ${block.line})`, () => {
        expect(outputs).to.have.lengthOf(blocks.length);
        expect(differenceOf(block, outputs[index] ?? '')).to.equal(null);
      });
    }

    it('include the whole tour, from the sign-up to what only admins may read', () => {
      const shown = blocks.flatMap(({ output }) => output?.text ?? []);
      expect(shown.some((text) => text.includes('Admin Content.'))).to.equal(true);
    });
  });
}

describe('the comparison of shown and actual output', () => {
  const [json, text] = readRunnableBlocks(
    '```sh run\na\n```\n\n```json output\n{"a":"…","b":[1]}\n```\n\n' +
      '```sh run\nb\n```\n\n```text output\nid … done\n```\n',
  );

  it('accepts any text where the page shows an ellipsis', () => {
    expect(json && differenceOf(json, '{ "b": [1], "a": "x" }')).to.equal(null);
    expect(text && differenceOf(text, 'id 7 done\n')).to.equal(null);
  });

  it('reports a member that is missing, new or different', () => {
    for (const actual of ['{"a":"x"}', '{"a":"x","b":[1],"c":1}', '{"a":"x","b":[2]}', 'no JSON'])
      expect(json && differenceOf(json, actual)).to.include('but the service said');
  });

  it('reports a line that is different', () => {
    expect(text && differenceOf(text, 'id 7 failed')).to.include('but the service said');
  });
});

/** Runs the scripts in one shell, so that variables live on, and returns what each printed. */
async function runAll(scripts: readonly string[], url: string, dataDir: string) {
  const { host } = new URL(url);
  const shell = scripts
    .map((script) => `${script.replaceAll('localhost:8080', host)}\necho '${end}'\n`)
    .join('');
  // An empty DATABASE_URL keeps a developer's .env from naming a database that tests may not touch.
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, DATABASE_URL: '' };
  const { stdout } = await promisify(execFile)('bash', ['-c', shell], { env });
  return stdout.split(`${end}\n`).slice(0, -1);
}

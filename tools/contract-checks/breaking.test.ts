// Tests the check for breaking changes with changes that break clients, and with harmless changes.

import { deepEqual, equal, match, notEqual, throws } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../src/contract/document.ts';
import { announcesBreaks, findBreaks } from './breaking.ts';
import { breaking, harmless, type Loose } from './changes.ts';

const { document } = loadContract(fileURLToPath(new URL('released/openapi.yaml', import.meta.url)));
const released = (document['info'] as { version: string }).version;
const breaksOf = (change: (contract: Loose) => void) => {
  const changed = structuredClone(document);
  change(changed);
  return findBreaks(document, changed);
};

describe('a change that breaks clients', () => {
  for (const [what, change] of breaking)
    it(`is ${what}`, () => {
      notEqual(breaksOf(change).length, 0);
    });
});

describe('a harmless change', () => {
  for (const [what, change] of harmless)
    it(`is ${what}`, () => {
      deepEqual(breaksOf(change), []);
    });
});

describe('the check', () => {
  /** Runs the check on a contract without deleteAccount. */
  const check = (version: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'rolegate-breaking-'));
    try {
      const contract = structuredClone(document) as Loose;
      delete contract.paths['/api/account'].delete;
      contract.info.version = version;
      const file = join(folder, 'openapi.yaml');
      writeFileSync(file, JSON.stringify(contract)); // JSON is YAML
      const script = fileURLToPath(new URL('check-breaking.ts', import.meta.url));
      return spawnSync(process.execPath, ['--import', 'tsx', script, file], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('fails and prints the place when the version does not announce a breaking change', () => {
    const { status, stdout, stderr } = check(released);
    equal(status, 1);
    match(stdout, /~1api~1account\/delete/);
    match(stderr, /raise the major version/);
  });

  it('passes when the version announces the breaking change', () => {
    const [major = 0, minor = 0] = released.split('.').map(Number);
    equal(check(major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`).status, 0);
  });
});

describe('the version', () => {
  const raised: [string, string, boolean][] = [
    ['0.1.0', '0.1.0', false],
    ['0.1.0', '0.1.9', false],
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.0', '1.3.0', false],
    ['1.2.3', '2.0.0', true],
  ];
  for (const [from, to, isSo] of raised)
    it(`${to} after ${from} ${isSo ? 'announces' : 'does not announce'} breaking changes`, () => {
      equal(announcesBreaks(from, to), isSo);
    });

  it('must not decrease, and must be three numbers', () => {
    throws(() => announcesBreaks('0.2.0', '0.1.9'), /went down/);
    throws(() => announcesBreaks('0.2.0', 'next'), /not a version/);
  });
});

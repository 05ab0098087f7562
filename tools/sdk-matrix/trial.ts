// Tries one generator: generates a client, compiles it with `tsc --strict`, and runs the scenario
// against the live service. Each step is a process with a time limit, so a hanging generator fails.

import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Generator, Version } from './generators.ts';

const run = promisify(execFile);
/** Milliseconds that one process may take. */
const timeout = 60_000;
const compilerOptions =
  '--strict --noEmit --skipLibCheck --target es2022 --module esnext --moduleResolution bundler ' +
  '--allowImportingTsExtensions --types node';

export interface Outcome {
  readonly version: Version;
  readonly generates: boolean;
  readonly compiles: boolean;
  /** The result of each step of the scenario. */
  readonly steps: readonly string[];
  /** The complete error output; `null` when the generator passed. */
  readonly fall: string | null;
}

export interface Workplace {
  /** tools/sdk-matrix/clients/ */
  readonly folder: string;
  readonly serviceUrl: string;
  /** The path of the contract in each version. */
  readonly specs: Readonly<Record<Version, string>>;
}

export async function tryGenerator(
  generator: Generator,
  version: Version,
  workplace: Workplace,
): Promise<Outcome> {
  const { folder, serviceUrl, specs } = workplace;
  const output = join('generated', generator.name);
  const call = async (
    command: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ) =>
    (await run(command, args, { cwd: folder, timeout, env: { ...process.env, ...environment } }))
      .stdout;
  const adapter = join('adapters', `${generator.name}.ts`);
  const done = { version, generates: false, compiles: false };
  try {
    await rm(join(folder, output), { recursive: true, force: true });
    await mkdir(join(folder, output), { recursive: true });
    const [command = '', ...args] = generator.command(specs[version], output);
    await call(join('node_modules', '.bin', command), args, {
      SPEC: specs[version],
      OUTPUT: output,
    });
    done.generates = true;
    await call(join('node_modules', '.bin', 'tsc'), [...compilerOptions.split(' '), adapter]);
    done.compiles = true;
    const results = await call(process.execPath, ['--import', 'tsx', adapter], {
      SERVICE_URL: serviceUrl,
    });
    return { ...done, steps: JSON.parse(results) as string[], fall: null };
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    return {
      ...done,
      steps: stdout.startsWith('["') ? (JSON.parse(stdout) as string[]) : [],
      fall: `${message}\n${stdout}`,
    };
  }
}

/** The installed version of a package. */
export async function versionOf({ folder }: Workplace, name: string): Promise<string> {
  const text = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

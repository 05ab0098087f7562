// Tries eight client generators with the contract of a live service, and prints a table. Each
// generated client is compiled. It then signs up, signs in, reads, is refused, refreshes and signs
// out. OpenAPI 3.1 is tried first. If that fails, 3.0 is tried, and the table says so.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTable } from '../statistics.ts';
import { installPackages } from '../private-packages.ts';
import { root } from '../root.ts';
import { generators, type Generator } from './generators.ts';
import { startLiveService } from './service.ts';
import { tryGenerator, versionOf, type Outcome, type Workplace } from './trial.ts';

const folder = join(root, 'tools', 'sdk-matrix', 'clients');
const header = ['generator', 'version', 'OpenAPI', 'generates', 'compiles'];
const steps = ['sign up', 'sign in', 'user content', 'admin content', 'refresh', 'sign out'];
/** How many generators are tried at the same time. */
const lanes = 2;

async function prepare(serviceUrl: string): Promise<Workplace> {
  // The paths start with a dot, because @hey-api/openapi-ts reads `generated/openapi.json` as the
  // name of a project in its registry.
  const specs = { '3.1': './generated/openapi-3.1.json', '3.0': './generated/openapi-3.0.json' };
  await mkdir(join(folder, 'generated'), { recursive: true });
  for (const [path, file] of [
    ['/openapi.json', specs['3.1']],
    ['/openapi-3.0.json', specs['3.0']],
  ] as const) {
    await writeFile(join(folder, file), await (await fetch(serviceUrl + path)).text());
  }
  return { folder, serviceUrl, specs };
}

async function tryVersions(generator: Generator, workplace: Workplace): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const version of generator.reads) {
    const outcome = await tryGenerator(generator, version, workplace);
    outcomes.push(outcome);
    if (outcome.fall === null) break;
    console.error(
      `${generator.name} fails with OpenAPI ${version}:\n${outcome.fall.slice(0, 4_000)}\n`,
    );
  }
  return outcomes;
}

/** Returns a row of the table, and whether the generator passed with one version. */
async function judge(
  generator: Generator,
  workplace: Workplace,
): Promise<{ row: string[]; isGood: boolean }> {
  const start = performance.now();
  const outcomes = await tryVersions(generator, workplace);
  const last = outcomes.at(-1);
  if (!last) throw new Error(`${generator.name} reads nothing`);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const say = (isSo: boolean) => (isSo ? 'yes' : 'NO');
  const results = steps.map((_, index) => last.steps[index]?.replace(/^FAILS.*/s, 'FAILS') ?? '-');
  const spec = outcomes.length > 1 ? `${last.version} (3.1 fails)` : last.version;
  const version = await versionOf(workplace, generator.package);
  const row = [
    generator.name,
    version,
    spec,
    say(last.generates),
    say(last.compiles),
    ...results,
    seconds,
  ];
  return { row, isGood: last.fall === null };
}

/**
 * @param names the generators to try; when empty, all of them
 * @returns whether all of them passed
 */
export async function tryGenerators(names: readonly string[]): Promise<boolean> {
  installPackages(folder);
  const chosen = generators.filter(({ name }) => names.length === 0 || names.includes(name));
  const service = await startLiveService();
  try {
    const workplace = await prepare(service.url);
    const verdicts = new Map<Generator, { row: string[]; isGood: boolean }>();
    const queue = [...chosen];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift())
        verdicts.set(next, await judge(next, workplace));
    };
    await Promise.all(Array.from({ length: lanes }, work));
    const ordered = chosen.flatMap((generator) => verdicts.get(generator) ?? []);
    console.log(formatTable([[...header, ...steps, 'seconds'], ...ordered.map(({ row }) => row)]));
    return ordered.every(({ isGood }) => isGood);
  } finally {
    await service.stop();
  }
}

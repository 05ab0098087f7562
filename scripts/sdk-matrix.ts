// npm run sdk:matrix: generates a client with each of eight generators from the contract that a live service serves, compiles it, and has
// it sign up, sign in, read, be refused, refresh and sign out. Prints a table, and ends with 1 when one falls. What a generator makes of
// OpenAPI 3.1 is tried first; where that falls, 3.0 is tried, and the table says so. Names as arguments try only those.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTable } from '../tools/statistics.ts';
import { installPackages } from '../tools/private-packages.ts';
import { root } from '../tools/root.ts';
import { generators, type Generator } from '../tools/sdk-matrix/generators.ts';
import { startLiveService } from '../tools/sdk-matrix/service.ts';
import {
  tryGenerator,
  versionOf,
  type Outcome,
  type Workplace,
} from '../tools/sdk-matrix/trial.ts';

const folder = join(root, 'tools', 'sdk-matrix', 'clients');
const header = ['generator', 'version', 'OpenAPI', 'generates', 'compiles'];
const steps = ['sign up', 'sign in', 'user content', 'admin content', 'refresh', 'sign out'];
/** How many are tried at once. */
const lanes = 2;

async function prepare(serviceUrl: string): Promise<Workplace> {
  // With a dot in front: @hey-api/openapi-ts takes `generated/openapi.json` for a project in its registry.
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
      `${generator.name} falls on OpenAPI ${version}:\n${outcome.fall.slice(0, 4_000)}\n`,
    );
  }
  return outcomes;
}

/** A row of the table, and whether the generator did it in the end. */
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
  const told = steps.map((_, index) => last.steps[index]?.replace(/^FALLS.*/s, 'FALLS') ?? '-');
  const spec = outcomes.length > 1 ? `${last.version} (3.1 falls)` : last.version;
  const version = await versionOf(workplace, generator.package);
  const row = [
    generator.name,
    version,
    spec,
    say(last.generates),
    say(last.compiles),
    ...told,
    seconds,
  ];
  return { row, isGood: last.fall === null };
}

async function main(names: readonly string[]): Promise<void> {
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
    if (!ordered.every(({ isGood }) => isGood)) process.exitCode = 1;
  } finally {
    await service.stop();
  }
}

await main(process.argv.slice(2));

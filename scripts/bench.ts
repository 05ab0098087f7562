// npm run bench: the command line of the benchmark. tools/bench/bench.ts does the work.

import { Command, InvalidArgumentError, Option } from 'commander';
import { run } from '../src/cli/run.ts';
import { bench } from '../tools/bench/bench.ts';
import { planNames } from '../tools/bench/scenarios/index.ts';
import { readRival, type Rival } from '../tools/bench/servers/against.ts';

const command = new Command('npm run bench --')
  .description('Measures the service beside bare Express and other servers.')
  .option('--rounds <n>', 'rounds of each scenario; three times as many of paths', wholeNumber, 5)
  .option(
    '--seconds <n>',
    'seconds of one measurement; four times as long for storm, five times for signIn',
    wholeNumber,
    1,
  )
  .addOption(new Option('--only <scenario...>', 'only these scenarios').choices(planNames))
  .option(
    '--against <name[=url][,pid=…][,database=…]>',
    'another server to compare with; may be repeated',
    addRival,
    [],
  )
  .option('--json <file>', 'writes all rounds (without --only: docs/assets/bench.json)')
  .option('--chart <file>', 'writes the chart (without --only: docs/assets/bench.svg)')
  .exitOverride()
  .action(bench);

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
  return Number(text);
}

function addRival(text: string, before: readonly Rival[]): readonly Rival[] {
  return [...before, readRival(text)];
}

process.exit(await run(() => command.parseAsync()));

// npm run bench: what the service does, measured beside bare Express and whatever else `--against` names, in rounds that take turns. Prints a
// table for each scenario and the goals; writes every round to docs/bench.json and a chart to docs/bench.svg when nothing was left out.

import { Command, InvalidArgumentError, Option } from 'commander';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, run } from '../src/cli/run.ts';
import { readRival, type Rival } from '../tools/bench/servers/against.ts';
import { drawChart } from '../tools/bench/results/chart.ts';
import { startContenders, type Ends } from '../tools/bench/servers/contenders.ts';
import { judge } from '../tools/bench/results/goals.ts';
import { inviteGuests } from '../tools/bench/servers/guests.ts';
import { describeMachine } from '../tools/bench/runner/machine.ts';
import { formatGoals, formatScenario } from '../tools/bench/results/report.ts';
import {
  measureScenario,
  stepsOf,
  type Column,
  type Measured,
  type Scenario,
} from '../tools/bench/runner/rounds.ts';
import { planNames, plans, type PlanName } from '../tools/bench/scenarios/index.ts';
import { signingIn, type Guarded, type World } from '../tools/bench/runner/world.ts';
import { createProgress } from '../tools/progress.ts';

interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly only?: readonly PlanName[];
  readonly against: readonly Rival[];
  readonly json?: string;
  readonly chart?: string;
}

const command = new Command('npm run bench --')
  .description('Measures the service beside bare Express and other servers.')
  .option('--rounds <n>', 'rounds of each scenario; of paths, three times as many', wholeNumber, 5)
  .option(
    '--seconds <n>',
    'seconds of a turn; the storm takes four times as long, signing in five times',
    wholeNumber,
    1,
  )
  .addOption(new Option('--only <scenario...>', 'only these').choices(planNames))
  .option(
    '--against <name[=url][,pid=…][,database=…]>',
    'another server; may be repeated',
    addRival,
    [],
  )
  .option(
    '--json <file>',
    'where every round is written (docs/bench.json when nothing is left out)',
  )
  .option('--chart <file>', 'where the chart is written (docs/bench.svg when nothing is left out)')
  .exitOverride()
  .action(bench);

async function bench(options: BenchOptions): Promise<void> {
  const stopped = whenStopped();
  const folder = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
  const ends: Ends = [() => rm(folder, { recursive: true, force: true })];
  try {
    const measured = await measureAll(options, folder, ends, stopped);
    const verdicts = judge(measured);
    console.log(`\n${formatGoals(verdicts)}`);
    const machine = describeMachine();
    const date = new Date().toISOString().slice(0, 10);
    const { json, chart } = {
      ...(options.only ? {} : { json: 'docs/assets/bench.json', chart: 'docs/assets/bench.svg' }),
      ...options,
    };
    const scenarios = measured.map(({ columns, rounds, ...rest }) => ({
      ...rest,
      units: unitsOf(columns),
      rounds,
    }));
    if (json !== undefined)
      await writeFile(
        json,
        `${JSON.stringify({ date, machine, goals: verdicts, scenarios }, shorten, 1)}\n`,
      );
    if (chart !== undefined) await writeFile(chart, drawChart(measured, machine, date));
  } finally {
    // All of them, whatever one says: the folder is the last.
    for (const end of ends) await end().catch(console.error);
  }
}

async function measureAll(
  options: BenchOptions,
  folder: string,
  ends: Ends,
  stopped: AbortSignal,
): Promise<Measured[]> {
  const { only = planNames } = options;
  const world = await startWorld(options, folder, ends);
  const scenarios: Scenario[] = [];
  for (const name of planNames)
    if (only.includes(name)) scenarios.push(...(await plans[name](world, ends)));
  const turns = scenarios.reduce((sum, scenario) => sum + stepsOf(scenario), 0);
  const progress = createProgress(turns, 'turns', process.stderr);
  let done = 0;
  const onStep = () => {
    progress((done += 1));
    stopped.throwIfAborted();
  };
  const measured: Measured[] = [];
  for (const scenario of scenarios) {
    const each = await measureScenario(scenario, onStep);
    // At once: should another one fail, this is not lost.
    console.log(`\n${formatScenario(each)}\n`);
    measured.push(each);
  }
  return measured;
}

async function startWorld(
  { against, rounds, seconds }: BenchOptions,
  folder: string,
  ends: Ends,
): Promise<World> {
  console.error('Starting the servers …');
  const contenders = await startContenders(against, folder, ends);
  const guarded: Guarded[] = [];
  for (const contender of contenders) {
    const guests = await inviteGuests(contender, signingIn);
    if (guests) guarded.push({ ...contender, guests });
  }
  return {
    contenders,
    guarded,
    signing: guarded.filter(({ isVariant }) => !isVariant),
    rounds,
    seconds,
  };
}

/** Five digits are more than any of these figures is good for. */
function shorten(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value;
}

/** What the metrics of a round are. */
function unitsOf(columns: readonly Column[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.filter(({ compare }) => !compare).map(({ metric, label }) => [metric, label]),
  );
}

/** Ctrl-C and its like end the measuring after the turn that runs; the servers are stopped then. */
function whenStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      stopping.abort(new CommandError('Stopped before the end: nothing is written.'));
    });
  }
  return stopping.signal;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 99.');
  return Number(text);
}

function addRival(text: string, before: readonly Rival[]): readonly Rival[] {
  return [...before, readRival(text)];
}

process.exit(await run(() => command.parseAsync()));

// The benchmark: measures the service, bare Express and the servers of `--against` in alternating
// rounds. Prints a table for each scenario, and the goals. A run of all scenarios also writes
// docs/assets/bench.json and docs/assets/bench.svg.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../src/cli/run.ts';
import type { Rival } from './servers/against.ts';
import { drawChart } from './results/chart.ts';
import { startContenders, type Ends } from './servers/contenders.ts';
import { judge } from './results/goals.ts';
import { inviteGuests } from './servers/guests.ts';
import { describeMachine } from './runner/machine.ts';
import { formatGoals, formatScenario } from './results/report.ts';
import {
  measureScenario,
  stepsOf,
  type Column,
  type Measured,
  type Scenario,
} from './runner/rounds.ts';
import { planNames, plans, type PlanName } from './scenarios/index.ts';
import { signingIn, type Guarded, type World } from './runner/world.ts';
import { createProgress } from '../progress.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** Seconds of one measurement. */
  readonly seconds: number;
  /** The scenarios to measure; by default, all of them. */
  readonly only?: readonly PlanName[];
  /** Servers to measure in addition to Rolegate, bare Express and Node.js alone. */
  readonly against: readonly Rival[];
  /** Where the rounds are written. */
  readonly json?: string;
  /** Where the chart is written. */
  readonly chart?: string;
}

/** @throws CommandError when a server cannot be measured, or a signal stopped the run */
export async function bench(options: BenchOptions): Promise<void> {
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
    // Runs all steps, even if one fails. The folder is removed last.
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
    // Printed at once, so that a failure of a later scenario does not lose this result.
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

/** Five digits are more precise than any of these measurements. */
function shorten(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value;
}

/** The unit of each metric of a round. */
function unitsOf(columns: readonly Column[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.filter(({ compare }) => !compare).map(({ metric, label }) => [metric, label]),
  );
}

/** A signal ends the benchmark after the current turn, and then stops the servers. */
function whenStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      stopping.abort(new CommandError('Stopped before the end: nothing was written.'));
    });
  }
  return stopping.signal;
}

// The input of a scenario, and the observation of a server under load.

import type { Contender, Ends } from '../servers/contenders.ts';
import type { Guests } from '../servers/guests.ts';
import type { Done } from './load.ts';
import type { Column, Readings, Scenario } from './rounds.ts';
import { cpuTime, databaseTimes, residentMemory, timeBetween } from './usage.ts';

export interface Guarded extends Contender {
  readonly guests: Guests;
}

export interface World {
  readonly contenders: readonly Contender[];
  /** The servers with accounts, for the reads. */
  readonly guarded: readonly Guarded[];
  /** `guarded` without the variants, which differ only in their reads. */
  readonly signing: readonly Guarded[];
  readonly rounds: number;
  /** Seconds of a measurement. Longer measurements are multiples of it. */
  readonly seconds: number;
}

/** @param ends receives the cleanup functions that run after all measurements */
export type Plan = (world: World, ends: Ends) => Promise<Scenario[]> | Scenario[];

/** Connections that sign up, sign in or refresh at the same time. */
export const signingIn = 8;
/** Connections that read at the same time. */
export const reading = 32;

export type Observed = Pick<Contender, 'pid' | 'postmaster'>;

/** Measures `work`: answers a second, and microseconds of processor time an answer. */
export async function observe(
  { pid, postmaster }: Observed,
  work: () => Promise<Done>,
): Promise<Readings> {
  const before = { cpu: await cpuTime(pid), database: await databaseTimes(postmaster) };
  const { answers, seconds } = await work();
  if (answers === 0) throw new Error(`there was no answer in ${seconds} s`);
  const [cpu, database] = [await cpuTime(pid), await databaseTimes(postmaster)];
  const each = (microseconds: number | null) => microseconds && microseconds / answers;
  return {
    perSecond: answers / seconds,
    cpu: each(cpu === null || before.cpu === null ? null : cpu - before.cpu),
    databaseCpu: each(timeBetween(before.database, database)),
    memory: await residentMemory(pid),
  };
}

/**
 * Columns for the metrics of `observe`, and for the ratios to base rows.
 * @param bases the label of the ratio's column, by the name of the base row
 */
export function columnsFor(
  what: string,
  bases: Readonly<Record<string, string>>,
): readonly Column[] {
  const compare = (row: string, way: 'over' | 'under') => ({
    with: (other: string) => (other === row ? null : row),
    way,
  });
  return [
    { label: `${what} a second`, metric: 'perSecond', digits: 1 },
    ...Object.entries(bases).map(([base, label]): Column => ({
      label,
      metric: 'perSecond',
      digits: 2,
      compare: compare(base, 'over'),
    })),
    {
      label: 'rolegate ÷ it',
      metric: 'perSecond',
      digits: 2,
      compare: compare('rolegate', 'under'),
    },
    ...usageColumns,
  ];
}

export const usageColumns: readonly Column[] = [
  { label: 'CPU µs each', metric: 'cpu', digits: 0 },
  { label: 'PostgreSQL µs', metric: 'databaseCpu', digits: 0 },
  { label: 'memory MiB', metric: 'memory', digits: 0 },
];

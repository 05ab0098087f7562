// What a scenario is given, and how the work of a server is observed.

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
  /** Those that have accounts, for what is read. */
  readonly guarded: readonly Guarded[];
  /** Those of them that differ in more than in how they read. */
  readonly signing: readonly Guarded[];
  readonly rounds: number;
  /** Seconds of a measurement; what takes longer takes so many times this. */
  readonly seconds: number;
}

/** @param ends gets what is to be done when everything is measured */
export type Plan = (world: World, ends: Ends) => Promise<Scenario[]> | Scenario[];

/** How many sign up, sign in, or refresh at once. */
export const signingIn = 8;
/** How many read at once. */
export const reading = 32;

export type Observed = Pick<Contender, 'pid' | 'postmaster'>;

/** What the work came to, for each second and for each answer. */
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

/** What `observe` reads, and how each row compares with the given ones: by a base's name, the column's label. */
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

// Measures how long PostgreSQL takes for a page of users, in a database of one million users. It
// covers every combination of filters, the first page and a deep page, and filters that match all,
// few or no users. Prints the median of the times that PostgreSQL measured, and each plan.

import type { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateUp } from '../../src/db/migrate.ts';
import { withDatabase } from '../../src/db/open.ts';
import { driverOf, pageStatement, type UserFilter } from '../../src/db/tables/user-list.ts';
import { fillUsers } from './runner/many-users.ts';
import { formatTable, median } from '../statistics.ts';

const count = 1_000_000;
/** Milliseconds that a page must stay below. */
const limit = 10;

const installations = [
  [
    'A usual installation: 1 in 1,000 users is a moderator, 1 in 100 is disabled.',
    { moderators: 1_000, disabled: 100 },
  ],
  [
    'An unusual installation: every user is a moderator and disabled.',
    { moderators: 1, disabled: 1 },
  ],
] as const;

interface Case {
  readonly filter: UserFilter;
  /** `first` or `deep`. */
  readonly what: string;
  readonly after: string | null;
}

/** Searches that match all users, one in a hundred, exactly one, and none. */
const searches = [undefined, 'user-', 'user-00', 'user-0012345', 'nobody'];
const filters: readonly UserFilter[] = searches.flatMap((search) =>
  [undefined, 'user', 'moderator', 'admin'].flatMap((role) =>
    [undefined, false, true].map((disabled) => ({ search, role, disabled })),
  ),
);

/** The first page of each combination, and a page from the middle of what its driver returns. */
const cases: readonly Case[] = filters.flatMap((filter) => {
  const deep = driverOf(filter) === 'search' ? `${filter.search ?? ''}05` : String(count / 2);
  return [
    { filter, what: 'first', after: null },
    { filter, what: 'deep', after: deep },
  ];
});

interface Explained {
  /** Milliseconds. */
  readonly planningTime: number;
  /** Milliseconds. */
  readonly executionTime: number;
  readonly rows: number;
  readonly plan: string;
}

async function explain(knex: Knex, { filter, after }: Case): Promise<Explained> {
  const [statement, bindings] = pageStatement(filter, after, 100);
  const { rows: found } = await knex.raw<{ rows: { id: number | null }[] }>(statement, bindings);
  const { rows } = await knex.raw<{ rows: { 'QUERY PLAN': string }[] }>(
    `explain (analyze, buffers) ${statement}`,
    bindings,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const time = (what: string) => Number(new RegExp(`${what} Time: ([\\d.]+) ms`).exec(plan)?.[1]);
  return {
    planningTime: time('Planning'),
    executionTime: time('Execution'),
    rows: found.filter(({ id }) => id !== null).length,
    plan,
  };
}

function nameOf({ filter: { search, role, disabled }, what }: Case): string {
  return `${what}: search=${search ?? ''} role=${role ?? ''} disabled=${disabled ?? ''}`;
}

/** Prints the times and plans. @returns the slowest execution time in milliseconds */
async function compare(knex: Knex, runs: number): Promise<number> {
  const rows: string[][] = [];
  const plans: string[] = [];
  const executionTimes: number[] = [];
  for (const each of cases) {
    const explained: Explained[] = [];
    for (let run = 0; run < runs; run += 1) explained.push(await explain(knex, each));
    const [planning, execution] = [
      explained.map((one) => one.planningTime),
      explained.map((one) => one.executionTime),
    ];
    const found = String(explained[0]?.rows);
    rows.push([
      nameOf(each),
      driverOf(each.filter),
      found,
      median(planning).toFixed(2),
      median(execution).toFixed(2),
    ]);
    plans.push(`${nameOf(each)}\n${explained[0]?.plan ?? ''}`);
    executionTimes.push(median(execution));
  }
  console.log(
    formatTable([['page', 'driver', 'users found', 'planning ms', 'execution ms'], ...rows]),
  );
  console.log(
    `\nSlowest page: ${Math.max(...executionTimes).toFixed(2)} ms.\n\n${plans.join('\n\n')}\n`,
  );
  return Math.max(...executionTimes);
}

async function bench(knex: Knex, runs: number): Promise<boolean> {
  await migrateUp(knex);
  const slowest: number[] = [];
  for (const [what, shares] of installations) {
    console.log(`${what}\n`);
    await fillUsers(knex, count, shares);
    slowest.push(await compare(knex, runs));
  }
  console.log(`Slowest page of all: ${Math.max(...slowest).toFixed(2)} ms.`);
  if (Math.max(...slowest) < limit) return true;
  console.error(`A page took ${limit} ms or longer.`);
  return false;
}

/**
 * @param runs measurements of each page
 * @returns whether every page took less than 10 ms
 */
export async function benchUsers(runs: number): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
  try {
    console.log(
      `${count} users, pages of 100, medians of ${runs} runs, times measured by PostgreSQL.\n`,
    );
    // `withDatabase` has no time limit for queries, because filling the tables takes long.
    return await withDatabase({ databaseUrl: null, dataDir }, (knex) => bench(knex, runs));
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

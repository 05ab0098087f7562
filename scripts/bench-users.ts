// npm run bench:users: shows what a page of users takes in the database at a million of them, for every combination of filters: the first page, one
// deep inside, one where nothing fits, one where everything does, one where few do. Prints the times that PostgreSQL itself measured, the
// middle one of several runs, and then each plan. Exits 1 when a page takes 10 ms or longer.

import type { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateUp } from '../src/db/migrate.ts';
import { withDatabase } from '../src/db/open.ts';
import { driverOf, pageStatement, type UserFilter } from '../src/db/tables/user-list.ts';
import { fillUsers } from '../tools/bench/runner/many-users.ts';
import { readFlags } from '../tools/bench/runner/flags.ts';
import { formatTable, median } from '../tools/statistics.ts';

const { runs } = readFlags({ runs: 5 });
const count = 1_000_000;
/** Milliseconds. */
const limit = 10;

const installations = [
  [
    'A usual one: one in a thousand moderates, one in a hundred is disabled.',
    { moderators: 1_000, disabled: 100 },
  ],
  ['An odd one: everybody moderates, everybody is disabled.', { moderators: 1, disabled: 1 }],
] as const;

interface Case {
  readonly filter: UserFilter;
  readonly what: string;
  readonly after: string | null;
}

/** Searches that match all users, one in a hundred, one alone, and nobody. */
const searches = [undefined, 'user-', 'user-00', 'user-0012345', 'nobody'];
const filters: readonly UserFilter[] = searches.flatMap((search) =>
  [undefined, 'user', 'moderator', 'admin'].flatMap((role) =>
    [undefined, false, true].map((disabled) => ({ search, role, disabled })),
  ),
);

/** The first page of each combination, and one from the middle of what its driver gives. */
const cases: readonly Case[] = filters.flatMap((filter) => {
  const deep = driverOf(filter) === 'search' ? `${filter.search ?? ''}05` : String(count / 2);
  return [
    { filter, what: 'first', after: null },
    { filter, what: 'deep', after: deep },
  ];
});

interface Explained {
  readonly planningTime: number;
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

/** Prints the times, and tells the slowest. */
async function compare(knex: Knex): Promise<number> {
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
    `\nThe slowest: ${Math.max(...executionTimes).toFixed(2)} ms.\n\n${plans.join('\n\n')}\n`,
  );
  return Math.max(...executionTimes);
}

async function bench(knex: Knex): Promise<void> {
  await migrateUp(knex);
  const slowest: number[] = [];
  for (const [what, shares] of installations) {
    console.log(`${what}\n`);
    await fillUsers(knex, count, shares);
    slowest.push(await compare(knex));
  }
  console.log(`The slowest of all: ${Math.max(...slowest).toFixed(2)} ms.`);
  if (Math.max(...slowest) < limit) return;
  console.error(`A page took ${limit} ms or longer.`);
  process.exitCode = 1;
}

const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-bench-'));
try {
  console.log(
    `${count} users, pages of 100, the middle of ${runs} runs; times as PostgreSQL tells them.\n`,
  );
  // The pool of the migrations waits as long as the filling takes.
  await withDatabase({ databaseUrl: null, dataDir }, bench);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

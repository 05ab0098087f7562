// Formats the results for people: a table for each scenario, and the goals. Every figure is the
// median of the rounds, followed by the smallest and the largest value.

import type { Verdict } from './goals.ts';
import { ratiosOf, type Column, type Measured, type Round } from '../runner/rounds.ts';
import { formatTable, median, spread } from '../../statistics.ts';

export function formatScenario({ name, about, columns, rounds }: Measured): string {
  const rows = Object.keys(rounds[0] ?? {});
  const shown = columns.filter((column) =>
    rows.some((row) => valuesOf(rounds, row, column).length > 0),
  );
  const header = [name, ...shown.map(({ label }) => label)];
  const lines = rows.map((row) => [
    row,
    ...shown.map((column) => cell(valuesOf(rounds, row, column), column.digits)),
  ]);
  return `${name}: ${about}; ${rounds.length} rounds\n\n${formatTable([header, ...lines])}`;
}

/** The values of all rounds that have one. */
export function valuesOf(
  rounds: readonly Round[],
  row: string,
  { metric, compare }: Pick<Column, 'metric' | 'compare'>,
): number[] {
  if (compare === undefined) return rounds.flatMap((round) => round[row]?.[metric] ?? []);
  const other = compare.with(row);
  if (other === null) return [];
  const [mine, theirs] = [[row, metric] as const, [other, metric] as const];
  return compare.way === 'over' ? ratiosOf(rounds, mine, theirs) : ratiosOf(rounds, theirs, mine);
}

function cell(values: readonly number[], digits: number): string {
  if (values.length === 0) return '-';
  const format = (value: number) => value.toFixed(value < 100 ? digits : 0);
  const [least, most] = spread(values);
  return `${format(median(values))} (${format(least)}–${format(most)})`;
}

export function formatGoals(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ goal, median: middle, spread: [least, most], reached }) => [
    goal,
    `${middle.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
    reached ? 'reached' : 'not reached',
  ]);
  return formatTable([['goal', 'measured', ''], ...rows]);
}

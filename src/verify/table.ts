// The table of operation × status: how many answers obeyed the contract, where one broke it, and
// why a status was not reached.

import type { Sample } from '../contract/samples.ts';
import { whyNotReached, type Circumstances } from './reasons.ts';
import { keyOf, outside, type Records } from './records.ts';

/** One operation and one status that it declares, or that an answer was expected to have. */
export interface Cell {
  readonly operationId: string;
  readonly status: number;
  readonly outcome: 'seen' | 'breach' | 'not reached';
  readonly seen: number;
  /** `null` unless the status was not reached. */
  readonly reason: string | null;
}

/** Makes the cells of the table, operation by operation. */
export function cellsOf(
  records: Records,
  samples: readonly Sample[],
  circumstances: Circumstances,
): Cell[] {
  const broken = new Set(
    records.breaches().map(({ operationId, status }) => keyOf(operationId, status)),
  );
  const cell = (operationId: string, status: number, reason: () => string): Cell => {
    const key = keyOf(operationId, status);
    const seen = records.seen.get(key) ?? 0;
    const outcome = broken.has(key) ? 'breach' : seen > 0 ? 'seen' : 'not reached';
    return {
      operationId,
      status,
      outcome,
      seen,
      reason: outcome === 'not reached' ? reason() : null,
    };
  };
  const declared = samples.flatMap((sample) =>
    statusesOf(sample, broken).map((status) =>
      cell(sample.id, status, () => whyNotReached(sample, status, circumstances)),
    ),
  );
  return [
    ...declared,
    ...[204, 404, 405].map((status) => cell(outside, status, () => 'the run ended before it')),
  ];
}

/** The statuses that the operation declares, and those that were expected beyond them. */
function statusesOf({ id, statuses }: Sample, broken: ReadonlySet<string>): number[] {
  const undeclared = [...broken]
    .filter((key) => key.startsWith(`${id} `))
    .map((key) => Number(key.split(' ')[1]));
  return [...new Set([...statuses, ...undeclared])];
}

/**
 * Formats the table. `·`: not declared; a number: this many answers obeyed the contract; a letter:
 * not reached, with the reason below the table.
 */
export function formatTable(cells: readonly Cell[]): string {
  const statuses = [...new Set(cells.map(({ status }) => status))].sort(
    (one, other) => one - other,
  );
  const operations = [...new Set(cells.map(({ operationId }) => operationId))];
  const reasons = [...new Set(cells.flatMap(({ reason }) => reason ?? []))];
  const letter = (reason: string) =>
    String.fromCharCode('a'.charCodeAt(0) + reasons.indexOf(reason));
  const show = (operationId: string, status: number) => {
    const cell = cells.find((each) => each.operationId === operationId && each.status === status);
    if (!cell) return '·';
    return cell.outcome === 'breach'
      ? 'BREACH'
      : cell.reason === null
        ? String(cell.seen)
        : letter(cell.reason);
  };
  const width = Math.max(...operations.map((name) => name.length));
  const row = (name: string, texts: readonly string[]) =>
    name.padEnd(width) + texts.map((text) => text.padStart(7)).join('');
  return [
    row('', statuses.map(String)),
    ...operations.map((name) =>
      row(
        name,
        statuses.map((status) => show(name, status)),
      ),
    ),
    '',
    ...reasons.map((reason) => `${letter(reason)}  not reached: ${reason}`),
  ].join('\n');
}

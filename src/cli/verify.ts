// The process side of `rolegate verify`: Ctrl-C, progress on a terminal, the JUnit file, the
// report.

import { writeFile } from 'node:fs/promises';
import { loadContract } from '../contract/document.ts';
import { VerifyError } from '../verify/errors.ts';
import { toJUnit } from '../verify/junit.ts';
import { cellsOf, formatTable, type Cell } from '../verify/table.ts';
import { verify, type Verified, type VerifyOptions } from '../verify/verify.ts';
import { report, tell } from './output.ts';
import { CommandError, UsageError } from './run.ts';

export interface VerifyWish extends Pick<
  VerifyOptions,
  'url' | 'adminToken' | 'theirContract' | 'emailDomain' | 'maxRequests'
> {
  /** The path of the JUnit file; `undefined` to write none. */
  readonly junit: string | undefined;
  readonly json: true | undefined;
}

/** Milliseconds for deleting the test users after a signal. */
const cleaningUp = 30_000;

/**
 * @throws CommandError when the deployment breaks the contract, or the run was stopped
 * @throws UsageError when nothing could be verified
 */
export async function runVerify({ junit, json, ...wish }: VerifyWish): Promise<void> {
  const signal = whenStopped();
  const { document } = loadContract();
  const { version } = document['info'] as { version: string };
  const userAgent = `rolegate-verify/${version}`;
  const verified = await verify({
    ...wish,
    ours: document,
    userAgent,
    signal,
    onProgress: showProgress,
  }).catch(translate);
  clearProgress();
  const signedIn = (verified.records.seen.get('signIn 200') ?? 0) > 0;
  const cells = cellsOf(verified.records, verified.samples, {
    hasAdminToken: wish.adminToken !== null,
    signedIn,
  });
  if (junit !== undefined) await writeFile(junit, toJUnit(verified.records, cells));
  await report(json, toDocument(verified, cells), toText(wish.url, verified, cells));
  const failures = [
    ...failuresOf(verified, wish.theirContract),
    ...(signal.aborted ? ['It was stopped before its end.'] : []),
  ];
  if (failures.length > 0) throw new CommandError(failures.join('\n'));
}

/**
 * A signal ends the tests, but not the cleanup. Further signals are ignored, because npm may
 * forward the same signal again.
 */
function whenStopped(): AbortSignal {
  const stopped = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopped.signal.aborted) return;
      stopped.abort();
      clearProgress();
      tell('Stopping: deleting the test users.');
      setTimeout(() => process.exit(1), cleaningUp).unref();
    });
  }
  return stopped.signal;
}

function failuresOf({ records, mismatch, left }: Verified, theirContract: boolean): string[] {
  const count = records.breaches().length;
  return [
    ...(mismatch !== null && !theirContract
      ? [`${mismatch} Add --their-contract to check it against its own contract.`]
      : []),
    ...(count > 0
      ? [`The contract was broken by ${count} of ${records.cases.length} answers.`]
      : []),
    ...(left.length > 0
      ? [`These test users may still exist. An admin has to delete them: ${left.join(', ')}`]
      : []),
  ];
}

function toText(
  url: URL,
  { records, version, mismatch, requests, stops }: Verified,
  cells: readonly Cell[],
): string {
  const breaches = records.breaches();
  const headers = [...records.undeclaredHeaders].sort().join(', ');
  const paragraphs = [
    `${url.href} checked against version ${version} of the contract: ${requests} requests`,
    ...(mismatch === null ? [] : [mismatch]),
    formatTable(cells),
    ...(stops.length > 0 ? [`Ended early:\n${stops.map((stop) => `  ${stop}`).join('\n')}`] : []),
    ...(headers === ''
      ? []
      : [`Headers that the contract does not declare, perhaps added by a proxy: ${headers}`]),
    ...(breaches.length > 0 ? [`Breaches:\n${breaches.map(lineOf).join('\n')}`] : []),
    `${records.cases.length} answers checked, ${breaches.length} broke the contract`,
  ];
  return paragraphs.join('\n\n');
}

function lineOf({ operationId, name, breaches }: Verified['records']['cases'][number]): string {
  return [
    `  ${operationId ?? 'no operation'}, ${name}:`,
    ...breaches.map((breach) => `    ${breach}`),
  ].join('\n');
}

function toDocument(
  { records, version, mismatch, requests, stops, left }: Verified,
  cells: readonly Cell[],
): object {
  const breaches = records
    .breaches()
    .map(({ operationId, name, status, breaches: what }) => ({ operationId, name, status, what }));
  const undeclaredHeaders = [...records.undeclaredHeaders].sort();
  return {
    version,
    mismatch,
    requests,
    answers: records.cases.length,
    cells,
    breaches,
    undeclaredHeaders,
    stops,
    left,
  };
}

/** A failure to send requests is not a breach of the contract, so it becomes a UsageError. */
function translate(error: unknown): never {
  clearProgress();
  throw error instanceof VerifyError ? new UsageError(error.message) : error;
}

function showProgress(requests: number, what: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${requests} requests  ${what.slice(0, 60)}\x1b[K`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}

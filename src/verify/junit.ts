// The run as JUnit XML, which every CI reads: one suite for each operation, one case for each
// request. Statuses that were not reached are skipped cases.

import type { Case, Records } from './records.ts';
import { outside } from './records.ts';
import type { Cell } from './table.ts';

/** Renders the run as one XML document. */
export function toJUnit({ cases }: Records, cells: readonly Cell[]): string {
  const operations = [...new Set(cells.map(({ operationId }) => operationId))];
  const suites = operations.map((operationId) => {
    const mine = cases.filter((entry) => (entry.operationId ?? outside) === operationId);
    const missing = cells.filter(
      (cell) => cell.operationId === operationId && cell.reason !== null,
    );
    const failures = mine.filter(({ breaches }) => breaches.length > 0).length;
    const counts =
      `tests="${mine.length + missing.length}" failures="${failures}" ` +
      `errors="0" skipped="${missing.length}"`;
    const body = [...mine.map((entry) => caseOf(operationId, entry)), ...missing.map(skipped)];
    return [
      `  <testsuite name="${escape(operationId)}" ${counts} time="${timeOf(mine)}">`,
      ...body,
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="rolegate verify">',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function caseOf(operationId: string, { name, status, breaches, seconds }: Case): string {
  const open =
    `    <testcase classname="${escape(operationId)}" name="${escape(`${status} ${name}`)}" ` +
    `time="${seconds.toFixed(3)}"`;
  if (breaches.length === 0) return `${open}/>`;
  const text = escape(breaches.join('\n'));
  const failure = `      <failure message="${escape(breaches[0] ?? '')}">${text}</failure>`;
  return `${open}>\n${failure}\n    </testcase>`;
}

function skipped({ operationId, status, reason }: Cell): string {
  const name = `${status} not reached`;
  const open = `    <testcase classname="${escape(operationId)}" name="${name}">`;
  return `${open}\n      <skipped message="${escape(reason ?? '')}"/>\n    </testcase>`;
}

function timeOf(cases: readonly Case[]): string {
  return cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML 1.0 cannot represent most control characters, so they are left out. */
function escape(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => (sign === '\n' ? sign : ''))
    .replace(/[&<>"\n]/g, (sign) => named[sign] ?? sign);
}

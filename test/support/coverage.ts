// The coverage of the contract by the tests: a table of operation × declared status, and a list of
// the declared statuses and codes that no answer had.

import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';
import { seen } from './contract-check.ts';

const { document } = loadContract();

interface Declared {
  readonly operationId: string;
  readonly status: string;
  readonly codes: readonly string[];
}

export function coverageTable(): string {
  const declared = listDeclared();
  const statuses = [...new Set(declared.map(({ status }) => status))].sort();
  const operations = [...new Set(declared.map(({ operationId }) => operationId))];
  const width = Math.max(...operations.map((name) => name.length)) + 2;
  const cell = (operationId: string, status: string) => {
    if (!declared.some((entry) => entry.operationId === operationId && entry.status === status))
      return '·';
    return String(seen.get(`${operationId} ${status}`) ?? 'MISSING');
  };
  const row = (name: string, cells: readonly string[]) =>
    name.padEnd(width) + cells.map((text) => text.padStart(8)).join('');
  return [
    row('operation', statuses),
    ...operations.map((operationId) =>
      row(
        operationId,
        statuses.map((status) => cell(operationId, status)),
      ),
    ),
  ].join('\n');
}

/** The declared statuses and error codes that no answer had. */
export function notSeen(): string[] {
  return listDeclared().flatMap(({ operationId, status, codes }) =>
    [`${operationId} ${status}`, ...codes.map((code) => `${operationId} ${status} ${code}`)].filter(
      (key) => !seen.has(key),
    ),
  );
}

function listDeclared(): Declared[] {
  return Object.values(document['paths'] as Record<string, Record<string, JsonObject>>).flatMap(
    (item) =>
      Object.values(item).flatMap((operation) =>
        Object.entries(operation['responses'] as JsonObject).map(([status, response]) => ({
          operationId: String(operation['operationId']),
          status,
          codes: codesOf(resolve(document, response)),
        })),
      ),
  );
}

/** The error codes that a response's schema narrows `Problem` to. */
function codesOf(response: JsonObject): string[] {
  const problem = (response['content'] as JsonObject | undefined)?.['application/problem+json'] as
    JsonObject | undefined;
  const parts = ((problem?.['schema'] as JsonObject | undefined)?.['allOf'] ?? []) as JsonObject[];
  return parts.flatMap((part) => {
    const code = (part['properties'] as JsonObject | undefined)?.['code'] as
      { const?: string; enum?: string[] } | undefined;
    return code?.const !== undefined ? [code.const] : (code?.enum ?? []);
  });
}

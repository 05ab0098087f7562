// What was asked and what came of it: the source of the table, of the JUnit file and of the exit code.

export interface Case {
  /** null where the request belongs to no operation. */
  readonly operationId: string | null;
  readonly name: string;
  /** What was expected; the key of the table beside the operation. */
  readonly status: number;
  readonly breaches: readonly string[];
  readonly seconds: number;
}

/** The rows of the table that belong to no operation. */
export const outside = 'no operation';

export interface Records {
  readonly cases: readonly Case[];
  /** Headers that the contract does not declare: most often those of a proxy before the service. */
  readonly undeclaredHeaders: ReadonlySet<string>;
  /** `operationId status` of the answers that held, as often as they were seen. */
  readonly seen: ReadonlyMap<string, number>;
  add(
    entry: Case,
    answered?: { readonly status: number; readonly undeclaredHeaders: readonly string[] },
  ): void;
  breaches(): readonly Case[];
}

export function createRecords(): Records {
  const cases: Case[] = [];
  const undeclaredHeaders = new Set<string>();
  const seen = new Map<string, number>();
  return {
    cases,
    undeclaredHeaders,
    seen,
    add(entry, answered) {
      cases.push(entry);
      for (const name of answered?.undeclaredHeaders ?? []) undeclaredHeaders.add(name);
      if (!answered || entry.breaches.length > 0) return;
      const key = keyOf(entry.operationId, answered.status);
      seen.set(key, (seen.get(key) ?? 0) + 1);
    },
    breaches: () => cases.filter(({ breaches }) => breaches.length > 0),
  };
}

export function keyOf(operationId: string | null, status: number): string {
  return `${operationId ?? outside} ${status}`;
}

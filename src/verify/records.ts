// The results of a run: the source of the table, the JUnit file and the exit code.

/** One request with its result. */
export interface Case {
  /** `null` if the request belongs to no operation. */
  readonly operationId: string | null;
  readonly name: string;
  /** The expected status. With the operation, it identifies the cell of the table. */
  readonly status: number;
  readonly breaches: readonly string[];
  readonly seconds: number;
}

/** The name of the table's row for requests that belong to no operation. */
export const outside = 'no operation';

export interface Records {
  readonly cases: readonly Case[];
  /**
   * Headers that the contract does not declare, usually added by a proxy in front of the service.
   */
  readonly undeclaredHeaders: ReadonlySet<string>;
  /** How many answers obeyed the contract, by `operationId status`. */
  readonly seen: ReadonlyMap<string, number>;
  add(
    entry: Case,
    answered?: { readonly status: number; readonly undeclaredHeaders: readonly string[] },
  ): void;
  /** The cases whose answer broke the contract. */
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

/** The key of a cell in `seen`. */
export function keyOf(operationId: string | null, status: number): string {
  return `${operationId ?? outside} ${status}`;
}

// What commands print: for people, or for machines as one JSON document. Results go to stdout, everything else to stderr.

import type { Authority } from '../domain/roles.ts';

/** Writes a result to its end: the process may exit right after. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    // Whoever reads may have seen enough (`| head`): that is no failure.
    process.stdout.once('error', () => {
      resolve();
    });
    process.stdout.write(`${text}\n`, () => {
      resolve();
    });
  });
}

/** Prints `document` as JSON when machines asked, else `text`. */
export function report(json: true | undefined, document: unknown, text: string): Promise<void> {
  return print(json ? JSON.stringify(document) : text);
}

/** Something beside the result, for people. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Lines with aligned columns; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** By the names that the commands take. */
export function listRoles({ roles }: { readonly roles: readonly Authority[] }): string {
  return roles.map((name) => name.replace('ROLE_', '').toLowerCase()).join(', ');
}

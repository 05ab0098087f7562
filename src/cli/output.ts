// Prints the results of commands: text for people, or one JSON document for scripts. Results go to
// stdout, everything else goes to stderr.

import type { Authority } from '../domain/roles.ts';

/** Settles when all of the text is written, so the process may exit right after. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    // The reader may close the pipe early (`| head`). That is not a failure.
    process.stdout.once('error', () => {
      resolve();
    });
    process.stdout.write(`${text}\n`, () => {
      resolve();
    });
  });
}

/** Prints `document` as JSON with `--json`, else `text`. */
export function report(json: true | undefined, document: unknown, text: string): Promise<void> {
  return print(json ? JSON.stringify(document) : text);
}

/** Prints a note for people on stderr. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Lines with aligned columns. The first row is the header. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** The roles by the names that the commands accept: `user, admin`. */
export function listRoles({ roles }: { readonly roles: readonly Authority[] }): string {
  return roles.map((name) => name.replace('ROLE_', '').toLowerCase()).join(', ');
}

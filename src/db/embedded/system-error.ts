/** Tells whether an error is the operating system's, with one of these codes (`ENOENT`, `EEXIST`). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

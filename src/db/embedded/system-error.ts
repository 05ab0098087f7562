/**
 * Whether this is an error of the operating system with one of these codes (`ENOENT`, `EEXIST`).
 */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

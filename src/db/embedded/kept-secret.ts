// A secret that is created once and kept in a file. Only the file's owner may read it.

import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { hasCode } from './system-error.ts';

/**
 * Reads the secret in `file`, or creates and stores one. Concurrent processes get the same secret.
 */
export async function keepSecret(file: string, make: () => string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
  if (kept !== undefined) return kept.trim();

  // Written to a temporary file and then linked. So no process reads half a secret, and the second
  // process uses the first one's secret.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${make()}\n`, { mode: 0o600 });
  await link(draft, file).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await rm(draft);
  return keepSecret(file, make);
}

// A secret that is made once and kept in a file that only its owner may read.

import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { hasCode } from './system-error.ts';

/** Reads the secret in `file`, or makes and keeps one. Processes that come at once agree on one. */
export async function keepSecret(file: string, make: () => string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
  if (kept !== undefined) return kept.trim();

  // Written whole beside its place and then linked into it: nobody reads half a secret, and whoever links second yields.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${make()}\n`, { mode: 0o600 });
  await link(draft, file).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await rm(draft);
  return keepSecret(file, make);
}

// Makes private keys that sign access tokens. Never writes over another file: tokens that a lost key has signed would be refused.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../db/embedded/system-error.ts';
import { publicJwk } from '../domain/tokens/key-ring.ts';
import { CommandError } from './run.ts';

const makers = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }), // NIST SP 800-57 part 1, table 2: good beyond 2030
} satisfies Record<string, () => { privateKey: KeyObject }>;
export type Algorithm = keyof typeof makers;

interface Wish {
  readonly algorithm: Algorithm;
  readonly dataDir: string;
  /** undefined: in `dataDir`, under its name. */
  readonly file: string | undefined;
}

/** @throws CommandError when the file is there already */
export async function makeKey({
  algorithm,
  dataDir,
  file: wanted,
}: Wish): Promise<{ file: string; algorithm: string; kid: string }> {
  const { privateKey } = makers[algorithm]();
  const { kid, alg } = publicJwk(privateKey);
  const file = wanted ?? join(dataDir, 'keys', `${kid}.pem`);
  await mkdir(dirname(file), { recursive: true });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(file, pem, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST')
      ? new CommandError(`${file} is there already. Name another file, or move it away.`)
      : error;
  });
  return { file, algorithm: alg, kid };
}

// Creates private keys that sign access tokens. It refuses to overwrite a file, because the tokens
// signed by a lost key would be refused.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../db/embedded/system-error.ts';
import { publicJwk } from '../domain/tokens/key-ring.ts';
import { CommandError } from './run.ts';

const makers = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  // NIST SP 800-57 part 1, table 2: 3072 bits are strong enough beyond 2030.
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
} satisfies Record<string, () => { privateKey: KeyObject }>;
export type Algorithm = keyof typeof makers;

interface Wish {
  readonly algorithm: Algorithm;
  readonly dataDir: string;
  /** `undefined`: `keys/<kid>.pem` in `dataDir`. */
  readonly file: string | undefined;
}

/** @throws CommandError when the file already exists */
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
      ? new CommandError(`${file} already exists. Name another file, or move it away.`)
      : error;
  });
  return { file, algorithm: alg, kid };
}

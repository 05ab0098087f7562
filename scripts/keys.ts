// npm run keys:new -- [--algorithm ES256 | RS256] [file]: makes a private key that signs access tokens.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../src/command.ts';
import { publicJwk } from '../src/domain/key-ring.ts';

const usage = 'usage: npm run keys:new -- [--algorithm ES256 | RS256] [file]';
const makers: Readonly<Record<string, () => { privateKey: KeyObject }>> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 3072 }), // NIST SP 800-57 part 1, table 2: good beyond 2030
};

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { algorithm: { type: 'string', default: 'ES256' } },
    });
    const make = makers[values.algorithm];
    if (!make || positionals.length > 1) throw new Error(usage);
    return { make, file: positionals[0] };
  } catch {
    throw new UsageError(usage);
  }
}

await runCommand(
  async ({ dataDir }) => {
    const { make, file: wanted } = readArguments();
    const { privateKey } = make();
    const { kid, alg } = publicJwk(privateKey);
    const file = wanted ?? join(dataDir, 'keys', `${kid}.pem`);
    await mkdir(dirname(file), { recursive: true });
    // Never over another key: tokens that it signed would be refused.
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' }).catch(
      (error: unknown) => {
        throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? new UsageError(`${file} is there already.`) : error;
      },
    );
    console.log(`${file}\n  an ${alg} key, kid ${kid}, for its owner's eyes only\n`);
    console.log(`Where it is the first key:   JWT_PRIVATE_KEY_FILE=${file}`);
    console.log(
      `Where another one signs:     JWT_PRIVATE_KEY_FILE=<today's>,${file}   on every node, then the same the other way round`,
    );
  },
  { signing: false },
);

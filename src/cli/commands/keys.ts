// rolegate keys new

import { Option, type Command } from 'commander';
import { examples, jsonOption, type Json } from '../help.ts';
import type { Algorithm } from '../keys.ts';
import { report } from '../output.ts';
import { readConfig, UsageError } from '../run.ts';

export function addKeys(program: Command): void {
  const help = examples('keys new', 'keys new --algorithm RS256 /etc/rolegate/key.pem');
  const keys = program
    .command('keys')
    .summary('make keys that sign access tokens')
    .description('Private keys that sign access tokens.')
    .addHelpText('after', help);
  const algorithm = new Option('--algorithm <name>', 'what it signs with')
    .choices(['ES256', 'RS256'])
    .default('ES256');
  keys
    .command('new')
    .description(
      'Makes a private key that only its owner may read, and tells how to set JWT_PRIVATE_KEY_FILE. Never writes over a file.',
    )
    .argument('[file]', 'where to keep it (default: DATA_DIR/keys/<kid>.pem)')
    .addHelpText('after', help)
    .addOption(algorithm)
    .addOption(jsonOption())
    .action(async (wanted: string | undefined, options: { algorithm: Algorithm } & Json) => {
      if (wanted?.includes(','))
        throw new UsageError(
          'The name must hold no comma: JWT_PRIVATE_KEY_FILE separates files with it.',
        );
      const { dataDir } = readConfig({ signing: false });
      const { makeKey } = await import('../keys.ts');
      const { file, algorithm, kid } = await makeKey({
        algorithm: options.algorithm,
        dataDir,
        file: wanted,
      });
      const text = [
        `${file}\n  an ${algorithm} key, kid ${kid}, for its owner's eyes only\n`,
        `On a new service:           JWT_PRIVATE_KEY_FILE=${file}`,
        `Where a secret signs:       the same, with JWT_SIGN_WITH=secret until every node has it`,
        `Where another key signs:    JWT_PRIVATE_KEY_FILE=<that key>,${file}`,
        `                            and, when every node has it, the other way round`,
      ];
      await report(options.json, { file, algorithm, kid }, text.join('\n'));
    });
}

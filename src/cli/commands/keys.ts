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
    .summary('create keys that sign access tokens')
    .description('Private keys that sign access tokens.')
    .addHelpText('after', help);
  const algorithm = new Option('--algorithm <name>', 'the signature algorithm')
    .choices(['ES256', 'RS256'])
    .default('ES256');
  keys
    .command('new')
    .description(
      'Creates a private key that only its owner can read, and prints how to set ' +
        'JWT_PRIVATE_KEY_FILE. Never overwrites a file.',
    )
    .argument('[file]', 'the path of the key (default: DATA_DIR/keys/<kid>.pem)')
    .addHelpText('after', help)
    .addOption(algorithm)
    .addOption(jsonOption())
    .action(async (wanted: string | undefined, options: { algorithm: Algorithm } & Json) => {
      if (wanted?.includes(','))
        throw new UsageError(
          'The path must not contain a comma, which separates files in JWT_PRIVATE_KEY_FILE.',
        );
      const { dataDir } = readConfig({ signing: false });
      const { makeKey } = await import('../keys.ts');
      const { file, algorithm, kid } = await makeKey({
        algorithm: options.algorithm,
        dataDir,
        file: wanted,
      });
      const text = [
        `${file}\n  an ${algorithm} key, kid ${kid}, readable by its owner only\n`,
        `For a new service:          JWT_PRIVATE_KEY_FILE=${file}`,
        `If a secret signs today:    also set JWT_SIGN_WITH=secret until every node has the key`,
        `If another key signs today: JWT_PRIVATE_KEY_FILE=<that key>,${file}`,
        `                            When every node has both keys, reverse the order.`,
      ];
      await report(options.json, { file, algorithm, kid }, text.join('\n'));
    });
}

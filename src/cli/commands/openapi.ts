// rolegate openapi

import { Option, type Command } from 'commander';
import { examples } from '../help.ts';
import { print } from '../output.ts';

export function addOpenapi(program: Command): void {
  program
    .command('openapi')
    .summary('print the contract that this version obeys')
    .description(
      'Prints the contract that this version obeys (OpenAPI 3.1), as a running service answers it at /openapi.yaml and /openapi.json.',
    )
    .addOption(new Option('--format <name>', 'how to write it').choices(['yaml', 'json']).default('yaml'))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .addHelpText('after', examples('openapi > openapi.yaml', 'openapi --format json | jq .info.version'))
    .action(async ({ format }: { format: 'yaml' | 'json' }) => {
      const { loadContract } = await import('../../contract/document.ts');
      const { yaml, document } = loadContract();
      await print(format === 'yaml' ? yaml.trimEnd() : JSON.stringify(document, null, 2));
    });
}

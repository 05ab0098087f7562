// rolegate openapi

import { Option, type Command } from 'commander';
import { examples } from '../help.ts';
import { print } from '../output.ts';

export function addOpenapi(program: Command): void {
  program
    .command('openapi')
    .summary('print the contract')
    .description(
      'Prints the contract of this version. A running service serves the same documents at ' +
        '/openapi.yaml, /openapi.json and, for tools that cannot read OpenAPI 3.1, ' +
        '/openapi-3.0.json.',
    )
    .addOption(
      new Option('--format <name>', 'the output format')
        .choices(['yaml', 'json', 'json-3.0'])
        .default('yaml'),
    )
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .addHelpText(
      'after',
      examples('openapi > openapi.yaml', 'openapi --format json-3.0 > openapi-3.0.json'),
    )
    .action(async ({ format }: { format: 'yaml' | 'json' | 'json-3.0' }) => {
      const { loadContract } = await import('../../contract/document.ts');
      const { toOpenApi30 } = await import('../../contract/openapi-30.ts');
      const { yaml, document } = loadContract();
      const json = () =>
        JSON.stringify(format === 'json' ? document : toOpenApi30(document), null, 2);
      await print(format === 'yaml' ? yaml.trimEnd() : json());
    });
}

// Writes src/contract/openapi.gen.ts from openapi.yaml; with --check, fails when the committed file is not what would be written.
// openapi-typescript does not tell which operations ask for a token, so that list is added here.

import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { loadContract, type JsonObject } from '../src/contract/document.ts';

const target = new URL('../src/contract/openapi.gen.ts', import.meta.url);

const { document } = loadContract();
const secured = Object.values(document['paths'] as Record<string, JsonObject>)
  .flatMap((item) => Object.values(item) as JsonObject[])
  .filter(
    (operation) => ((operation['security'] ?? document['security'] ?? []) as unknown[]).length > 0,
  )
  .map((operation) => `'${String(operation['operationId'])}'`);

const types = astToString(await openapiTypescript(JSON.stringify(document), { exportType: false }));
const text = `// Generated from openapi.yaml by \`npm run generate\`. Do not edit.
/* eslint-disable -- openapi-typescript has a style of its own */

${types}
/** The operations whose security requirement asks for a token. */
export type SecuredOperationId = ${secured.join(' | ')};
`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error(
    'src/contract/openapi.gen.ts does not match openapi.yaml. Run `npm run generate` and commit the result.',
  );
  process.exitCode = 1;
}

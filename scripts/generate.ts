// npm run generate: writes what is generated from openapi.yaml, the table of variables and the
// command's help. With --check it fails when a committed file is not what would be written.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { contractTypes } from '../tools/build/contract-types.ts';
import { commandLinePage } from '../tools/reference/command-line.ts';
import { configurationPage, exampleFile } from '../tools/reference/configuration.ts';
import { decisionsPage } from '../tools/reference/decisions.ts';
import { errorsPage, operationsPage } from '../tools/reference/contract.ts';
import { root } from '../tools/root.ts';

const files: Readonly<Record<string, () => string | Promise<string>>> = {
  'src/contract/openapi.gen.ts': contractTypes,
  '.env.example': exampleFile,
  'docs/decisions/README.md': decisionsPage,
  'docs/reference/operations.md': operationsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/command-line.md': commandLinePage,
};

const isCheck = process.argv.includes('--check');

for (const [name, make] of Object.entries(files)) {
  const file = join(root, name);
  const text = name.endsWith('.md') ? await pretty(file, await make()) : await make();
  if (!isCheck) {
    writeFileSync(file, text);
  } else if (read(file) !== text) {
    console.error(`${name} is not up to date. Run \`npm run generate\` and commit the result.`);
    process.exitCode = 1;
  }
}

async function pretty(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

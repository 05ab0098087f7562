// Fails when the contract breaks clients of the last release, unless its version announces that. An
// argument names another file to check.

import { fileURLToPath } from 'node:url';
import { loadContract } from '../../src/contract/document.ts';
import { announcesBreaks, findBreaks } from './breaking.ts';

const { document: released } = loadContract(
  fileURLToPath(new URL('released/openapi.yaml', import.meta.url)),
);
const { document: current } = loadContract(process.argv[2]);

const breaks = findBreaks(released, current);
const [from = '', to = ''] = [released, current].map(
  ({ info }) => (info as { version: string }).version,
);
for (const { place, reason } of breaks) console.log(`  ${place}: ${reason}`);
console.log(`${breaks.length} changes of ${to} can break clients of ${from}, the last release.`);
const isAnnounced = announcesBreaks(from, to);
if (breaks.length > 0 && isAnnounced) console.log('The version announces them.');
if (breaks.length > 0 && !isAnnounced) {
  console.error(
    'Revert them, or raise the major version in info.version (below 1.0.0: the minor version).',
  );
  process.exitCode = 1;
}

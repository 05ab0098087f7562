// Reads each content operation without pause. Bare Express and node:http answer the same text to
// every request.

import { reads, type Read } from '../servers/adapters.ts';
import { nodeAlone, type Contender } from '../servers/contenders.ts';
import { readFast } from '../runner/load.ts';
import { columnsFor, observe, reading, type Plan } from '../runner/world.ts';

export const content: Plan = ({ contenders, guarded, rounds, seconds }) =>
  reads.map((read) => ({
    name: read,
    about: `${reading} connections`,
    rounds,
    seconds,
    columns: columnsFor('requests', { 'bare Express': '× bare Express' }),
    targets: contendersFor(read, contenders).map((contender) => {
      const url = contender.url + contender.adapter.paths[read];
      const credentials = guarded.find(({ name }) => name === contender.name)?.guests.credentials;
      const headers = read === 'getPublicContent' ? {} : (credentials ?? {});
      return {
        async measure(length) {
          return {
            [contender.name]: await observe(contender, () =>
              readFast(url, headers, reading, length),
            ),
          };
        },
      };
    }),
  }));

/** Node.js alone is only for orientation, so it is measured once. */
function contendersFor(read: Read, contenders: readonly Contender[]): readonly Contender[] {
  return contenders.filter(({ name }) => read === 'getPublicContent' || name !== nodeAlone);
}

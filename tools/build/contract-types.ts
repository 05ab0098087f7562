// The types of the contract: src/contract/openapi.gen.ts, made by openapi-typescript. It does not
// say which operations need a token, so that list is added here.

import openapiTypescript, { astToString } from 'openapi-typescript';
import { loadContract, type JsonObject } from '../../src/contract/document.ts';

export async function contractTypes(): Promise<string> {
  const { document } = loadContract();
  const operations = Object.values(document['paths'] as Record<string, JsonObject>).flatMap(
    (item) => Object.values(item) as JsonObject[],
  );
  const namesWhere = (isWanted: (security: readonly object[]) => boolean) =>
    operations
      .filter((source) =>
        isWanted((source['security'] ?? document['security'] ?? []) as readonly object[]),
      )
      .map((operation) => `'${String(operation['operationId'])}'`)
      .join(' | ');
  const isEmpty = (alternative: object) => Object.keys(alternative).length === 0;
  const types = astToString(
    await openapiTypescript(JSON.stringify(document), { exportType: false }),
  );
  return `// Generated from openapi.yaml by \`npm run generate\`. Do not edit.
/* eslint-disable -- openapi-typescript has a style of its own */

${types}
/** The operations whose security requirement asks for a token. */
export type SecuredOperationId = ${namesWhere((some) => some.length > 0 && !some.some(isEmpty))};
/** The operations that are called with a token or without one. */
export type OptionalTokenOperationId = ${namesWhere((some) => some.some(isEmpty))};
`;
}

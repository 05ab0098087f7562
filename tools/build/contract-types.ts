// The types of the contract: src/contract/openapi.gen.ts, made by openapi-typescript. It does not
// say which operations need a token, so that list is added here.

import openapiTypescript, { astToString } from 'openapi-typescript';
import { loadContract, type JsonObject } from '../../src/contract/document.ts';

export async function contractTypes(): Promise<string> {
  const { document } = loadContract();
  const secured = Object.values(document['paths'] as Record<string, JsonObject>)
    .flatMap((item) => Object.values(item) as JsonObject[])
    .filter((operation) => {
      const security = operation['security'] ?? document['security'] ?? [];
      return (security as unknown[]).length > 0;
    })
    .map((operation) => `'${String(operation['operationId'])}'`);
  const types = astToString(
    await openapiTypescript(JSON.stringify(document), { exportType: false }),
  );
  return `// Generated from openapi.yaml by \`npm run generate\`. Do not edit.
/* eslint-disable -- openapi-typescript has a style of its own */

${types}
/** The operations whose security requirement asks for a token. */
export type SecuredOperationId = ${secured.join(' | ')};
`;
}

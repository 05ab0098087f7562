// Every operation of the contract with a request that it takes, made from the contract's own examples: for tests that hold for all of them.

import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';

const { document } = loadContract();

export interface SampleOperation {
  readonly id: string;
  readonly method: string;
  /** With its parameters filled in. */
  readonly path: string;
  readonly body: JsonObject | undefined;
  readonly mediaTypes: readonly string[];
  readonly isSecured: boolean;
  /** The role names of the first alternative. */
  readonly roles: readonly string[];
  /** The declared statuses. */
  readonly statuses: readonly number[];
}

export const operations: readonly SampleOperation[] = Object.entries(
  document['paths'] as Record<string, Record<string, JsonObject>>,
).flatMap(([path, item]) => Object.entries(item).map(([method, source]) => read(path, method, source)));

/** The path with each parameter replaced by the contract's example of it. */
function fill(path: string, parameters: readonly unknown[] = []): string {
  const examples = parameters.map((parameter) => {
    const { name, schema } = resolve(document, parameter);
    return [String(name), (resolve(document, schema)['examples'] as (string | number)[] | undefined)?.[0]] as const;
  });
  return path.replace(/\{(\w+)\}/g, (_, name: string) => String(new Map(examples).get(name)));
}

function read(path: string, method: string, source: JsonObject): SampleOperation {
  const content = Object.entries(
    (source['requestBody'] ? resolve(document, source['requestBody'])['content'] : {}) as JsonObject,
  );
  const examples = Object.values(((content[0]?.[1] as JsonObject | undefined)?.['examples'] ?? {}) as JsonObject);
  const security = source['security'] as Record<string, string[]>[];
  return {
    id: String(source['operationId']),
    method: method.toUpperCase(),
    path: fill(path, source['parameters'] as unknown[] | undefined),
    body: examples.length > 0 ? (resolve(document, examples[0])['value'] as JsonObject) : undefined,
    mediaTypes: content.map(([mediaType]) => mediaType),
    isSecured: security.length > 0,
    roles: Object.values(security[0] ?? {})[0] ?? [],
    statuses: Object.keys(source['responses'] as JsonObject).map(Number),
  };
}

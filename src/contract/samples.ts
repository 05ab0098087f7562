// Every operation of a contract with a valid request, made from the contract's own examples.

import { resolve, type JsonObject } from './document.ts';

/** An operation with a valid request. */
export interface Sample {
  readonly id: string;
  readonly method: string;
  /** As the contract writes it, with `{names}`. */
  readonly template: string;
  /** With its parameters filled in. */
  readonly path: string;
  readonly body: JsonObject | undefined;
  /** The schema of the body. */
  readonly schema: JsonObject | undefined;
  readonly mediaTypes: readonly string[];
  readonly parameters: readonly SampleParameter[];
  readonly isSecured: boolean;
  /** The role names of the first alternative. */
  readonly roles: readonly string[];
  /** The declared statuses. */
  readonly statuses: readonly number[];
}

export interface SampleParameter {
  readonly name: string;
  /** `path`, `query`, `header` or `cookie`. */
  readonly place: string;
  readonly schema: JsonObject;
}

/** Lists all operations of the contract, each with a valid request. */
export function listSamples(document: JsonObject): Sample[] {
  return Object.entries(document['paths'] as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, source]) => sampleOf(document, path, method, source)),
  );
}

function sampleOf(
  document: JsonObject,
  template: string,
  method: string,
  source: JsonObject,
): Sample {
  const content = Object.entries(
    (source['requestBody']
      ? resolve(document, source['requestBody'])['content']
      : {}) as JsonObject,
  );
  const media = content[0]?.[1] as JsonObject | undefined;
  const examples = Object.values((media?.['examples'] ?? {}) as JsonObject);
  const security = (source['security'] ?? document['security'] ?? []) as Record<string, string[]>[];
  const parameters = parametersOf(document, source);
  return {
    id: String(source['operationId']),
    method: method.toUpperCase(),
    template,
    path: fill(template, parameters),
    body: examples.length > 0 ? (resolve(document, examples[0])['value'] as JsonObject) : undefined,
    schema: media ? resolve(document, media['schema']) : undefined,
    mediaTypes: content.map(([mediaType]) => mediaType),
    parameters,
    isSecured: security.length > 0,
    roles: Object.values(security[0] ?? {})[0] ?? [],
    statuses: Object.keys(source['responses'] as JsonObject).map(Number),
  };
}

function parametersOf(document: JsonObject, source: JsonObject): SampleParameter[] {
  return ((source['parameters'] ?? []) as unknown[]).map((parameter) => {
    const { name, in: place, schema } = resolve(document, parameter);
    return { name: String(name), place: String(place), schema: resolve(document, schema) };
  });
}

/** The path with each parameter replaced by the contract's example. */
function fill(template: string, parameters: readonly SampleParameter[]): string {
  const examples = new Map(
    parameters.map(({ name, schema }) => [
      name,
      (schema['examples'] as unknown[] | undefined)?.[0],
    ]),
  );
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(examples.get(name)));
}

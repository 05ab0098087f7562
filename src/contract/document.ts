// Owns the contract at run time: reads openapi.yaml and lists its operations. Refuses a document
// that this service cannot implement, and reports every mistake at once. Does not depend on HTTP
// libraries, handlers or the database.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type YAML from 'yaml';
import { ContractError } from './contract-error.ts';
import type { OperationId } from './operations.ts';

export interface Requirement {
  readonly scheme: string;
  /** The user needs all of these roles. */
  readonly roles: readonly string[];
}

export interface Operation {
  readonly id: OperationId;
  readonly method: Method;
  readonly path: string;
  /** Alternatives. An empty list means that the operation is public. */
  readonly security: readonly Requirement[];
  /** Whether `{}` is among the alternatives: the operation is called without a token as well. */
  readonly isTokenOptional: boolean;
  readonly parameters: readonly Parameter[];
  /** The media types of the request body with their schemas; empty if the operation has no body. */
  readonly requestSchemas: ReadonlyMap<string, JsonObject>;
  /** The declared replies, by status. */
  readonly replies: ReadonlyMap<number, ReplyForm>;
}

export interface Parameter {
  /** As the contract spells it. */
  readonly name: string;
  /** `path`, `query`, `header` or `cookie`. */
  readonly place: string;
  readonly isInteger: boolean;
}

/** The parts of a reply that the contract fixes. */
export interface ReplyForm {
  /** `null` if the reply has no body. */
  readonly mediaType: string | null;
  /** The headers whose value the contract fixes with `const`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Contract {
  /** The unchanged text of openapi.yaml. */
  readonly yaml: string;
  readonly document: JsonObject;
}

/** What the code supports; the contract is checked against it. */
export interface Abilities {
  readonly schemes: readonly string[];
  readonly roles: readonly string[];
  readonly handlers: readonly string[];
}

export type JsonObject = Record<string, unknown>;

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

const require = createRequire(import.meta.url);

/** Reads the contract of this package, or the one in `file`. */
export function loadContract(file: string = require.resolve('#contract')): Contract {
  const yaml = readFileSync(file, 'utf8');
  return { yaml, document: readParsed(yaml) ?? parse(yaml) };
}

/**
 * Written by the build (tools/build/build-contract.mjs): parsing YAML takes longer than every other
 * step of a start (0.2 s).
 */
const parsedFile = new URL('openapi.parsed.json', import.meta.url);

/**
 * The document that the build made from exactly this text; `null` without a build, or if the
 * contract has changed since.
 */
function readParsed(yaml: string): JsonObject | null {
  if (!existsSync(parsedFile)) return null;
  const { sha256, document } = JSON.parse(readFileSync(parsedFile, 'utf8')) as {
    sha256: string;
    document: JsonObject;
  };
  return sha256 === createHash('sha256').update(yaml).digest('hex') ? document : null;
}

function parse(yaml: string): JsonObject {
  const library = require('yaml') as typeof YAML; // loaded on demand: most starts do not need it
  return library.parse(yaml) as JsonObject;
}

/**
 * Lists the operations of a contract.
 * @throws ContractError when the contract names an unknown scheme or role, when an operation has no
 *   handler, or when a handler has no operation
 */
export function listOperations({ document }: Contract, abilities: Abilities): Operation[] {
  const problems: string[] = [];
  const operations: Operation[] = [];
  for (const [path, item] of members(document['paths'])) {
    for (const method of methods) {
      const source = (item as JsonObject)[method] as JsonObject | undefined;
      if (!source) continue;
      const operation = readOperation(document, path, method, source, item as JsonObject, problems);
      if (operations.some(({ id }) => id === operation.id))
        problems.push(`two operations are called ${operation.id}`);
      operations.push(operation);
    }
  }
  problems.push(...breaches(operations, abilities));
  if (problems.length > 0) throw new ContractError(problems);
  return operations;
}

function readOperation(
  document: JsonObject,
  path: string,
  method: Method,
  source: JsonObject,
  item: JsonObject,
  problems: string[],
): Operation {
  const where = `${method.toUpperCase()} ${path}`;
  const security = (source['security'] ?? document['security'] ?? []) as JsonObject[];
  const named = security.filter((alternative) => Object.keys(alternative).length > 0);
  // `{}` beside another requirement makes the token optional. Alone it would say nothing.
  const required = named.length > 0 ? named : security;
  if (typeof source['operationId'] !== 'string') problems.push(`${where} has no operationId`);
  return {
    id: source['operationId'] as OperationId,
    method,
    path,
    security: readSecurity(required, where, problems),
    isTokenOptional: required.length < security.length,
    parameters: [item, source].flatMap((level) => readParameters(document, level['parameters'])),
    requestSchemas: readContent(document, source['requestBody']),
    replies: readReplies(document, source['responses'], where, problems),
  };
}

function readSecurity(
  alternatives: readonly JsonObject[],
  where: string,
  problems: string[],
): Requirement[] {
  return alternatives.flatMap((alternative) => {
    const schemes = Object.entries(alternative);
    const [first] = schemes;
    if (!first || schemes.length > 1) {
      problems.push(
        `${where} has a security requirement of ${schemes.length} schemes; ` +
          'this service reads exactly one',
      );
      return [];
    }
    return [{ scheme: first[0], roles: first[1] as string[] }];
  });
}

function readParameters(document: JsonObject, sources: unknown): Parameter[] {
  return ((sources ?? []) as unknown[]).map((source) => {
    const { name, in: place, schema } = resolve(document, source);
    return {
      name: String(name),
      place: String(place),
      isInteger: resolve(document, schema ?? {})['type'] === 'integer',
    };
  });
}

function readContent(document: JsonObject, source: unknown): Map<string, JsonObject> {
  const content = source === undefined ? undefined : resolve(document, source)['content'];
  return new Map(
    members(content).map(([mediaType, media]) => [
      mediaType,
      resolve(document, (media as JsonObject)['schema'] ?? {}),
    ]),
  );
}

function readReplies(
  document: JsonObject,
  responses: unknown,
  where: string,
  problems: string[],
): Map<number, ReplyForm> {
  return new Map(
    members(responses).map(([status, response]) => {
      const mediaTypes = [...readContent(document, response).keys()];
      if (mediaTypes.length > 1)
        problems.push(
          `${where} declares ${mediaTypes.length} media types for ${status}; one is served`,
        );
      return [
        Number(status),
        { mediaType: mediaTypes[0] ?? null, headers: readFixedHeaders(document, response) },
      ];
    }),
  );
}

function readFixedHeaders(document: JsonObject, response: unknown): Record<string, string> {
  const fixed = members(resolve(document, response)['headers']).flatMap(([name, header]) => {
    const value = resolve(document, resolve(document, header)['schema'] ?? {})['const'];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(fixed);
}

function* breaches(
  operations: readonly Operation[],
  { schemes, roles, handlers }: Abilities,
): Generator<string> {
  for (const { id, security } of operations) {
    if (!handlers.includes(id)) yield `operation ${id} has no handler`;
    for (const requirement of security) {
      if (!schemes.includes(requirement.scheme))
        yield `${id} asks for the unknown security scheme ${requirement.scheme}`;
      for (const role of requirement.roles)
        if (!roles.includes(role)) yield `${id} asks for the unknown role ${role}`;
    }
  }
  for (const handler of handlers) {
    if (!operations.some(({ id }) => id === handler)) yield `handler ${handler} has no operation`;
  }
}

/**
 * Follows local references (`#/components/...`) to the node that is no reference.
 * @throws ContractError when a reference has no target
 */
export function resolve(document: JsonObject, node: unknown): JsonObject {
  let current = node as JsonObject;
  while (typeof current['$ref'] === 'string') {
    const reference = current['$ref'];
    const target = reference
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>(
        (at, name) =>
          (at as JsonObject | undefined)?.[name.replace(/~1/g, '/').replace(/~0/g, '~')],
        document,
      );
    if (target === undefined) throw new ContractError([`${reference} points at nothing`]);
    current = target as JsonObject;
  }
  return current;
}

function members(node: unknown): [string, unknown][] {
  return Object.entries((node ?? {}) as JsonObject);
}

// docs/reference/operations.md and errors.md, from openapi.yaml.

import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';
import { code, page, section, table } from './markdown.ts';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

interface DeclaredOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly callers: string;
  readonly responses: readonly (readonly [status: string, response: JsonObject])[];
}

interface Tag {
  readonly name: string;
  readonly description: string;
}

export function operationsPage(): string {
  const { document } = loadContract();
  const operations = declaredOperations(document);
  const tags = (document['tags'] as Tag[]).filter(({ name }) =>
    operations.some(({ tag }) => tag === name),
  );
  return page(
    'Operations',
    'For everyone who calls the service. [`openapi.yaml`](../../openapi.yaml) says the rest: ' +
      'bodies, headers, examples. A running service shows it at `/docs` and `/redoc`.',
    ...tags.map(({ name, description }) =>
      section(
        name,
        description.trim(),
        table(
          ['operation', 'method and path', 'who may call it', 'what it does', 'answers'],
          operations
            .filter(({ tag }) => tag === name)
            .map(({ id, method, path, callers, summary, responses }) => [
              code(id),
              `${method.toUpperCase()} ${code(path)}`,
              callers,
              summary,
              responses.map(([status]) => status).join(' '),
            ]),
        ),
      ),
    ),
  );
}

export function errorsPage(): string {
  const { document } = loadContract();
  const { enum: codes, 'x-enumDescriptions': meanings } = schemaNamed(document, 'ErrorCode') as {
    enum: string[];
    'x-enumDescriptions': Record<string, string>;
  };
  const operations = declaredOperations(document);
  const rows = codes.map((name) => {
    const meaning = meanings[name];
    if (meaning === undefined) throw new Error(`openapi.yaml: ErrorCode does not describe ${name}`);
    const declaring = operations.filter(({ responses }) =>
      responses.some(([, response]) => codesOf(document, response).includes(name)),
    );
    return [
      code(name),
      statusesOf(document, name).join(' '),
      meaning,
      operationsOf(declaring.map(({ id }) => id)),
    ];
  });
  return page(
    'Errors',
    'For everyone who writes a client. Every error is `application/problem+json` ' +
      '([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)) with a permanent `code` to branch ' +
      'on and a `message` to show. The service checks a request in this order: path and ' +
      'method, token, role, body.',
    table(['code', 'status', 'meaning', 'answered by'], rows),
  );
}

function declaredOperations(document: JsonObject): DeclaredOperation[] {
  return Object.entries(document['paths'] as Record<string, JsonObject>).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => {
        const operation = item[method] as JsonObject;
        const security = (operation['security'] ?? document['security'] ?? []) as JsonObject[];
        return {
          id: String(operation['operationId']),
          method,
          path,
          tag: String((operation['tags'] as string[])[0]),
          summary: String(operation['summary']),
          callers: callersOf(security),
          responses: Object.entries(operation['responses'] as JsonObject).map(
            ([status, response]) => [status, resolve(document, response)] as const,
          ),
        };
      }),
  );
}

function callersOf(security: readonly JsonObject[]): string {
  if (security.length === 0) return 'everyone';
  const roles = new Set(security.flatMap((requirement) => Object.values(requirement).flat()));
  return roles.size === 0 ? 'signed-in users' : `role ${[...roles].join(' and ')}`;
}

/** The statuses of all responses that declare this code, those of no operation included. */
function statusesOf(document: JsonObject, name: string): number[] {
  const shared = (document['components'] as { responses: Record<string, JsonObject> }).responses;
  const all = [
    ...Object.values(shared),
    ...declaredOperations(document).flatMap(({ responses }) => responses.map(([, found]) => found)),
  ];
  const statuses = all.flatMap((response) =>
    narrowings(document, response)
      .filter(({ code: declared }) => declared?.includes(name))
      .map(({ status }) => status),
  );
  return [...new Set(statuses)];
}

function codesOf(document: JsonObject, response: JsonObject): readonly string[] {
  return narrowings(document, response).flatMap(({ code: declared }) => declared ?? []);
}

/** What an error response's schema says beside `Problem`: its status and its codes. */
function narrowings(document: JsonObject, response: JsonObject) {
  const [content] = Object.values((response['content'] ?? {}) as Record<string, JsonObject>);
  const { allOf = [] } = (content?.['schema'] ?? {}) as { allOf?: JsonObject[] };
  return allOf.flatMap((part) => {
    const { properties } = resolve(document, part) as {
      properties?: { status?: { const?: number }; code?: { const?: string; enum?: string[] } };
    };
    const status = properties?.status?.const;
    if (status === undefined) return [];
    const { const: one, enum: many } = properties?.code ?? {};
    return [{ status, code: many ?? (one === undefined ? undefined : [one]) }];
  });
}

function schemaNamed(document: JsonObject, name: string): JsonObject {
  return ((document['components'] as JsonObject)['schemas'] as JsonObject)[name] as JsonObject;
}

function operationsOf(ids: readonly string[]): string {
  if (ids.length === 0) return 'paths outside the contract, or methods that a path does not have';
  return ids.length <= 3 ? ids.map(code).join(', ') : `${ids.length} operations`;
}

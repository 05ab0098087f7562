// Renders the contract in OpenAPI 3.0.3, for tools that cannot read 3.1: the same operations,
// replies and schemas. It is derived, never written by hand. A keyword that 3.0 does not have is
// not dropped silently. It stays, and the test against OpenAPI's own 3.0 schema fails.

import { resolve, type JsonObject } from './document.ts';
import { toSchema30 } from './schema-30.ts';

const note = `## This rendering
This is OpenAPI 3.0.3, derived from the contract. The contract is OpenAPI 3.1, and it is served as
\`/openapi.yaml\`. In 3.0 a bearer requirement cannot have role names, so an operation has them in
\`x-roles\`: a list of alternatives. Each alternative is a list of roles that are all needed.`;

/** Renders a 3.1 document in 3.0.3. */
export function toOpenApi30(document: JsonObject): JsonObject {
  const { info, paths, ...rest } = document;
  const render = (node: unknown) => renderNode(node, document);
  const items = Object.entries(paths as Record<string, Record<string, JsonObject>>).map(
    ([path, item]) => {
      const members = Object.entries(item).map(
        ([name, member]) =>
          [name, render('responses' in member ? moveRoles(member, document) : member)] as const,
      );
      return [path, Object.fromEntries(members)] as const;
    },
  );
  return {
    ...(render(rest) as JsonObject),
    openapi: '3.0.3',
    info: renderInfo(info as JsonObject),
    paths: Object.fromEntries(items),
  };
}

/** 3.0 has no summary of the document, and identifies a licence by its address alone. */
function renderInfo({ summary, description, license, ...rest }: JsonObject): JsonObject {
  const { identifier, ...named } = license as JsonObject;
  const url =
    typeof identifier === 'string' ? { url: `https://spdx.org/licenses/${identifier}.html` } : {};
  return {
    ...rest,
    description: [summary, description, note]
      .filter((part) => typeof part === 'string')
      .join('\n\n'),
    license: { ...named, ...url },
  };
}

/** Moves role names from the security requirements to `x-roles`, where 3.0 allows them. */
function moveRoles(operation: JsonObject, document: JsonObject): JsonObject {
  const alternatives = (operation['security'] ?? document['security']) as
    Record<string, string[]>[] | undefined;
  if (!alternatives || alternatives.length === 0) return operation;
  const texts = new Set(
    alternatives.map((alternative) => JSON.stringify(Object.values(alternative).flat().sort())),
  );
  const roles = [...texts].map((text) => JSON.parse(text) as string[]);
  const security = alternatives.map((alternative) =>
    Object.fromEntries(Object.keys(alternative).map((scheme) => [scheme, []])),
  );
  // If one alternative needs no role, the operation needs no role.
  if (roles.some((names) => names.length === 0)) return { ...operation, security };
  const description = `${String(operation['description']).trimEnd()}\n\n${sentence(roles)}`;
  return { ...operation, description, security, 'x-roles': roles };
}

function sentence(alternatives: readonly (readonly string[])[]): string {
  const needed = alternatives.map((roles) => {
    const names = roles.map((role) => `\`${role}\``).join(' and ');
    return `the ${roles.length === 1 ? 'role' : 'roles'} ${names}`;
  });
  return `Needs ${needed.join(', or ')}.`;
}

/** Nodes other than schemas are the same in both versions, except for members beside a `$ref`. */
function renderNode(node: unknown, document: JsonObject): unknown {
  if (Array.isArray(node)) return node.map((child) => renderNode(child, document));
  if (typeof node !== 'object' || node === null) return node;
  const source = node as JsonObject;
  if (typeof source['$ref'] === 'string') return { $ref: source['$ref'] };
  return Object.fromEntries(
    Object.entries(source).map(([name, child]) => [name, renderMember(name, child, document)]),
  );
}

function renderMember(name: string, child: unknown, document: JsonObject): unknown {
  const find = (schema: JsonObject) => resolve(document, schema);
  if (name === 'schema') return toSchema30(child as JsonObject, find);
  if (name === 'schemas') {
    const named = Object.entries(child as Record<string, JsonObject>);
    return Object.fromEntries(named.map(([schema, source]) => [schema, toSchema30(source, find)]));
  }
  // An example is data: it may look like any node.
  if (name === 'example' || name === 'examples') return child;
  return renderNode(child, document);
}

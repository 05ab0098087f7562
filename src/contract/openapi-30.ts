// Owns the contract's rendering in OpenAPI 3.0.3, for tools that read no 3.1: the same operations, replies and schemas in the older
// version's words. Derived and never written by hand. What 3.0 cannot say at all is not left out silently: it stays, and the
// test that holds the rendering against OpenAPI's own 3.0 schema falls.

import { resolve, type JsonObject } from './document.ts';
import { toSchema30 } from './schema-30.ts';

const note = `## This rendering
This is OpenAPI 3.0.3, derived from the contract, which is OpenAPI 3.1 and served as \`/openapi.yaml\`. 3.0 lets no bearer requirement
bear role names, so they stand in \`x-roles\` of an operation: alternatives, each a list of roles that are all needed.`;

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

/** 3.0 has no summary of the whole, and names a licence by its address alone. */
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

/** Moves the names of roles from the security requirements to where 3.0 allows them. */
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
  // Where one way asks for no role, no role is needed.
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

/** Everything that is no schema says the same in both versions, but for what stands beside a `$ref`. */
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
  // Data, which may look like anything.
  if (name === 'example' || name === 'examples') return child;
  return renderNode(child, document);
}

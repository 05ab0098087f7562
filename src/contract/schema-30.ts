// Renders one schema in OpenAPI 3.0.3, whose schemas are an older and smaller JSON Schema. They
// have no `null` among the types, no `const`, one example instead of several, and nothing beside a
// `$ref`.

import type { JsonObject } from './document.ts';

/** Follows a schema's `$ref`. */
type Find = (schema: JsonObject) => JsonObject;

/** Renders a 3.1 schema, and all schemas in it, in 3.0.3. */
export function toSchema30(source: JsonObject, find: Find): JsonObject {
  const schema = withoutNull(source, find);
  const { $ref, ...beside } = schema;
  if ($ref !== undefined && Object.keys(beside).length === 0) return { $ref };
  const inside = Object.entries(beside).map(([name, value]) => renderKeyword(name, value, find));
  const rendered: JsonObject = Object.fromEntries(inside);
  return $ref === undefined
    ? rendered
    : { ...rendered, allOf: [{ $ref }, ...((rendered['allOf'] ?? []) as JsonObject[])] };
}

/**
 * `nullable` has an effect only beside `type` (3.0.3, Schema Object), so a nullable reference is
 * replaced by its target.
 */
function withoutNull(schema: JsonObject, find: Find): JsonObject {
  const { type, oneOf, ...rest } = schema;
  if (Array.isArray(type) && type.includes('null')) {
    const others = type.filter((each) => each !== 'null') as string[];
    return { ...rest, type: others.length === 1 ? others[0] : others, nullable: true };
  }
  const choices = oneOf as JsonObject[] | undefined;
  const [only, ...more] = (choices ?? []).filter((choice) => choice['type'] !== 'null');
  if (!choices || !only || choices.length !== 2 || more.length > 0) return schema;
  return { ...find(only), ...rest, nullable: true };
}

function renderKeyword(name: string, value: unknown, find: Find): [string, unknown] {
  const render = (schema: unknown) => toSchema30(schema as JsonObject, find);
  switch (name) {
    case 'const':
      return ['enum', [value]];
    case 'examples':
      return ['example', (value as unknown[])[0]];
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return [name, (value as unknown[]).map(render)];
    case 'items':
    case 'not':
      return [name, render(value)];
    case 'additionalProperties':
      return [name, typeof value === 'boolean' ? value : render(value)];
    case 'properties':
      return [
        name,
        Object.fromEntries(
          Object.entries(value as JsonObject).map(([key, schema]) => [key, render(schema)]),
        ),
      ];
    default:
      return [name, value];
  }
}

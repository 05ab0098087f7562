// fast-check generators for the contract's request schemas: values that a schema allows, and values
// that it may refuse. Throws on a schema keyword that it does not know, so that none is ignored.

import fc, { type Arbitrary } from 'fast-check';
import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';

const { document } = loadContract();
const known = (
  'type enum minLength maxLength pattern format examples description minimum maximum default ' +
  'items maxItems uniqueItems properties required additionalProperties'
).split(' ');

/**
 * Values that the schema allows. A string with a pattern is made from the pattern or taken from the
 * contract's examples.
 *
 * @throws Error for a keyword or type that has no generator here
 */
export function valid(source: unknown): Arbitrary<unknown> {
  const schema = resolve(document, source);
  const strange = Object.keys(schema).filter((keyword) => !known.includes(keyword));
  if (strange.length > 0) throw new Error(`no generator knows ${strange.join(', ')}`);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (schema['type']) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema['minimum'] as number, max: schema['maximum'] as number });
    case 'array':
      return fc.uniqueArray(valid(schema['items']), { maxLength: schema['maxItems'] as number });
    case 'object':
      return validObject(schema);
    case 'string':
      return validText(schema as unknown as TextSchema);
    default:
      throw new Error(`no generator knows the type ${String(schema['type'])}`);
  }
}

interface TextSchema {
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern?: string;
  readonly examples?: readonly string[];
}

function validText({
  minLength,
  maxLength,
  pattern = '',
  examples = [],
}: TextSchema): Arbitrary<string> {
  const regex = new RegExp(pattern, 'u');
  // JSON Schema counts code points.
  const lengthOf = (text: string) => Array.from(text).length;
  const fits = (text: string) =>
    lengthOf(text) >= minLength && lengthOf(text) <= maxLength && regex.test(text);
  const free = fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 80) })
    .filter(fits);
  if (pattern === '' || pattern.startsWith('^[^')) return free;
  const shaped = fc.stringMatching(regex, { maxLength }).filter(fits);
  return examples.length > 0 ? fc.oneof(shaped, fc.constantFrom(...examples)) : shaped;
}

function validObject(schema: JsonObject): Arbitrary<unknown> {
  const members = Object.entries((schema['properties'] ?? {}) as JsonObject).map(
    ([name, member]) => [name, valid(member)] as const,
  );
  return fc.record(Object.fromEntries(members), {
    requiredKeys: (schema['required'] ?? []) as string[],
  });
}

/** Any JSON value, or a valid object with one member changed, added or removed. */
export function dubious(source: unknown): Arbitrary<unknown> {
  const schema = resolve(document, source);
  const names = Object.keys(schema['properties'] ?? {});
  const name = fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor', ''), fc.string());
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u0000', '\ud800', Number.MAX_VALUE, -0, 2 ** 53),
  );
  const changed = fc.tuple(valid(source), name, odd).map(([value, member, other]) => {
    return Object.fromEntries([...Object.entries(value as JsonObject), [member, other]]);
  });
  const lacking = fc.tuple(valid(source), fc.constantFrom(...names)).map(([value, member]) => {
    return Object.fromEntries(
      Object.entries(value as JsonObject).filter(([each]) => each !== member),
    );
  });
  return fc.oneof(
    { weight: 4, arbitrary: changed },
    { weight: 1, arbitrary: lacking },
    { weight: 1, arbitrary: odd },
  );
}

/** Valid and invalid values of a parameter, as the text that a request holds. */
export function parameter(schema: JsonObject): Arbitrary<string> {
  return fc.oneof(
    valid(schema).map(String),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('', '0', '-1', '1e3', '%', 'null', '9'.repeat(400)),
  );
}

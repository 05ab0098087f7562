// Bodies and parameters that violate the contract in one place each, made from its schemas. The
// service must refuse all of them.

import { resolve, type JsonObject } from '../contract/document.ts';
import type { Sample, SampleParameter } from '../contract/samples.ts';

export interface Bad {
  readonly name: string;
  readonly body: unknown;
  readonly code: string;
}

/** The contract uses this name nowhere. */
export const unknownName = 'verifyUnknown';

/** Makes the invalid variants of a valid body, with the error code that each one must get. */
export function badBodies(document: JsonObject, schema: JsonObject, good: JsonObject): Bad[] {
  const invalid = (name: string, body: unknown): Bad => ({ name, body, code: 'validation_failed' });
  const required = (schema['required'] ?? []) as string[];
  const members = Object.entries((schema['properties'] ?? {}) as JsonObject);
  return [
    { name: 'a body that is not JSON', body: '{', code: 'malformed_body' },
    invalid('a list', []),
    invalid('an extra member', { ...good, [unknownName]: 1 }),
    ...required.map((member) => invalid(`without ${member}`, without(good, member))),
    ...members.flatMap(([member, source]) =>
      [...badValues(resolve(document, source))].map(([what, value]) =>
        invalid(`${member} ${what}`, { ...good, [member]: value }),
      ),
    ),
  ];
}

/** Makes an invalid value for each parameter in the path, the query or a header, as it is sent. */
export function badParameters({
  parameters,
}: Sample): (SampleParameter & { readonly value: string })[] {
  return parameters.flatMap((parameter) =>
    parameter.place === 'cookie' ? [] : { ...parameter, value: badText(parameter.schema) },
  );
}

function* badValues(schema: JsonObject): Generator<[string, unknown]> {
  yield ['of the wrong type', {}];
  yield ['that is null', null];
  if ('enum' in schema) yield ['that is not listed', unknownName];
  const { minLength, maxLength } = schema as { minLength?: number; maxLength?: number };
  if (minLength) yield ['too short', ''];
  if (maxLength) yield ['too long', 'x'.repeat(maxLength + 1)];
  if (schema['type'] === 'array') yield ['with an unknown item', [unknownName]];
}

/**
 * Returns a text that is invalid for every kind of parameter in the contract: too long for a text,
 * and neither a number, a listed value nor a quoted version.
 */
function badText({
  maxLength = 40,
  minLength,
}: {
  maxLength?: number;
  minLength?: number;
}): string {
  return minLength === undefined ? unknownName : 'x'.repeat(maxLength + 1);
}

function without(body: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== member));
}

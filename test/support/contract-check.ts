// Holds answers against the contract with a JSON Schema 2020-12 validator of another make than the service's own middleware and
// `rolegate verify`, so that one's mistake does not cover the other's. Notes what was seen for the coverage table.

import { registerSchema, validate, type Validator } from '@hyperjump/json-schema/draft-2020-12';
import '@hyperjump/json-schema/formats';
import { BASIC } from '@hyperjump/json-schema/experimental';
import { createAnswerCheck } from '../../src/contract/answer-check.ts';
import { loadContract } from '../../src/contract/document.ts';
import { toFragment } from '../../src/contract/pointers.ts';
import type { Received } from '../../tools/service/http.ts';

const { document } = loadContract();
const base = 'https://rolegate.example/openapi';
registerSchema(document as never, base, 'https://json-schema.org/draft/2020-12/schema');

/** `operationId status` and `operationId status code`, as often as they were seen. */
export const seen = new Map<string, number>();

const check = createAnswerCheck(document, judge);

/** @throws Error that tells what breaks the contract; here no proxy stands before the service, so an undeclared header does as well */
export async function checkAnswer(method: string, path: string, answer: Received): Promise<void> {
  const { operationId, breaches, undeclaredHeaders } = await check(method, path, answer);
  const problems = [
    ...breaches,
    ...undeclaredHeaders.map((name) => `the header ${name} is not declared`),
  ];
  if (problems.length > 0)
    throw new Error(
      `${method} ${path} answered ${answer.status}, and ${problems.join('; ')}:\n${answer.text.slice(0, 500)}`,
    );
  if (operationId !== null && method !== 'HEAD') note(operationId, answer);
}

function note(operationId: string, { status, body }: Received): void {
  const code = (body as { code?: string } | undefined)?.code;
  const keys = [
    `${operationId} ${status}`,
    ...(code && status >= 400 ? [`${operationId} ${status} ${code}`] : []),
  ];
  for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
}

/** Tells what is wrong with a value that the schema at this JSON Pointer should describe; null when nothing is. */
export function breach(pointer: string, value: unknown): Promise<string | null> {
  return judge(toFragment(pointer), value);
}

/** Compiling a schema takes far longer than using it. */
const validators: Record<string, Promise<Validator>> = {};

async function judge(fragment: string, value: unknown): Promise<string | null> {
  const compiled = await (validators[fragment] ??= validate(`${base}${fragment}`));
  const output = compiled(value as never, BASIC);
  if (output.valid) return null;
  return `breaks ${output.errors?.map(({ keyword, instanceLocation }) => `${keyword.split('/').pop() ?? ''} at ${instanceLocation}`).join(', ') ?? 'its schema'}`;
}

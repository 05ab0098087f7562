// Validates answers against the contract, and counts them for the coverage table. It uses another
// JSON Schema 2020-12 validator than the service's middleware and `rolegate verify`, so that a bug
// in one validator does not hide a bug in the other.

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

/** Counts the answers seen. The keys are `operationId status` and `operationId status code`. */
export const seen = new Map<string, number>();

const check = createAnswerCheck(document, judge);

/**
 * @throws Error that lists what breaks the contract. An undeclared header breaks it as well: there
 *   is no proxy in front of the service that could have added it.
 */
export async function checkAnswer(method: string, path: string, answer: Received): Promise<void> {
  const { operationId, breaches, undeclaredHeaders } = await check(method, path, answer);
  const problems = [
    ...breaches,
    ...undeclaredHeaders.map((name) => `the header ${name} is not declared`),
  ];
  if (problems.length > 0)
    throw new Error(
      `${method} ${path} answered ${answer.status}, and ${problems.join('; ')}:\n` +
        answer.text.slice(0, 500),
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

/**
 * Validates a value against the schema at this JSON Pointer. Returns what is wrong, or `null` when
 * the value is valid.
 */
export function breach(pointer: string, value: unknown): Promise<string | null> {
  return judge(toFragment(pointer), value);
}

/** Compiled schemas by fragment. To compile a schema takes far longer than to use it. */
const validators: Record<string, Promise<Validator>> = {};

async function judge(fragment: string, value: unknown): Promise<string | null> {
  const compiled = await (validators[fragment] ??= validate(`${base}${fragment}`));
  const output = compiled(value as never, BASIC);
  if (output.valid) return null;
  const errors = output.errors?.map(
    ({ keyword, instanceLocation }) => `${keyword.split('/').pop() ?? ''} at ${instanceLocation}`,
  );
  return `breaks ${errors?.join(', ') ?? 'its schema'}`;
}

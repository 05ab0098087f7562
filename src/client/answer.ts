// Reads answers: the body of a success, or the error of a refusal. An answer that is not from the
// service becomes an UnreachableError.

import { RolegateError, UnreachableError } from './errors.ts';
import type { Schemas } from './contract.ts';

/**
 * Reads the body: parsed if it is JSON, a string if it is text, `undefined` if there is none.
 * @throws UnreachableError when the answer is not from the service, or was cut off
 */
export async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  if (/^(text\/plain|application\/yaml)\b/i.test(type)) return readText(response);
  const body = /[/+]json\b/i.test(type) ? parse(await readText(response)) : undefined;
  if (body === undefined) throw foreign(response);
  return body;
}

/** The error for an answer that is no success. */
export async function readError(response: Response): Promise<Error> {
  const problem = parse(await readText(response));
  return isProblem(problem) ? new RolegateError(problem, retryAfter(response)) : foreign(response);
}

/** The seconds of Retry-After (RFC 9110, section 10.2.3); `null` without one. */
export function retryAfter({ headers }: Response): number | null {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new UnreachableError('The answer was cut off.', response.status, cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Schemas['Problem'] {
  const { code, message, status } = (value ?? {}) as Partial<
    Record<keyof Schemas['Problem'], unknown>
  >;
  return typeof code === 'string' && typeof message === 'string' && typeof status === 'number';
}

function foreign({ status }: Response): UnreachableError {
  return new UnreachableError(`The answer (status ${status}) is not from this service.`, status);
}

// Checks an answer against the contract: declared status, declared headers, media type, body. The
// caller supplies the check of a value against a schema: the service's tests and `rolegate verify`
// use two different validators.

import { resolve, type JsonObject } from './document.ts';
import { escape, findDeclared, read, referenced, toFragment } from './pointers.ts';

export interface Answer {
  readonly status: number;
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed if it claims to be JSON and is valid JSON; otherwise the text. */
  readonly body: unknown;
}

export interface Verdict {
  /** `null` if the answer belongs to no operation. */
  readonly operationId: string | null;
  /**
   * The violations of the contract. Never contain a value of the answer, because it may be a
   * secret.
   */
  readonly breaches: readonly string[];
  readonly undeclaredHeaders: readonly string[];
}

/**
 * Checks a value against the schema at this fragment (`#/components/…`). Returns the problem, or
 * `null` if the value is valid.
 */
export type Judge = (fragment: string, value: unknown) => string | null | Promise<string | null>;
export type AnswerCheck = (method: string, path: string, answer: Answer) => Promise<Verdict>;

/** Headers that HTTP itself and CORS add to any answer. */
const transport = new RegExp(
  '^(date|connection|keep-alive|content-length|content-type|transfer-encoding|vary|' +
    'access-control-[a-z-]+)$',
);

/** Creates a check against this contract. `judge` checks values against schemas. */
export function createAnswerCheck(document: JsonObject, judge: Judge): AnswerCheck {
  return async function check(method, path, answer) {
    if (method === 'OPTIONS' && answer.status === 204)
      return { operationId: null, breaches: [], undeclaredHeaders: [] };
    const { operationId, pointer } = findDeclared(document, method, path, answer.status);
    const response = read(document, pointer);
    if (!response)
      return {
        operationId,
        breaches: ['the contract does not declare that status'],
        undeclaredHeaders: [],
      };
    const declared = (response['headers'] ?? {}) as JsonObject;
    const names = new Set(Object.keys(declared).map((name) => name.toLowerCase()));
    const breaches = [
      await judgeHeaders(document, judge, declared, pointer, answer),
      method === 'HEAD' ? noBody(answer) : await judgeBody(judge, response, pointer, answer),
    ].flat();
    const undeclaredHeaders = Object.keys(answer.headers).filter(
      (name) => !names.has(name) && !transport.test(name),
    );
    return { operationId, breaches, undeclaredHeaders };
  };
}

async function judgeHeaders(
  document: JsonObject,
  judge: Judge,
  declared: JsonObject,
  pointer: string,
  { headers }: Answer,
): Promise<string[]> {
  const breaches: string[] = [];
  for (const [name, source] of Object.entries(declared)) {
    const header = resolve(document, source);
    const value = headers[name.toLowerCase()];
    if (value === undefined && header['required']) breaches.push(`the header ${name} is missing`);
    const place = toFragment(
      `${referenced(source) ?? `${pointer}/headers/${escape(name)}`}/schema`,
    );
    const isInteger = resolve(document, header['schema'])['type'] === 'integer';
    for (const each of value === undefined ? [] : [value].flat()) {
      const problem = await judge(place, isInteger ? Number(each) : each);
      if (problem) breaches.push(`the header ${name} ${problem}`);
    }
  }
  return breaches;
}

function noBody({ text }: Answer): string[] {
  return text === '' ? [] : ['there is a body, but the contract declares none'];
}

async function judgeBody(
  judge: Judge,
  response: JsonObject,
  pointer: string,
  answer: Answer,
): Promise<string[]> {
  const content = (response['content'] ?? {}) as JsonObject;
  if (Object.keys(content).length === 0) return noBody(answer);
  const contentType = answer.headers['content-type'];
  const mediaType = typeof contentType === 'string' ? contentType.split(';')[0]?.trim() : undefined;
  if (mediaType === undefined || !(mediaType in content))
    return [`the media type ${mediaType ?? '(none)'} is not declared`];
  const problem = await judge(
    toFragment(`${pointer}/content/${escape(mediaType)}/schema`),
    answer.body,
  );
  return problem ? [`the body ${problem}`] : [];
}

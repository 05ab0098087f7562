// Holds answers against the contract: declared status, declared headers, media type, body. Uses a JSON Schema 2020-12 validator of another
// make than the service's own middleware, so that one's mistake does not cover the other's. Notes what was seen for the coverage table.

import { registerSchema, validate, type Validator } from '@hyperjump/json-schema/draft-2020-12';
import '@hyperjump/json-schema/formats';
import { BASIC } from '@hyperjump/json-schema/experimental';
import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';
import type { Received } from './http.ts';

const { document } = loadContract();
const base = 'https://rolegate.example/openapi';
registerSchema(document as never, base, 'https://json-schema.org/draft/2020-12/schema');

/** `operationId status` and `operationId status code`, as often as they were seen. */
export const seen = new Map<string, number>();

interface Declared {
  /** null where the answer belongs to no operation. */
  readonly operationId: string | null;
  readonly pointer: string;
}

/** What HTTP itself and CORS add to any answer. */
const transport = /^(date|connection|keep-alive|content-length|content-type|transfer-encoding|vary|access-control-[a-z-]+)$/;

/** @throws Error that tells what breaks the contract */
export async function checkAnswer(method: string, path: string, answer: Received): Promise<void> {
  if (method === 'OPTIONS' && answer.status === 204) return;
  const declared = findDeclared(method, path, answer.status);
  const fail = (what: string): never => {
    throw new Error(`${method} ${path} answered ${answer.status}, and ${what}:\n${answer.text.slice(0, 500)}`);
  };
  const response = read(declared.pointer);
  if (!response) return fail('the contract does not declare that status');
  await checkHeaders(response, declared.pointer, answer, fail);
  if (method !== 'HEAD') await checkBody(response, declared.pointer, answer, fail);
  if (declared.operationId !== null && method !== 'HEAD') note(declared.operationId, answer);
}

function note(operationId: string, { status, body }: Received): void {
  const code = (body as { code?: string } | undefined)?.code;
  const keys = [`${operationId} ${status}`, ...(code && status >= 400 ? [`${operationId} ${status} ${code}`] : [])];
  for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
}

async function checkHeaders(
  response: JsonObject,
  pointer: string,
  { headers }: Received,
  fail: (what: string) => never,
): Promise<void> {
  const declared = Object.entries((response['headers'] ?? {}) as JsonObject);
  for (const [name, source] of declared) {
    const header = resolve(document, source);
    const value = headers[name.toLowerCase()];
    if (value === undefined) {
      if (header['required']) fail(`the header ${name} is missing`);
      continue;
    }
    const place = referenced(source) ?? `${pointer}/headers/${escape(name)}`;
    const type = resolve(document, header['schema'])['type'];
    const problem = await breach(`${place}/schema`, type === 'integer' ? Number(value) : String(value));
    if (problem) fail(`the header ${name} ${problem}`);
  }
  const names = declared.map(([name]) => name.toLowerCase());
  for (const name of Object.keys(headers)) {
    if (!names.includes(name) && !transport.test(name)) fail(`the header ${name} is not declared`);
  }
}

async function checkBody(
  response: JsonObject,
  pointer: string,
  { headers, body, text }: Received,
  fail: (what: string) => never,
): Promise<void> {
  const content = (response['content'] ?? {}) as JsonObject;
  const mediaType = headers['content-type']?.split(';')[0];
  if (Object.keys(content).length === 0) {
    if (text !== '') fail('the contract declares no body');
    return;
  }
  if (mediaType === undefined || !(mediaType in content)) return fail(`the media type ${mediaType ?? '(none)'} is not declared`);
  const problem = await breach(`${pointer}/content/${escape(mediaType)}/schema`, body);
  if (problem) fail(`the body ${problem}`);
}

/** Compiling a schema takes far longer than using it. */
const validators: Record<string, Promise<Validator>> = {};

/** Tells what is wrong with a value that the schema at this JSON Pointer should describe; null when nothing is. */
export async function breach(pointer: string, value: unknown): Promise<string | null> {
  const target = `${base}#${pointer.split('/').map(encodeURIComponent).join('/')}`;
  const compiled = await (validators[target] ??= validate(target));
  const output = compiled(value as never, BASIC);
  if (output.valid) return null;
  return `breaks ${output.errors?.map(({ keyword, instanceLocation }) => `${keyword.split('/').pop() ?? ''} at ${instanceLocation}`).join(', ') ?? 'its schema'}`;
}

function findDeclared(method: string, path: string, status: number): Declared {
  const pathname = path.split('?')[0] ?? path;
  const [template, item] = matchPath(pathname);
  if (!item) return { operationId: null, pointer: `/components/responses/${status === 404 ? 'NotFound' : 'none'}` };
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = item[verb] as JsonObject | undefined;
  if (!operation) return { operationId: null, pointer: `/components/responses/${status === 405 ? 'MethodNotAllowed' : 'none'}` };
  const own = `/paths/${escape(template)}/${verb}/responses/${status}`;
  const source = (operation['responses'] as JsonObject)[String(status)];
  return { operationId: String(operation['operationId']), pointer: referenced(source) ?? own };
}

function matchPath(pathname: string): [string, JsonObject | undefined] {
  const paths = Object.entries(document['paths'] as Record<string, JsonObject>);
  const literal = paths.find(([template]) => template === pathname);
  const pattern = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return literal ?? paths.find(([template]) => pattern(template).test(pathname)) ?? [pathname, undefined];
}

function read(pointer: string): JsonObject | undefined {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>(
    (at, name) => (at as JsonObject | undefined)?.[name.replace(/~1/g, '/').replace(/~0/g, '~')],
    document,
  ) as JsonObject | undefined;
}

function referenced(node: unknown): string | undefined {
  return (node as { $ref?: string } | undefined)?.$ref?.replace(/^#/, '');
}

export function escape(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

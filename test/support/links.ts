// The contract's links (OpenAPI 3.1, section 4.8.20): lists them, and fills one in from a real
// request and its answer. Throws when an expression finds nothing, because a tool that follows the
// links would send a nonsense request.

import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';
import { read } from '../../src/contract/pointers.ts';
import type { Sample } from '../../src/contract/samples.ts';
import type { Received, Sent } from '../../tools/service/http.ts';
import { operations } from './operations.ts';

export interface Link {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly status: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A request to an operation, in the terms of the contract. */
export interface Call {
  readonly operationId: string;
  /** By their names in the contract. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

const { document } = loadContract();

export const links: readonly Link[] = Object.values(
  document['paths'] as Record<string, Record<string, JsonObject>>,
)
  .flatMap((item) => Object.values(item))
  .flatMap(({ operationId, responses }) =>
    Object.entries(responses as JsonObject).flatMap(([status, response]) =>
      Object.entries((resolve(document, response)['links'] ?? {}) as JsonObject).map(
        ([name, link]) => {
          const {
            operationId: target,
            parameters = {},
            requestBody: body,
          } = resolve(document, link);
          return {
            name,
            source: operationId,
            target,
            status: Number(status),
            parameters,
            body,
          } as Link;
        },
      ),
    ),
  );

/** @throws Error when the contract has no such operation, or the operation no such parameter */
export function toSent({ operationId, parameters = {}, body, token }: Call): Sent {
  const { method, template, parameters: declared } = sampleOf(operationId);
  const at = (place: string) =>
    Object.entries(parameters).filter(([name]) => placeOf(declared, name) === place);
  const path = at('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
    template,
  );
  const query = new URLSearchParams(
    Object.fromEntries(at('query').map(([name, value]) => [name, String(value)])),
  ).toString();
  const headers = Object.fromEntries(
    at('header').map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return {
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body,
  };
}

/** The request that the link describes. */
export function follow(link: Link, asked: Call, answer: Received): Call {
  const fill = (value: unknown) => evaluate(value, asked, answer);
  const parameters = Object.fromEntries(
    Object.entries(link.parameters).map(([name, value]) => [name, fill(value)]),
  );
  return { operationId: link.target, parameters, body: fillAll(link.body, fill) };
}

function fillAll(body: unknown, fill: (value: unknown) => unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return fill(body);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fill(value)]));
}

/** Evaluates a runtime expression (OpenAPI 3.1, section 4.8.20.4). Other values are constants. */
function evaluate(value: unknown, asked: Call, answer: Received): unknown {
  const [, from, source, rest] =
    /^\$(request|response)\.(body#|header\.|path\.)(.+)$/.exec(String(value)) ?? [];
  if (from === undefined || source === undefined || rest === undefined) {
    if (String(value).startsWith('$'))
      throw new Error(`${String(value)} is not a supported expression`);
    return value;
  }
  const found = {
    'body#': () => read((from === 'request' ? asked.body : answer.body) as JsonObject, rest),
    'header.': () => (from === 'response' ? answer.headers[rest.toLowerCase()] : undefined),
    'path.': () => (from === 'request' ? asked.parameters?.[rest] : undefined),
  }[source as 'body#' | 'header.' | 'path.']();
  if (found === undefined || found === null) throw new Error(`${String(value)} finds nothing`);
  return found;
}

function sampleOf(operationId: string): Sample {
  const sample = operations.find(({ id }) => id === operationId);
  if (!sample) throw new Error(`the contract has no operation ${operationId}`);
  return sample;
}

function placeOf(declared: Sample['parameters'], name: string): string {
  const parameter = declared.find((each) => each.name === name);
  if (!parameter) throw new Error(`the operation has no parameter ${name}`);
  return parameter.place;
}

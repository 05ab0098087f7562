// Creates a synthetic contract with any number of paths, and its handlers. Half of the paths are
// literal, half have a parameter, and each pair has its own prefix, as resources have. The last
// paths look the same for every number of paths.

import type { Contract, JsonObject } from '../../../src/contract/document.ts';
import type { Handlers } from '../../../src/contract/operations.ts';
import type { Caller, Client } from '../../../src/domain/callers/caller.ts';

export interface Synthetic {
  readonly contract: Contract;
  readonly handlers: Handlers<Caller, Client>;
}

/** @param paths the number of paths: a multiple of 10, at most 1,998 */
export function createSynthetic(paths: number): Synthetic {
  const resources = Array.from({ length: paths / 2 }, (_, index) => index + 1);
  const document = {
    openapi: '3.1.0',
    info: { title: 'Synthetic', version: '1.0.0' },
    paths: Object.fromEntries(resources.flatMap((number) => pathsOf(number))),
  };
  const handlers = Object.assign({}, ...resources.map(handlersOf)) as Handlers<Caller, Client>;
  return { contract: { yaml: '', document }, handlers };
}

/** The URLs of the last path of each kind. */
export function lastPaths(paths: number): { readonly literal: string; readonly parameter: string } {
  const name = nameOf(paths / 2);
  return { literal: `/api/${name}`, parameter: `/api/${name}/42/parts` };
}

/** Pads the number, so that all URLs have the same length. */
function nameOf(number: number): string {
  return `things-${String(number).padStart(3, '0')}`;
}

function pathsOf(number: number): [string, JsonObject][] {
  const name = nameOf(number);
  const thingId = {
    name: 'thingId',
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: '^[0-9]{1,9}$' },
  };
  // The query and the body never belong to the last paths, whose number is a multiple of five.
  const query = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } };
  const body = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const list = {
    operationId: `list-${name}`,
    ...(number % 5 === 1 && { parameters: [query] }),
    responses: { '200': reply('text/plain', { type: 'string' }) },
  };
  const create = {
    operationId: `create-${name}`,
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: { '201': reply('application/json', body) },
  };
  const parts = {
    operationId: `parts-${name}`,
    parameters: [thingId],
    responses: { '200': reply('application/json', {}) },
  };
  return [
    [`/api/${name}`, { get: list, ...(number % 5 === 2 && { post: create }) }],
    [`/api/${name}/{thingId}/parts`, { get: parts }],
  ];
}

function reply(mediaType: string, schema: JsonObject): JsonObject {
  return { description: 'Done.', content: { [mediaType]: { schema } } };
}

function handlersOf(number: number): JsonObject {
  const name = nameOf(number);
  return {
    [`list-${name}`]: () => Promise.resolve({ status: 200, body: 'all of them' }),
    [`parts-${name}`]: ({ params }: { params: JsonObject }) =>
      Promise.resolve({ status: 200, body: { of: params['thingId'] } }),
    ...(number % 5 === 2 && {
      [`create-${name}`]: ({ body }: JsonObject) => Promise.resolve({ status: 201, body }),
    }),
  };
}

// Turns the contract's operations into Express routes. Each operation has its own short chain,
// built once: authorise (if the contract requires a token), read the body (if there is one),
// validate (if there is something to validate), answer.

import { Router, type RequestHandler } from 'express';
import type { Operation } from '../contract/document.ts';
import type { Handlers, ReplyHeaders } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import type { Identify } from '../domain/callers/identify.ts';
import { AuthError } from '../domain/errors.ts';
import { createAuthorize } from './authorize.ts';
import { createReadBody } from './body.ts';
import { readCookies } from './cookies.ts';
import { localsOf } from './locals.ts';
import { pagePolicy } from './page-policy.ts';
import { createNode, findPath, plant, type Route } from './path-tree.ts';
import { send } from './send.ts';
import { type IsTrusted } from './trusted-origin.ts';
import type { Validator } from './validator.ts';

interface RouterParts {
  readonly operations: readonly Operation[];
  readonly handlers: Handlers<Caller, Client>;
  readonly identify: Identify;
  readonly validator: Validator;
  readonly isTrusted: IsTrusted;
}

export function createRouter({ operations, ...parts }: RouterParts): RequestHandler {
  const tree = createNode();
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const onPath = operations.filter((operation) => operation.path === path);
    plant(tree, path, createRoute(onPath, parts));
  }
  return function route(request, response, next) {
    const found = findPath(tree, request.path.split('/'));
    if (!found) {
      next();
      return;
    }
    request.params = found.params;
    found.route.dispatch(request, response, next);
  };
}

function createRoute(
  operations: readonly Operation[],
  parts: Omit<RouterParts, 'operations'>,
): Route {
  // Any path will do: the tree finds the route, and no router compares the path.
  const route = Router().route('/') as Route;
  for (const operation of operations) route[operation.method](...chainFor(operation, parts));
  const methods = operations.map(({ method }) => method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  // cors, which comes before the router, has already set the headers of a preflight's response.
  route.options((_request, response) => {
    response.status(204).set('Allow', allow).end();
  });
  route.all(() => {
    throw new AuthError('method_not_allowed', { headers: { Allow: allow } });
  });
  return route;
}

function chainFor(
  operation: Operation,
  { handlers, identify, validator, isTrusted }: Omit<RouterParts, 'operations'>,
): RequestHandler[] {
  const { security, requestSchemas, parameters, replies } = operation;
  const { request: validate, response: checkAnswer } = validator.stepsFor(operation);
  const alwaysValidate = parameters.length > 0 || requestSchemas.size > 0;
  return [
    (request, response, next) => {
      localsOf(response).operation = operation.id;
      // Express answers 304 by itself to a client that has the ETag. The contract must declare it
      // too.
      if (!replies.has(304)) delete request.headers['if-none-match'];
      next();
    },
    ...(checkAnswer ? [checkAnswer] : []),
    ...(security.length > 0 ? [createAuthorize(operation, identify, isTrusted)] : []),
    ...(parameters.some(({ place }) => place === 'cookie') ? [readCookies] : []),
    ...(requestSchemas.size > 0 ? [createReadBody(operation)] : []),
    // Without parameters and body, only a query string can break the contract.
    alwaysValidate ? validate : onlyWithQuery(validate),
    // Last, so that a response that is not a page does not carry this header.
    ...(isPage(operation) ? [pagePolicy] : []),
    createAnswer(operation, handlers, isTrusted),
  ];
}

function isPage({ replies }: Operation): boolean {
  return replies.get(200)?.mediaType === 'text/html';
}

function onlyWithQuery(validate: RequestHandler): RequestHandler {
  return function validateQuery(request, response, next) {
    if (request.url.includes('?')) void validate(request, response, next);
    else next();
  };
}

type AnyHandler = (request: object) => Promise<{
  readonly status: number;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: ReplyHeaders;
}>;

function createAnswer(
  { id, replies, parameters }: Operation,
  handlers: Handlers<Caller, Client>,
  isTrusted: IsTrusted,
): RequestHandler {
  // The only cast: the chain has validated the request, so it has the contract's types.
  const handler = handlers[id] as AnyHandler;
  const hasQuery = parameters.some(({ place }) => place === 'query');
  const headerNames = parameters.filter(({ place }) => place === 'header').map(({ name }) => name);
  return async function answer(request, response) {
    const { requestId, ip, caller, refusal, byCookie } = localsOf(response);
    const client: Client = {
      requestId,
      ip: ip?.slice(0, 64) ?? null,
      userAgent: request.headers['user-agent']?.slice(0, 256) ?? null,
      byCookie,
      isTrusted: () => isTrusted(request),
      prefersPage() {
        response.vary('Accept');
        return request.accepts(['json', 'html']) === 'html';
      },
    };
    const headers = Object.fromEntries(
      headerNames.map((name) => [name, request.headers[name.toLowerCase()]]),
    );
    const query = hasQuery ? request.query : {}; // Express parses it on each access
    const { params, cookies, body } = request as {
      params: object;
      cookies?: unknown;
      body?: unknown;
    };
    const given = { params, query, headers, cookies, body, client, caller, refusal };
    const reply = await handler(given);
    const form = replies.get(reply.status);
    if (!form) throw new Error(`${id} answered the undeclared status ${reply.status}`);
    send(
      response,
      reply.status,
      { ...form, headers: { ...form.headers, ...reply.headers } },
      reply.bytes ?? reply.body,
    );
  };
}

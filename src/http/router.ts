// Turns the contract's operations into Express routes. Each operation gets its own short chain, made once: authorise (where the contract
// asks for a token), read the body (where there is one), validate (where there is something to validate), answer.
// Express's routers match paths one after the other, so there is one for each literal beginning of a path, found in a map: a request costs
// the same however many paths the contract has (scripts/bench-paths.ts).

import { Router, type RequestHandler } from 'express';
import type { Operation } from '../contract/document.ts';
import type { Handlers } from '../contract/operations.ts';
import type { Caller, Identify } from '../domain/caller.ts';
import { AuthError } from '../domain/errors.ts';
import { createAuthorize } from './authorize.ts';
import { createReadBody } from './body.ts';
import { localsOf } from './locals.ts';
import { send } from './send.ts';
import type { Validator } from './validator.ts';

interface Parts {
  readonly operations: readonly Operation[];
  readonly handlers: Handlers<Caller>;
  readonly identify: Identify;
  readonly validator: Validator;
}

export async function createRouter({ operations, ...parts }: Parts): Promise<RequestHandler> {
  const routers = new Map<string, Router>();
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const onPath = operations.filter((operation) => operation.path === path);
    const beginning = literalBeginning(path);
    const router = routers.get(beginning) ?? Router({ caseSensitive: true, strict: true });
    routers.set(beginning, router);
    await mount(router, path, onPath, parts);
  }
  return function route(request, response, next) {
    const found = [...routersFor(request.path, routers)];
    const tryNext = (error?: unknown): void => {
      const router = error ? undefined : found.shift();
      if (router) router(request, response, tryNext);
      else next(error);
    };
    tryNext();
  };
}

async function mount(
  router: Router,
  path: string,
  operations: readonly Operation[],
  parts: Omit<Parts, 'operations'>,
): Promise<void> {
  const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
  for (const operation of operations) route[operation.method](...(await chainFor(operation, parts)));
  const methods = operations.map(({ method }) => method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  // The headers of a preflight's answer are there already: cors comes before the router.
  route.options((_request, response) => {
    response.status(204).set('Allow', allow).end();
  });
  route.all(() => {
    throw new AuthError('method_not_allowed', { headers: { Allow: allow } });
  });
}

async function chainFor(
  operation: Operation,
  { handlers, identify, validator }: Omit<Parts, 'operations'>,
): Promise<RequestHandler[]> {
  const { security, requestSchemas, hasParameters } = operation;
  const { request: validate, response: checkAnswer } = await validator.stepsFor(operation);
  const alwaysValidate = hasParameters || requestSchemas.size > 0;
  return [
    (_request, response, next) => {
      localsOf(response).operation = operation.id;
      next();
    },
    ...(checkAnswer ? [checkAnswer] : []),
    ...(security.length > 0 ? [createAuthorize(security, identify)] : []),
    ...(requestSchemas.size > 0 ? [createReadBody(operation)] : []),
    // Without parameters and body, only a query string can break the contract.
    alwaysValidate ? validate : onlyWithQuery(validate),
    createAnswer(operation, handlers),
  ];
}

function onlyWithQuery(validate: RequestHandler): RequestHandler {
  return function validateQuery(request, response, next) {
    if (request.url.includes('?')) void validate(request, response, next);
    else next();
  };
}

type AnyHandler = (request: object) => Promise<{ readonly status: number; readonly body?: unknown }>;

function createAnswer({ id, replies }: Operation, handlers: Handlers<Caller>): RequestHandler {
  // The one cast: what the chain before has validated is what the contract's types say.
  const handler = handlers[id] as AnyHandler;
  return async function answer(request, response) {
    const { params, query } = request;
    const { status, body } = await handler({ params, query, body: request.body as unknown, caller: localsOf(response).caller });
    const form = replies.get(status);
    if (!form) throw new Error(`${id} answered the undeclared status ${status}`);
    send(response, status, form, body);
  };
}

/** `/api/users/` for `/api/users/{userId}/roles`; all of a path that has no parameter. */
function literalBeginning(path: string): string {
  const parameter = path.indexOf('{');
  return parameter < 0 ? path : path.slice(0, path.lastIndexOf('/', parameter) + 1);
}

/** A path that is literal comes before one with parameters, and a longer beginning before a shorter one. */
function* routersFor(path: string, routers: ReadonlyMap<string, Router>): Generator<Router> {
  const literal = routers.get(path);
  if (literal) yield literal;
  for (let slash = path.lastIndexOf('/'); slash >= 0; slash = slash > 0 ? path.lastIndexOf('/', slash - 1) : -1) {
    const router = routers.get(path.slice(0, slash + 1));
    if (router && router !== literal) yield router;
  }
}

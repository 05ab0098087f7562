// The one place that knows express-openapi-validator. It is used as a set of steps, not as one global middleware: Express's router has
// found the operation already, and the library's own lookup compiles every path's regular expression on every request (measured: with
// 30 paths, 0.46 of bare Express). So its metadata is looked up once for each operation and handed to its steps ready-made.
//
// The library is loaded when the first request needs it, or by `warmUp`: its start takes as long as that of all the rest (0.3 s of the processor),
// and most of it can pass while the service answers already.

import type { Request, RequestHandler } from 'express';
import type { Contract, JsonObject, Operation, Parameter } from '../contract/document.ts';
import { AuthError, type Breach } from '../domain/errors.ts';
import { isJson } from './send.ts';

/** Made by the library's metadata step; only the library reads it. */
interface Metadata {
  readonly openApiRoute: string;
}
type ValidatedRequest = Request & { openapi?: Metadata & { pathParams: Record<string, string> } };

export interface OperationSteps {
  /** Refuses a request that breaks the contract. */
  readonly request: RequestHandler;
  /** Refuses our own answer when it breaks the contract; null in production, and where no answer is JSON, which is all that the library reads. */
  readonly response: RequestHandler | null;
}

export interface Validator {
  stepsFor(operation: Operation): OperationSteps;
  /**
   * Loads the library and finds the metadata of every operation that has steps. A request that comes before that waits for it.
   * @throws Error when the library is not the one that this was written for
   */
  warmUp(): Promise<void>;
}

interface ValidatorOptions {
  readonly contract: Contract;
  readonly validateResponses: boolean;
}

export function createValidator({ contract, validateResponses }: ValidatorOptions): Validator {
  const library = once(() => loadLibrary(contract, validateResponses));
  const metadata: (() => Promise<Metadata>)[] = [];

  return {
    stepsFor(operation) {
      const lookedUp = once(async () => lookUp((await library()).metadata, operation));
      metadata.push(lookedUp);
      const pinned = (name: 'request' | 'response'): RequestHandler => {
        return async function validate(request, response, next) {
          const { [name]: step } = await library();
          (request as ValidatedRequest).openapi = {
            ...(await lookedUp()),
            pathParams: request.params as Record<string, string>,
          };
          // The library compiles and keeps a schema for each media type that it meets; http/body.ts leaves only declared ones.
          if (operation.requestSchemas.size === 0) delete request.headers['content-type'];
          return step?.(request, response, (error?: unknown) => {
            next(error && toBreaches(error));
          });
        };
      };
      const validate = pinned('request');
      return {
        request(request, response, next) {
          refuseOddIntegers(request, operation.parameters);
          return validate(request, response, next);
        },
        response: validateResponses && answersJson(operation) ? pinned('response') : null,
      };
    },
    async warmUp() {
      for (const lookUpOne of metadata) await lookUpOne();
    },
  };
}

/** The library's steps; in production it has none for answers. */
interface Library {
  readonly metadata: RequestHandler;
  readonly request: RequestHandler;
  readonly response?: RequestHandler;
}

async function loadLibrary(contract: Contract, validateResponses: boolean): Promise<Library> {
  const { middleware } = await import('express-openapi-validator');
  const steps = middleware({
    apiSpec: withReserved(contract.document) as never,
    validateApiSpec: false, // a test holds the contract against OpenAPI's own schema, and start-up is 0.2 s shorter
    validateRequests: { allErrors: true },
    validateResponses,
    validateSecurity: false, // http/authorize.ts; see there
    fileUploader: false,
  }) as unknown as readonly RequestHandler[];
  const named = (name: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step)
      throw new Error(
        `this express-openapi-validator has no step ${name}; http/validator.ts was written for 5.6`,
      );
    return step;
  };
  return {
    metadata: named('metadataMiddleware'),
    request: named('requestMiddleware'),
    ...(validateResponses && { response: named('responseMiddleware') }),
  };
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}

function answersJson({ replies }: Operation): boolean {
  return [...replies].some(
    ([status, { mediaType }]) => status < 400 && mediaType !== null && isJson(mediaType),
  );
}

/**
 * A copy, since the library writes into the document that it is given. In it, every query parameter may hold reserved characters: RFC 3986,
 * section 3.4, lets `:` and `/` stand in a query as they are, and the library would refuse a time in it.
 */
function withReserved(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document), (_name, node: JsonObject | null) => {
    return node?.['in'] === 'query' ? { ...node, allowReserved: true } : node;
  }) as JsonObject;
}

/** Asks the metadata step about a request that stands for all of the operation's. */
async function lookUp(step: RequestHandler, { method, path }: Operation): Promise<Metadata> {
  const sample = path.replace(/\{[^}]+\}/g, '0');
  const probe = {
    method: method.toUpperCase(),
    path: sample,
    originalUrl: sample,
    baseUrl: '',
    app: { enabled: () => true },
  };
  await new Promise<void>((resolve, reject) => {
    step(probe as never, {} as never, (error?: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
  const metadata = (probe as unknown as ValidatedRequest).openapi;
  if (metadata?.openApiRoute !== path)
    throw new Error(
      `express-openapi-validator takes ${sample} for ${metadata?.openApiRoute ?? 'no path'}`,
    );
  return metadata;
}

/**
 * The library takes whatever JavaScript makes a number of (`0x1`, `1e0`, ` 1`, `01`), and holds the infinity that 400 digits are against no
 * bounds. One user has one address.
 */
function refuseOddIntegers({ params, query }: Request, parameters: readonly Parameter[]): void {
  const breaches = parameters.flatMap(({ name, place, isInteger }) => {
    const text = place === 'path' ? params[name] : place === 'query' ? query[name] : undefined;
    if (!isInteger || typeof text !== 'string' || isDecimal(text)) return [];
    return [
      { path: `/${place === 'path' ? 'params' : place}/${name}`, message: 'must be integer' },
    ];
  });
  if (breaches.length > 0) throw new AuthError('validation_failed', { breaches });
}

function isDecimal(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isFinite(Number(text));
}

interface LibraryError {
  readonly status?: number;
  readonly path?: string;
  readonly message: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** A breach of the contract, with where and why; every other error stays what it is. */
function toBreaches(error: unknown): unknown {
  const { status, path, message, errors } = error as LibraryError;
  if (status !== 400) return error;
  const breaches: Breach[] = errors?.map((breach) => ({
    path: breach.path || '/body/',
    message: breach.message,
  })) ?? [{ path: path ?? '/', message }];
  return new AuthError('validation_failed', { breaches });
}

// The one place that knows express-openapi-validator. It is used as a set of steps, not as one
// global middleware. Express's router has already found the operation, and the library's own lookup
// compiles every path's regular expression on every request (measured: with 30 paths, 0.46 of bare
// Express). So the metadata of each operation is looked up once and passed to the library's steps.
//
// The first request that needs the library loads it, or `warmUp` does. Its start takes as long as
// all the rest (0.3 s of the processor). Most of it can run while the service already answers.
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
  /**
   * Refuses our own response when it breaks the contract. `null` in production, and when no
   * response is JSON, because the library reads only JSON.
   */
  readonly response: RequestHandler | null;
}

export interface Validator {
  stepsFor(operation: Operation): OperationSteps;
  /**
   * Loads the library and finds the metadata of every operation that has steps. Requests that
   * arrive earlier wait for it.
   * @throws Error when the library does not have the version that this code supports
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
          // The library compiles and keeps a schema for each media type that it sees. http/body.ts
          // passes only declared ones.
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

/** The library's steps. In production there is no step for responses. */
interface Library {
  readonly metadata: RequestHandler;
  readonly request: RequestHandler;
  readonly response?: RequestHandler;
}

async function loadLibrary(contract: Contract, validateResponses: boolean): Promise<Library> {
  const { middleware } = await import('express-openapi-validator');
  const steps = middleware({
    apiSpec: withReserved(contract.document) as never,
    // A test validates the contract against OpenAPI's own schema; start-up is 0.2 s shorter.
    validateApiSpec: false,
    validateRequests: { allErrors: true },
    validateResponses,
    validateSecurity: false, // http/authorize.ts does it
    fileUploader: false,
  }) as unknown as readonly RequestHandler[];
  const named = (name: string) => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step)
      throw new Error(
        `express-openapi-validator has no step ${name}; http/validator.ts supports version 5.6`,
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
 * A copy of the contract, because the library modifies the document that it receives. In the copy,
 * every query parameter may hold reserved characters. RFC 3986, section 3.4, allows `:` and `/` in
 * a query, and the library would refuse a time there.
 */
function withReserved(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document), (_name, node: JsonObject | null) => {
    return node?.['in'] === 'query' ? { ...node, allowReserved: true } : node;
  }) as JsonObject;
}

/**
 * Runs the metadata step on a sample request of the operation.
 * @throws Error when the library finds another path
 */
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
      `express-openapi-validator finds ${metadata?.openApiRoute ?? 'no path'} for ${sample}`,
    );
  return metadata;
}

/**
 * Refuses integers that are not plain decimals. The library accepts every text that JavaScript
 * converts to a number (`0x1`, `1e0`, ` 1`, `01`). 400 digits become infinity, and it checks that
 * against no bounds. One user has one address.
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

/** Translates a breach of the contract, with place and reason; returns other errors unchanged. */
function toBreaches(error: unknown): unknown {
  const { status, path, message, errors } = error as LibraryError;
  if (status !== 400) return error;
  const breaches: Breach[] = errors?.map((breach) => ({
    path: breach.path || '/body/',
    message: breach.message,
  })) ?? [{ path: path ?? '/', message }];
  return new AuthError('validation_failed', { breaches });
}

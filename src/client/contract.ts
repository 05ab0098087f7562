// The contract's types for callers: the paths of a method, the options of a request, the reply of a
// success. Contains types only, all derived from the generated ones.

import type { ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type { components, paths } from '../contract/openapi.gen.ts';

/** Every schema of the contract, by name: `Schemas['SignInReply']`. */
export type Schemas = components['schemas'];
/** The codes of errors. The list is closed, and a code never changes its meaning. */
export type ErrorCode = Schemas['ErrorCode'];
/** A role as requests name it: `admin`. */
export type Role = Schemas['Role'];
/** A role as answers name it: `ROLE_ADMIN`. */
export type Authority = Schemas['Authority'];

/** The methods of the contract's operations, as the client names them. */
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Media types that browsers request by themselves and programs do not call. */
type ForBrowsers = 'text/html' | 'text/javascript' | 'text/css';
type MediaOf<Found> = Found extends { responses: { 200: { content: infer Media } } }
  ? keyof Media
  : never;

/**
 * The paths that have an operation with this method, without the documentation pages and their
 * files.
 */
export type PathsOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, infer Found>
    ? [MediaOf<Found> & ForBrowsers] extends [never]
      ? Path
      : never
    : never;
}[keyof paths];

type Operation<M extends Method, Path extends keyof paths> =
  paths[Path] extends Record<M, infer Found> ? Found : never;

/**
 * The options of a request: `body` and `params` as the operation requires them, and the two below.
 */
export type RequestOptions<M extends Method, Path extends keyof paths> = ParamsOption<
  Operation<M, Path>
> &
  RequestBodyOption<Operation<M, Path>> & {
    /**
     * Aborts the request, the wait before a retry, and the wait for new tokens. The promise rejects
     * with the signal's reason.
     */
    readonly signal?: AbortSignal | undefined;
    /** More headers for this request. */
    readonly headers?: Readonly<Record<string, string>> | undefined;
  };

type Success = 200 | 201 | 202 | 204;

/** The body of an operation's success; `undefined` if it has none. */
export type Reply<M extends Method, Path extends keyof paths> =
  Operation<M, Path> extends { responses: infer Responses }
    ? {
        [Status in keyof Responses & Success]: Responses[Status] extends { content: infer Media }
          ? Media[keyof Media]
          : undefined;
      }[keyof Responses & Success]
    : never;

/** Optional if the operation requires nothing. */
type Rest<Options> = Partial<Options> extends Options ? [options?: Options] : [options: Options];

/**
 * A success with status and headers: for callers that need a header, such as the `ETag` of a user.
 */
export interface Answer<Body> {
  /** The HTTP status. */
  readonly status: number;
  /** From another origin, a page sees only the headers that the service exposes. */
  readonly headers: Headers;
  /** The parsed body; `undefined` if the operation has none. */
  readonly body: Body;
}

/** Sends a request and returns the body of a success. */
export type Call<M extends Method> = <Path extends PathsOf<M>>(
  path: Path,
  ...options: Rest<RequestOptions<M, Path>>
) => Promise<Reply<M, Path>>;

/** Sends a request and returns a success with status and headers. */
export type CallForAnswer = <M extends Method, Path extends PathsOf<M>>(
  method: M,
  path: Path,
  ...options: Rest<RequestOptions<M, Path>>
) => Promise<Answer<Reply<M, Path>>>;

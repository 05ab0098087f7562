// The contract as a caller sees it: which paths a method has, what a request takes, what a success answers. Types only; all of them follow
// from the generated ones.

import type { ParamsOption, RequestBodyOption } from 'openapi-fetch';
import type { components, paths } from '../contract/openapi.gen.ts';

/** Every schema of the contract, by name: `Schemas['SignInReply']`. */
export type Schemas = components['schemas'];
/** The codes that errors have: a closed list, and permanent. */
export type ErrorCode = Schemas['ErrorCode'];
/** A role as requests name it: `admin`. */
export type Role = Schemas['Role'];
/** A role as answers name it: `ROLE_ADMIN`. */
export type Authority = Schemas['Authority'];

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What browsers ask for by themselves, and nobody calls. */
type ForBrowsers = 'text/html' | 'text/javascript' | 'text/css';
type MediaOf<Found> = Found extends { responses: { 200: { content: infer Media } } }
  ? keyof Media
  : never;

/** The paths that have an operation with this method. The documentation pages and their files are not among them. */
export type PathsOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Record<M, infer Found>
    ? [MediaOf<Found> & ForBrowsers] extends [never]
      ? Path
      : never
    : never;
}[keyof paths];

type Operation<M extends Method, Path extends keyof paths> =
  paths[Path] extends Record<M, infer Found> ? Found : never;

/** What may be given with a request: `body` and `params` as the operation asks for them. */
export type RequestOptions<M extends Method, Path extends keyof paths> = ParamsOption<
  Operation<M, Path>
> &
  RequestBodyOption<Operation<M, Path>> & {
    /** Ends the request, the waiting before another try, and the waiting for new tokens. The promise is rejected with its reason. */
    readonly signal?: AbortSignal | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  };

type Success = 200 | 201 | 202 | 204;

/** The body of an operation's success; `undefined` where it has none. */
export type Reply<M extends Method, Path extends keyof paths> =
  Operation<M, Path> extends { responses: infer Responses }
    ? {
        [Status in keyof Responses & Success]: Responses[Status] extends { content: infer Media }
          ? Media[keyof Media]
          : undefined;
      }[keyof Responses & Success]
    : never;

/** Optional where the operation asks for nothing. */
type Rest<Options> = Partial<Options> extends Options ? [options?: Options] : [options: Options];

/** A success as a whole: for those who need a header of it, such as the `ETag` of a user. */
export interface Answer<Body> {
  readonly status: number;
  /** Of another origin, a page sees those that the service exposes. */
  readonly headers: Headers;
  readonly body: Body;
}

/** Answers the body of a success. */
export type Call<M extends Method> = <Path extends PathsOf<M>>(
  path: Path,
  ...options: Rest<RequestOptions<M, Path>>
) => Promise<Reply<M, Path>>;

/** Answers a success as a whole. */
export type CallForAnswer = <M extends Method, Path extends PathsOf<M>>(
  method: M,
  path: Path,
  ...options: Rest<RequestOptions<M, Path>>
) => Promise<Answer<Reply<M, Path>>>;

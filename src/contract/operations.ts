// The contract's types: the request of a handler, the replies it may return, and the registry of
// exactly one handler for each operation. All of it is derived from the generated file and does not
// exist at run time.

import type {
  components,
  operations,
  OptionalTokenOperationId,
  SecuredOperationId,
} from './openapi.gen.ts';

export type OperationId = keyof operations;
export type ErrorCode = components['schemas']['ErrorCode'];
export type Role = components['schemas']['Role'];
export type Authority = components['schemas']['Authority'];

/**
 * The validated request that a handler gets. `caller` exists exactly where the contract requires a
 * token. `Caller` and `Client` are the service's own types: the contract only says where a caller
 * is needed.
 */
export type OperationRequest<Id extends OperationId, Caller, Client> = {
  readonly params: Parameters<Id, 'path'>;
  readonly query: Parameters<Id, 'query'>;
  /** The declared headers, as the contract spells them. */
  readonly headers: Parameters<Id, 'header'>;
  readonly cookies: Parameters<Id, 'cookie'>;
  readonly body: RequestBody<operations[Id]>;
  readonly client: Client;
} & (Id extends SecuredOperationId ? { readonly caller: Caller } : unknown) &
  (Id extends OptionalTokenOperationId ? OptionalCaller<Caller> : unknown);

/** The caller where a token is optional, or else why there is none: an error to throw. */
export type OptionalCaller<Caller> =
  | { readonly caller: Caller; readonly refusal?: undefined }
  | { readonly caller?: undefined; readonly refusal: Error };

/**
 * The replies of a handler: the successes that the contract declares. A failure is thrown, never
 * returned.
 */
export type OperationReply<Id extends OperationId> = Replies<operations[Id]['responses']>;

/** Exactly one handler for each operation of the contract. */
export type Handlers<Caller, Client> = {
  readonly [Id in OperationId]: (
    request: OperationRequest<Id, Caller, Client>,
  ) => Promise<OperationReply<Id>>;
};

/** Headers that the contract fixes with `const` are added automatically. */
export type ReplyHeaders = Readonly<Record<string, string | string[]>>;

type Parameters<Id extends OperationId, Place extends 'path' | 'query' | 'header' | 'cookie'> =
  NonNullable<operations[Id]['parameters'][Place]> extends infer Declared
    ? [Declared] extends [never]
      ? Readonly<Record<never, never>>
      : Readonly<Declared>
    : never;

type RequestBody<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : Operation extends { requestBody?: { content: infer Content } }
    ? Content[keyof Content] | undefined
    : undefined;

type Replies<Responses> = {
  [Status in keyof Responses]: Status extends number
    ? `${Status}` extends `2${string}` | `3${string}`
      ? { readonly status: Status; readonly headers?: ReplyHeaders } & Content<Responses[Status]>
      : never
    : never;
}[keyof Responses];

/**
 * `bytes`: the body of a document that never changes, encoded once. It is sent in place of `body`,
 * so that a thousand requests for a large document do not encode it a thousand times.
 */
type Content<Response> = Response extends { content: infer Media }
  ? { readonly body: Media[keyof Media]; readonly bytes?: Uint8Array }
  : { readonly body?: never };

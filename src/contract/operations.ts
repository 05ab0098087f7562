// The contract as TypeScript sees it: what a handler is given, what it may return, and the registry that holds exactly one handler
// for each operation. Everything here is derived from the generated file and vanishes at run time.

import type { components, operations, SecuredOperationId } from './openapi.gen.ts';

export type OperationId = keyof operations;
export type ErrorCode = components['schemas']['ErrorCode'];
export type Role = components['schemas']['Role'];
export type Authority = components['schemas']['Authority'];

/**
 * What a handler is given: the validated request. `caller` is there exactly where the contract asks for a token.
 * `Caller` and `Client` are the service's own types: the contract does not know who calls and from where, only where a caller is needed.
 */
export type OperationRequest<Id extends OperationId, Caller, Client> = {
  readonly params: Parameters<Id, 'path'>;
  readonly query: Parameters<Id, 'query'>;
  /** The declared ones, by the contract's spelling. */
  readonly headers: Parameters<Id, 'header'>;
  readonly cookies: Parameters<Id, 'cookie'>;
  readonly body: RequestBody<operations[Id]>;
  readonly client: Client;
} & (Id extends SecuredOperationId ? { readonly caller: Caller } : unknown);

/** What a handler may return: one of the successes that the contract declares. A failure is thrown, never returned. */
export type OperationReply<Id extends OperationId> = Replies<operations[Id]['responses']>;

/** One handler for each operation of the contract, no more and no less. */
export type Handlers<Caller, Client> = {
  readonly [Id in OperationId]: (
    request: OperationRequest<Id, Caller, Client>,
  ) => Promise<OperationReply<Id>>;
};

/** Those that the contract fixes with `const` come by themselves. */
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

type Content<Response> = Response extends { content: infer Media }
  ? { readonly body: Media[keyof Media] }
  : { readonly body?: never };

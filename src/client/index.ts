// `rolegate/client`: everything that users may import. Names that are not exported here are not
// public.

export { createClient, type Client, type ClientOptions, type SignInCredentials } from './client.ts';
export {
  isRolegateError,
  isUnreachable,
  RolegateError,
  UnreachableError,
  type Breach,
} from './errors.ts';
export { webStorage, type Awaitable, type Tokens, type TokenStorage } from './storage.ts';
export type { Lock } from './lock.ts';
export type {
  Answer,
  Authority,
  Call,
  CallForAnswer,
  ErrorCode,
  Method,
  PathsOf,
  Reply,
  RequestOptions,
  Role,
  Schemas,
} from './contract.ts';

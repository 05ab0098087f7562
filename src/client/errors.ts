// The two ways in which a request fails: the service said no, or there was no answer of the service. Nothing else is made into either: what an
// AbortSignal or the user's own storage throws reaches the caller as it is.

import type { ErrorCode, Schemas } from './contract.ts';

/** Where a request breaks the contract (a JSON Pointer such as `/body/username`), and why. */
export type Breach = Schemas['Breach'];

/** The service refused. Branch on `code`; `message` can be shown to people. */
export class RolegateError extends Error {
  override name = 'RolegateError';
  /** A service that is newer than this client may send a code that the type does not list: keep a default branch. */
  readonly code: ErrorCode;
  /** The HTTP status. */
  readonly status: number;
  /** What the service's log knows this request by. */
  readonly requestId: string;
  /** What is wrong with which member, with `validation_failed` and `weak_password`; else empty. */
  readonly errors: readonly Breach[];
  /** Seconds after which another try makes sense, where the service says so. */
  readonly retryAfter: number | null;

  constructor(
    { code, message, status, requestId, errors = [] }: Schemas['Problem'],
    retryAfter: number | null = null,
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/**
 * No answer of the service came: the network failed (`status` is null, `cause` has the reason), or something on the way answered in its
 * place, such as a proxy with a page of HTML (`status` is that answer's). Whether the request had an effect is unknown.
 */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** `if (isRolegateError(error) && error.code === 'username_taken') …` */
export function isRolegateError(error: unknown): error is RolegateError {
  return error instanceof RolegateError;
}

export function isUnreachable(error: unknown): error is UnreachableError {
  return error instanceof UnreachableError;
}

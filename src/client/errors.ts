// The two errors of a request: the service refused it, or the service did not answer. All other
// errors, of an AbortSignal or of the user's storage, reach the caller unchanged.

import type { ErrorCode, Schemas } from './contract.ts';

/** Where a request violates the contract (a JSON Pointer such as `/body/username`), and why. */
export type Breach = Schemas['Breach'];

/** The service refused the request. Branch on `code`; `message` can be shown to people. */
export class RolegateError extends Error {
  override name = 'RolegateError';
  /**
   * The reason of the refusal. A newer service may send a code that this type does not list: keep a
   * default branch.
   */
  readonly code: ErrorCode;
  /** The HTTP status. */
  readonly status: number;
  /** The id of this request in the service's log. */
  readonly requestId: string;
  /** The invalid members, with `validation_failed` and `weak_password`; otherwise empty. */
  readonly errors: readonly Breach[];
  /** Seconds after which a retry makes sense; `null` if the service does not say. */
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
 * The service did not answer. Either the network failed (`status` is null, `cause` has the reason),
 * or something between answered instead, for example a proxy with an HTML page (`status` is that
 * answer's). It is unknown whether the request had an effect.
 */
export class UnreachableError extends Error {
  override name = 'UnreachableError';
  /** The status of the foreign answer; `null` if the network failed. */
  readonly status: number | null;

  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/**
 * Whether the service refused the request.
 *
 * @example
 * ```ts
 * try {
 *   await client.signUp({ username, email, password });
 * } catch (error) {
 *   if (!isRolegateError(error)) throw error;
 *   if (error.code === 'username_taken') show(error.message);
 * }
 * ```
 */
export function isRolegateError(error: unknown): error is RolegateError {
  return error instanceof RolegateError;
}

/**
 * Whether the service did not answer. The request may have had an effect.
 *
 * @example
 * ```ts
 * try {
 *   await client.get('/api/account');
 * } catch (error) {
 *   if (isUnreachable(error)) show('The service cannot be reached. Try again in a moment.');
 *   else throw error;
 * }
 * ```
 */
export function isUnreachable(error: unknown): error is UnreachableError {
  return error instanceof UnreachableError;
}

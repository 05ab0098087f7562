// The known failures of this service. A code is permanent and public; `cause` is only for the log.
// The one error handler turns failures into responses, so this file knows no HTTP and no status.

import { isUnavailable } from '../db/errors.ts';

export type AuthErrorCode =
  | 'validation_failed'
  | 'malformed_body'
  | 'username_taken'
  | 'email_taken'
  | 'weak_password'
  | 'role_required'
  | 'invalid_credentials'
  | 'token_missing'
  | 'token_invalid'
  | 'token_expired'
  | 'refresh_token_invalid'
  | 'refresh_token_expired'
  | 'refresh_token_reused'
  | 'password_wrong'
  | 'one_time_token_invalid'
  | 'email_not_verified'
  | 'cross_site_request'
  | 'last_admin'
  | 'version_conflict'
  | 'not_found'
  | 'method_not_allowed'
  | 'body_too_large'
  | 'unsupported_media_type'
  | 'unavailable'
  | 'internal_error';

/** One breach of the contract. `path` is a JSON Pointer into the request. */
export interface Breach {
  readonly path: string;
  readonly message: string;
}

interface Details {
  /**
   * Public; replaces the code's default text. Never built from a secret or another error's text.
   */
  readonly message?: string;
  readonly breaches?: readonly Breach[];
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly cause?: unknown;
}

export class AuthError extends Error {
  override name = 'AuthError';
  readonly code: AuthErrorCode;
  readonly publicMessage: string | undefined;
  readonly breaches: readonly Breach[];
  readonly headers: Readonly<Record<string, string | string[]>>;

  constructor(code: AuthErrorCode, { message, breaches = [], headers = {}, cause }: Details = {}) {
    super(message ?? code, cause === undefined ? undefined : { cause });
    this.code = code;
    this.publicMessage = message;
    this.breaches = breaches;
    this.headers = headers;
  }
}

/**
 * Returns an AuthError unchanged. Any other error becomes `unavailable` when the database cannot be
 * reached, and `internal_error` otherwise.
 */
export function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  return new AuthError(isUnavailable(error) ? 'unavailable' : 'internal_error', { cause: error });
}

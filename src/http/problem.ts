// The public form of each failure, by code: status, text and headers. A code without a row does not
// compile, and neither does a code that the contract does not list.

import { STATUS_CODES } from 'node:http';
import type { ErrorCode } from '../contract/operations.ts';
import type { components } from '../contract/openapi.gen.ts';
import type { AuthError, AuthErrorCode } from '../domain/errors.ts';

export type Problem = components['schemas']['Problem'];

interface Row {
  readonly status: number;
  /** Public, and permanent: existing clients show it. */
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** RFC 6750, section 3: the challenge to a request without a token names no error. */
const challenge = { 'WWW-Authenticate': 'Bearer' };
const refusal = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };

const rows = {
  validation_failed: { status: 400, message: 'The request breaks the contract.' },
  malformed_body: { status: 400, message: 'The body is not valid JSON, or not valid UTF-8.' },
  username_taken: { status: 400, message: 'Failed! Username is already in use!' },
  email_taken: { status: 400, message: 'Failed! Email is already in use!' },
  weak_password: { status: 400, message: 'This password is too easy to guess.' },
  role_required: { status: 403, message: 'Require another Role!' },
  invalid_credentials: {
    status: 401,
    message: 'Invalid username or password!',
    headers: challenge,
  },
  token_missing: { status: 401, message: 'No token provided!', headers: challenge },
  token_invalid: { status: 401, message: 'Unauthorized!', headers: refusal },
  token_expired: { status: 401, message: 'Unauthorized!', headers: refusal },
  refresh_token_invalid: {
    status: 401,
    message: 'This refresh token is not valid. Sign in again.',
    headers: refusal,
  },
  refresh_token_expired: {
    status: 401,
    message: 'The session has expired. Sign in again.',
    headers: refusal,
  },
  refresh_token_reused: {
    status: 401,
    message: 'This refresh token was used before, so its session was ended. Sign in again.',
    headers: refusal,
  },
  password_wrong: { status: 403, message: "This is not the account's password." },
  one_time_token_invalid: {
    status: 400,
    message: 'This link is not valid any more. Ask for a new one.',
  },
  email_not_verified: {
    status: 403,
    message: 'Verify your e-mail address first. Ask for a link if you have none.',
  },
  cross_site_request: {
    status: 403,
    message:
      "Requests with cookies must come from the service's own origin, or from one of CORS_ORIGINS.",
  },
  last_admin: {
    status: 409,
    message: 'The last admin cannot be removed. Make somebody else an admin first.',
  },
  version_conflict: {
    status: 412,
    message: 'The user has changed since it was read. Read it again.',
  },
  not_found: { status: 404, message: 'No operation has this path.' },
  method_not_allowed: { status: 405, message: 'This path does not know this method.' },
  body_too_large: { status: 413, message: 'The body is over 16 KiB.' },
  unsupported_media_type: {
    status: 415,
    message: 'The body is of another media type than this operation takes.',
  },
  unavailable: {
    status: 503,
    message: 'The service is not available right now. Try again in a moment.',
    headers: { 'Retry-After': '2' },
  },
  internal_error: { status: 500, message: 'Internal server error!' },
} satisfies Record<ErrorCode, Row> & Record<AuthErrorCode, Row>;

/** Maximum number of breaches in a response, and maximum lengths of texts; as in the contract. */
const longestList = 20;
const longestPath = 200;
const longestText = 500;

/** The response to a failure: status, headers and body (RFC 9457). */
export function toProblem(
  error: AuthError,
  requestId: string,
): { status: number; headers: Record<string, string | string[]>; body: Problem } {
  const row: Row = rows[error.code];
  const errors = error.breaches.slice(0, longestList).map(({ path, message }) => ({
    path: path.slice(0, longestPath),
    message: message.slice(0, longestText),
  }));
  const [first] = errors;
  const message = error.publicMessage ?? (first ? `${first.path} ${first.message}` : row.message);
  return {
    status: row.status,
    headers: { ...row.headers, ...error.headers },
    body: {
      title: STATUS_CODES[row.status] ?? 'Error',
      status: row.status,
      detail: message,
      code: error.code,
      message,
      requestId,
      ...(errors.length > 0 && { errors }),
    },
  };
}

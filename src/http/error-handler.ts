// The one place where a failure becomes a response. The public part comes from the table in
// problem.ts; the cause goes to the log.

import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AuthError, toAuthError } from '../domain/errors.ts';
import { localsOf } from './locals.ts';
import { toProblem } from './problem.ts';
import { send } from './send.ts';

/** `reportOutage` returns true for an error that it logs itself, once for many requests. */
export function createErrorHandler(
  logger: Logger,
  reportOutage: (error: unknown) => boolean,
): ErrorRequestHandler {
  // Express recognises an error handler by its four parameters.
  return function handleError(error: unknown, _request, response, _next) {
    const { requestId, operation } = localsOf(response);
    const failure = toAuthError(error);
    if (failure.cause !== undefined && !reportOutage(failure.cause)) {
      const level = failure.code === 'internal_error' ? 'error' : 'warn';
      logger[level](
        { requestId, operation, code: failure.code, err: failure.cause },
        'request failed',
      );
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, headers, body } = toProblem(failure, requestId);
    const fixed = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers };
    send(response, status, { mediaType: 'application/problem+json', headers: fixed }, body);
  };
}

export const notFound: RequestHandler = () => {
  throw new AuthError('not_found');
};

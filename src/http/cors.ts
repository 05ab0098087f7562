// The CORS headers, which let pages of other origins read responses: only pages of the configured
// origins.

import cors, { type CorsOptionsDelegate } from 'cors';
import type { RequestHandler } from 'express';

/** A request without `Origin` gets only `Vary: Origin`, because the response to a page differs. */
export function createCors(origins: readonly string[]): RequestHandler {
  const answerPage = cors(corsFor(origins));
  return function answerOrigin(request, response, next) {
    if (request.headers.origin !== undefined) {
      answerPage(request, response, next);
      return;
    }
    response.setHeader('Vary', 'Origin');
    next();
  };
}

/** Allows the configured origins, with credentials, and no others. */
function corsFor(origins: readonly string[]): CorsOptionsDelegate {
  return ({ headers }, done) => {
    const origin = headers.origin;
    const known = typeof origin === 'string' && origins.includes(origin);
    done(null, {
      origin: [...origins],
      credentials: known,
      exposedHeaders,
      maxAge: 600,
      preflightContinue: true,
    });
  };
}

/** Headers that a page of another origin may read, besides those that every page may read. */
const exposedHeaders = [
  'X-Request-Id',
  'WWW-Authenticate',
  'Retry-After',
  'Allow',
  'ETag',
  'Location',
];

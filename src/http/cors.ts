// The headers that let pages of other origins read answers (CORS): those of the configured origins, and no others.

import cors, { type CorsOptionsDelegate } from 'cors';
import type { RequestHandler } from 'express';

/** Of a request that no page sends, only that the answer would be another for one. */
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

/** Credentials for the configured origins, and not a word to others. */
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

/** What a page of another origin may read beside the headers that every page may. */
const exposedHeaders = [
  'X-Request-Id',
  'WWW-Authenticate',
  'Retry-After',
  'Allow',
  'ETag',
  'Location',
];

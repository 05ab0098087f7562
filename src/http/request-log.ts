// Gives each request its id and writes its one log line. Logs no header, no body and no query
// string: any of them may hold a secret.

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { localsOf } from './locals.ts';

/** The contract's `RequestId`. Safe in a log line, a header and a JSON text. */
const sane = /^[A-Za-z0-9._~:+/=@-]{1,128}$/;

export function createRequestLog(logger: Logger): RequestHandler {
  // No redaction: the line has only the members listed below, and none of them is ever redacted.
  // The search for such members would cost as much as the rest of the line.
  const lines = logger.child({}, { redact: [] });
  return function logRequest(request, response, next) {
    const start = performance.now();
    const sent = request.get('x-request-id');
    const requestId = sent !== undefined && sane.test(sent) ? sent : randomUUID();
    const locals = localsOf(response);
    locals.requestId = requestId;
    locals.ip = request.ip;
    response.setHeader('X-Request-Id', requestId);
    const { method, path } = request;

    // 'close' is also emitted when the client disconnects before the response is sent.
    response.on('close', () => {
      const { operation, ip } = locals;
      // Node also marks a response as finished that it has written to no client.
      const isAnswered = response.writableFinished && request.errored === null;
      const line = {
        requestId,
        operation,
        ...(operation === undefined && { path: path.slice(0, 200) }),
        method,
        status: isAnswered ? response.statusCode : null,
        duration: Math.round((performance.now() - start) * 100) / 100,
        ip,
      };
      lines.info(line, isAnswered ? 'request' : 'request aborted');
    });
    next();
  };
}

// Gives each request its id and writes its one log line. Logs no header, no body and no query string: any of them may hold a secret.

import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { localsOf } from './locals.ts';

/** As the contract's `RequestId`. Harmless in a log line, a header and a JSON text. */
const sane = /^[A-Za-z0-9._~:+/=@-]{1,128}$/;

export function createRequestLog(logger: Logger): RequestHandler {
  return function logRequest(request, response, next) {
    const start = performance.now();
    const sent = request.get('x-request-id');
    const requestId = sent !== undefined && sane.test(sent) ? sent : randomUUID();
    const locals = localsOf(response);
    locals.requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    const { method, path, ip } = request; // the address is gone with the socket

    // 'close' also comes when the client goes away before the answer does.
    response.once('close', () => {
      const { operation } = locals;
      const line = {
        requestId,
        operation,
        ...(operation === undefined && { path: path.slice(0, 200) }),
        method,
        status: response.writableFinished ? response.statusCode : null,
        duration: Math.round((performance.now() - start) * 100) / 100,
        ip,
      };
      logger.info(line, response.writableFinished ? 'request' : 'request aborted');
    });
    next();
  };
}

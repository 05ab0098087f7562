// Decides whether a request comes from a page that may send it. Defends against cross-site request
// forgery: a browser adds cookies to every request that any page makes it send. So a request that
// changes something, and has only a cookie, must come from our own origin or a configured one.
// A page cannot set `Sec-Fetch-Site` or `Origin` (Fetch Standard, forbidden request-headers; OWASP,
// CSRF Prevention Cheat Sheet).

import type { Request } from 'express';

export type IsTrusted = (request: Request) => boolean;

export function createIsTrusted(origins: readonly string[]): IsTrusted {
  return function isTrusted(request) {
    const { origin } = request.headers;
    if (origin !== undefined && origins.includes(origin)) return true;
    const site = request.headers['sec-fetch-site'];
    // A client that sends neither header is not a current browser. It should not send its token in
    // a cookie.
    if (site === undefined)
      return origin !== undefined && origin === `${request.protocol}://${request.host}`;
    return site === 'same-origin' || site === 'none';
  };
}

/** The safe methods of RFC 9110, section 9.2.1. */
export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}

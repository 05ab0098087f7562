// Tells whether a browser's page that may do so sent a request. Defends against cross-site request forgery: a browser adds cookies to whatever
// any page makes it send, so what changes something and comes with a cookie alone must come from our own origin or a configured one.
// `Sec-Fetch-Site` and `Origin` cannot be set by a page (Fetch Standard, forbidden request-headers; OWASP, CSRF Prevention Cheat Sheet).

import type { Request } from 'express';

export type IsTrusted = (request: Request) => boolean;

export function createIsTrusted(origins: readonly string[]): IsTrusted {
  return function isTrusted(request) {
    const { origin } = request.headers;
    if (origin !== undefined && origins.includes(origin)) return true;
    const site = request.headers['sec-fetch-site'];
    // What sends neither header is no browser of today, and should send its token otherwise.
    if (site === undefined)
      return origin !== undefined && origin === `${request.protocol}://${request.host}`;
    return site === 'same-origin' || site === 'none';
  };
}

/** RFC 9110, section 9.2.1. */
export function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}

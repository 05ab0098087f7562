// Where a token may stand in a request, one reader for each security scheme of the contract. The order of the list is the order of
// precedence: the first scheme that is present is the one that counts, whatever its token is worth.

import type { Request } from 'express';
import { cookiesOf } from './cookies.ts';

const readers = {
  /** RFC 6750, section 2.1; the scheme's name is case-insensitive (RFC 9110, section 11.1). */
  bearerAuth: (request: Request) =>
    /^bearer +(\S.*)$/i.exec(request.headers.authorization ?? '')?.[1],
  accessTokenHeader: (request: Request) => request.get('x-access-token'),
  accessTokenCookie: (request: Request) => cookiesOf(request)['__Host-rolegate-access'],
};

export const schemes = Object.keys(readers) as readonly (keyof typeof readers)[];

export interface Credential {
  readonly scheme: string;
  readonly token: string;
}

/** The credential that counts among those that the operation accepts; null when there is none. */
export function readCredential(request: Request, accepted: readonly string[]): Credential | null {
  for (const scheme of schemes) {
    const token = accepted.includes(scheme) ? readers[scheme](request) : undefined;
    if (token) return { scheme, token };
  }
  return null;
}

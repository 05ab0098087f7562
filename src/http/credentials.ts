// Reads the token of a request, with one reader for each security scheme of the contract. The list
// is in order of precedence: the first scheme that is present counts, even when its token is not
// valid.

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

/** The first credential present among the accepted schemes; `null` when there is none. */
export function readCredential(request: Request, accepted: readonly string[]): Credential | null {
  for (const scheme of schemes) {
    const token = accepted.includes(scheme) ? readers[scheme](request) : undefined;
    if (token) return { scheme, token };
  }
  return null;
}

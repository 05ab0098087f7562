// The cookies that hold a session's tokens. `__Host-` keeps other hosts and paths from setting them (RFC 6265bis, section 4.1.3.2), `HttpOnly`
// keeps them from scripts, and `SameSite=Lax` keeps them out of other sites' requests, but for navigation.

import { stringifySetCookie } from 'cookie';
import type { SessionTokens } from '../domain/tokens/session-tokens.ts';

/** As the contract's security scheme `accessTokenCookie` and the parameter of `refreshTokens` name them. */
export const accessCookie = '__Host-rolegate-access';
export const refreshCookie = '__Host-rolegate-refresh';

export function sessionCookies({
  accessToken,
  expiresIn,
  refreshToken,
  refreshExpiresIn,
}: SessionTokens): string[] {
  return [
    setCookie(accessCookie, accessToken, expiresIn),
    setCookie(refreshCookie, refreshToken, refreshExpiresIn),
  ];
}

export function clearedCookies(): string[] {
  return [accessCookie, refreshCookie].map((name) => setCookie(name, '', 0));
}

function setCookie(name: string, value: string, maxAge: number): string {
  return stringifySetCookie({
    name,
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
  });
}

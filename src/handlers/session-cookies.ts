// The cookies that hold a session's tokens. `__Host-` prevents other hosts and paths from setting
// them (RFC 6265bis, section 4.1.3.2). `HttpOnly` hides them from scripts. `SameSite=Lax` keeps
// them out of other sites' requests, except navigation.

import { stringifySetCookie } from 'cookie';
import type { SessionTokens } from '../domain/tokens/session-tokens.ts';

/** The names in the contract: security scheme `accessTokenCookie`, parameter of `refreshTokens`. */
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

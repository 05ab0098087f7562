// The cookies that hold a session's tokens. `__Host-` prevents other hosts and paths from setting
// them (RFC 6265bis, section 4.1.3.2). `HttpOnly` hides them from scripts. `SameSite=Lax` keeps
// them out of other sites' requests, except navigation.

import { stringifySetCookie } from 'cookie';
import type { SessionTokens } from '../domain/tokens/session-tokens.ts';

/** The names in the contract: security scheme and parameter. */
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

/** Tokens that travel in cookies are not in the body. */
export function bodyTokens(
  { accessToken, refreshToken }: SessionTokens,
  byCookie: boolean,
): Partial<Pick<SessionTokens, 'accessToken' | 'refreshToken'>> {
  return byCookie ? {} : { accessToken, refreshToken };
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

// Handlers for sign-up, sign-in, refresh and sign-out. Cookies are accepted and set only for
// trusted origins.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { AuthError } from '../domain/errors.ts';
import type { SessionTokens } from '../domain/tokens/session-tokens.ts';
import type { Sessions } from '../domain/sessions/index.ts';
import type { Users } from '../domain/users/index.ts';
import { clearedCookies, refreshCookie, sessionCookies } from './session-cookies.ts';

export type AuthHandlersParts = Pick<Users, 'signUp'> &
  Pick<Sessions, 'signIn' | 'refresh' | 'signOut'>;

type Auth = 'signUp' | 'signIn' | 'refreshTokens' | 'signOut';

export function createAuthHandlers({
  signUp,
  signIn,
  refresh,
  signOut,
}: AuthHandlersParts): Pick<Handlers<Caller, Client>, Auth> {
  return {
    async signUp({ body: { username, email, password, roles = [] }, client }) {
      const user = await signUp({ username, email, password, roles }, client);
      return {
        status: 201,
        body: {
          message: 'User registered successfully!',
          user: { id: user.id, username: user.username, email: user.email, roles: user.roles },
        },
      };
    },

    async signIn({ body: { username, password, transport }, client }) {
      const byCookie = transport === 'cookie';
      if (byCookie) refuseOtherSites(client);
      const { user, sessionId, ...tokens } = await signIn({ username, password }, client);
      return {
        status: 200,
        body: {
          id: user.id,
          username: user.username,
          email: user.email,
          roles: user.roles,
          sessionId,
          ...bodyTokens(tokens, byCookie),
          tokenType: 'Bearer',
          expiresIn: tokens.expiresIn,
        },
        headers: byCookie ? { 'Set-Cookie': sessionCookies(tokens) } : {},
      };
    },

    async refreshTokens({ body, cookies, client }) {
      const byCookie = body?.refreshToken === undefined;
      const refreshToken = body?.refreshToken ?? cookies[refreshCookie];
      if (refreshToken === undefined) {
        const message = `must be there, or the cookie ${refreshCookie}`;
        throw new AuthError('validation_failed', {
          breaches: [{ path: '/body/refreshToken', message }],
        });
      }
      if (byCookie) refuseOtherSites(client);
      const tokens = await refresh(refreshToken, client);
      return {
        status: 200,
        body: { ...bodyTokens(tokens, byCookie), tokenType: 'Bearer', expiresIn: tokens.expiresIn },
        headers: byCookie ? { 'Set-Cookie': sessionCookies(tokens) } : {},
      };
    },

    async signOut({ caller, client }) {
      await signOut(caller, client);
      return { status: 204, headers: { 'Set-Cookie': clearedCookies() } };
    },
  };
}

/** Tokens that travel in cookies are not in the body. */
function bodyTokens(
  { accessToken, refreshToken }: SessionTokens,
  byCookie: boolean,
): Partial<Pick<SessionTokens, 'accessToken' | 'refreshToken'>> {
  return byCookie ? {} : { accessToken, refreshToken };
}

/** @throws AuthError `cross_site_request` */
function refuseOtherSites({ isTrusted }: Client): void {
  if (!isTrusted()) throw new AuthError('cross_site_request');
}

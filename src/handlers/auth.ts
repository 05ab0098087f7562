// Handlers for sign-up, sign-in, refresh and sign-out. Cookies are accepted and set only for
// trusted origins.

import type { Handlers, ReplyHeaders } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { AuthError } from '../domain/errors.ts';
import type { Sessions } from '../domain/sessions/index.ts';
import type { Users } from '../domain/users/index.ts';
import { bodyTokens, clearedCookies, refreshCookie, sessionCookies } from './session-cookies.ts';

export type AuthHandlersParts = Pick<Users, 'signUp'> &
  Pick<Sessions, 'signIn' | 'refresh' | 'signOut' | 'endSessionOf'>;

type Auth = 'signUp' | 'signIn' | 'refreshTokens' | 'signOut';

export function createAuthHandlers({
  signUp,
  signIn,
  refresh,
  signOut,
  endSessionOf,
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

    async signIn({ body: { username, password, transport }, cookies, client }) {
      const byCookie = transport === 'cookie';
      if (byCookie) refuseOtherSites(client);
      const { user, sessionId, ...tokens } = await signIn({ username, password }, client);
      const replaced = byCookie ? cookies[refreshCookie] : undefined;
      if (replaced !== undefined) await endSessionOf(replaced, client);
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
      if (refreshToken === undefined) throw missingToken();
      if (byCookie) refuseOtherSites(client);
      const tokens = await refresh(refreshToken, client).catch((error: unknown) => {
        throw byCookie ? withHeaders(error, { 'Set-Cookie': clearedCookies() }) : error;
      });
      return {
        status: 200,
        body: { ...bodyTokens(tokens, byCookie), tokenType: 'Bearer', expiresIn: tokens.expiresIn },
        headers: byCookie ? { 'Set-Cookie': sessionCookies(tokens) } : {},
      };
    },

    async signOut({ caller, refusal, body, cookies, client }) {
      const sent = body?.refreshToken;
      const refreshToken = sent ?? (caller ? undefined : cookies[refreshCookie]);
      if (sent === undefined && refreshToken !== undefined) refuseOtherSites(client);
      // A page of another site cannot send an access token, but it can send a form.
      const headers = caller || client.isTrusted() ? { 'Set-Cookie': clearedCookies() } : undefined;
      if (refreshToken !== undefined) await endSessionOf(refreshToken, client);
      else if (caller) await signOut(caller, client);
      else throw withHeaders(refusal, headers);
      return { status: 204, headers: headers ?? {} };
    },
  };
}

function missingToken(): AuthError {
  const message = `must be there, or the cookie ${refreshCookie}`;
  return new AuthError('validation_failed', {
    breaches: [{ path: '/body/refreshToken', message }],
  });
}

/** The refusal of a token with these headers. Any other error unchanged. */
function withHeaders(error: unknown, headers: ReplyHeaders = {}): unknown {
  const isRefusal = error instanceof AuthError && error.code.includes('token_');
  return isRefusal ? new AuthError(error.code, { cause: error.cause, headers }) : error;
}

/** @throws AuthError `cross_site_request` */
function refuseOtherSites({ isTrusted }: Client): void {
  if (!isTrusted()) throw new AuthError('cross_site_request');
}

// The tokens of a session: a short-lived access token and a long-lived refresh token. Stores
// nothing: the same refresh token can be made again while the session's counter is unchanged.

import type { SessionRow } from '../../db/tables/sessions.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { authority, inOrder } from '../roles.ts';

export interface SessionTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds that the access token lives. */
  readonly expiresIn: number;
  /** Seconds that the refresh token lives unless it is exchanged. */
  readonly refreshExpiresIn: number;
}

/** Makes the tokens for this refresh counter. `holder`: the session's user, as stored now. */
export type TokensFor = (
  session: Pick<SessionRow, 'id' | 'userId' | 'refreshSalt' | 'expiresAt'>,
  holder: { readonly username: string; readonly roles: readonly string[] },
  counter: number,
) => SessionTokens;

interface TokensForParts {
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: Pick<RefreshTokens, 'issue'>;
  /** Seconds that an access token lives at most. */
  readonly accessTokenTtl: number;
  /** Seconds that a session lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createTokensFor({
  accessTokens,
  refreshTokens,
  accessTokenTtl,
  sessionIdleTtl,
  now,
}: TokensForParts): TokensFor {
  return function tokensFor(session, { username, roles }, counter) {
    const left = Math.floor((session.expiresAt.getTime() - now()) / 1000);
    const refreshExpiresIn = Math.max(1, Math.min(left, sessionIdleTtl));
    // Services that verify tokens by themselves do not know the session. So an access token must
    // not outlive the time in which the session can still be refreshed.
    const expiresIn = Math.min(accessTokenTtl, refreshExpiresIn);
    const holder = {
      userId: session.userId,
      sessionId: session.id,
      username,
      roles: inOrder(roles).map(authority),
    };
    return {
      accessToken: accessTokens.issue(holder, expiresIn),
      refreshToken: refreshTokens.issue(session, counter),
      expiresIn,
      refreshExpiresIn,
    };
  };
}

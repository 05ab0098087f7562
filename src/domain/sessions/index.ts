// Sessions: a sign-in starts a session, refreshes keep it alive, and a sign-out ends it. A refresh
// token that is used a second time ends it as well.

import type { Repositories } from '../../db/repositories.ts';
import { ownEvent } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import type { Passwords } from '../passwords/index.ts';
import type { Tokens } from '../tokens/index.ts';
import { isProven } from '../tokens/refresh-tokens.ts';
import { createAccountSessions, type AccountSessions } from './account-sessions.ts';
import { createRefresh, type Refresh } from './refresh.ts';
import type { SessionTimes } from '../session-times.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createUserSessions, type UserSessions } from './user-sessions.ts';

export interface Sessions {
  readonly signIn: SignIn;
  readonly refresh: Refresh;
  signOut(caller: Caller, client: Client): Promise<void>;
  /**
   * Ends the session of a refresh token, as its user does. A token that was used before will do as
   * well. A token that is not genuine, or whose session has ended, changes nothing.
   */
  endSessionOf(refreshToken: string, client: Client): Promise<void>;
  /** The sessions of the caller's own account. */
  readonly accountSessions: AccountSessions;
  /** The sessions of any user, for admins. */
  readonly userSessions: UserSessions;
}

export interface SessionsParts extends SessionTimes {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  /** Whether only users with a verified e-mail address may sign in. */
  readonly requireVerifiedEmail: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createSessions(options: SessionsParts): Sessions {
  const parts = { ...options, times: options };
  const {
    repositories,
    tokens: { refreshTokens, tokensFor },
    now,
  } = parts;
  async function signOut(
    { userId, sessionId }: Pick<Caller, 'userId' | 'sessionId'>,
    client: Client,
  ): Promise<void> {
    const at = new Date(now());
    const event = ownEvent('signed_out', userId, client, at, { sessionId });
    await repositories.sessions.end(userId, sessionId, at, event);
  }
  return {
    signIn: createSignIn({ ...parts, tokensFor }),
    refresh: createRefresh({ ...parts, refreshTokens, tokensFor }),
    signOut,
    async endSessionOf(refreshToken, client) {
      const claim = refreshTokens.read(refreshToken);
      const session = claim && (await repositories.sessions.find(claim.sessionId));
      if (session && isProven(claim, session.refreshSalt))
        await signOut({ userId: session.userId, sessionId: session.id }, client);
    },
    accountSessions: createAccountSessions(parts),
    userSessions: createUserSessions(parts),
  };
}

// Sessions: a sign-in starts a session, refreshes keep it alive, and a sign-out ends it. A refresh
// token that is used a second time ends it as well.

import type { Repositories } from '../../db/repositories.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import type { Passwords } from '../passwords/index.ts';
import type { Tokens } from '../tokens/index.ts';
import { createAccountSessions, type AccountSessions } from './account-sessions.ts';
import { createRefresh, type Refresh } from './refresh.ts';
import type { SessionTimes } from './session-times.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createUserSessions, type UserSessions } from './user-sessions.ts';

export interface Sessions {
  readonly signIn: SignIn;
  readonly refresh: Refresh;
  signOut(caller: Caller, client: Client): Promise<void>;
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
  return {
    signIn: createSignIn({ ...parts, tokensFor }),
    refresh: createRefresh({ ...parts, refreshTokens, tokensFor }),
    async signOut(caller, client) {
      const { userId, sessionId } = caller;
      const at = new Date(now());
      const event = auditEvent('signed_out', actorOf(client, caller), userId, at, { sessionId });
      await repositories.sessions.end(userId, sessionId, at, event);
    },
    accountSessions: createAccountSessions(parts),
    userSessions: createUserSessions(parts),
  };
}

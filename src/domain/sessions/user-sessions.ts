// The sessions of a user: admins list and end them.

import type { Repositories } from '../../db/repositories.ts';
import { listLiveSessions, type SessionView } from './account-sessions.ts';
import { auditEvent, type Actor } from '../audit/audit-event.ts';
import type { Caller } from '../callers/caller.ts';
import type { SessionTimes } from '../session-times.ts';
import { refuseMissing } from '../users/user-changes.ts';

/** Each throws AuthError `not_found` when no such user exists. */
export interface UserSessions {
  /** Returns the live sessions, the last used first. `current`: the caller's own session. */
  list(userId: number, caller: Caller): Promise<SessionView[]>;
  endAll(userId: number, actor: Actor): Promise<void>;
}

interface UserSessionsParts {
  readonly repositories: Repositories;
  readonly times: Pick<SessionTimes, 'sessionIdleTtl'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createUserSessions({ repositories, times, now }: UserSessionsParts): UserSessions {
  return {
    async list(userId, { sessionId }) {
      refuseMissing(await repositories.users.findById(userId));
      return listLiveSessions(repositories.sessions, {
        userId,
        current: sessionId,
        now: now(),
        times,
      });
    },
    async endAll(userId, actor) {
      await repositories.transaction(async ({ users, sessions }) => {
        // The lock waits for a sign-in that has started, so that its session ends with the others.
        refuseMissing(await users.lock(userId));
        const at = new Date(now());
        await sessions.endAllAs(auditEvent('sessions_ended', actor, userId, at), userId, at);
      });
    },
  };
}

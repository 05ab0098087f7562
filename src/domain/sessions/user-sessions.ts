// The sessions of a user, for admins to look through and to end.

import type { Repositories } from '../../db/repositories.ts';
import { listLiveSessions, type SessionView } from './account-sessions.ts';
import { auditEvent, type Actor } from '../audit/audit-event.ts';
import type { Caller } from '../callers/caller.ts';
import type { SessionTimes } from './session-times.ts';
import { refuseMissing } from '../users/user-changes.ts';

/** Each throws AuthError `not_found` when there is no such user. */
export interface UserSessions {
  /** Those that can still be used, the last used first. `current` is the caller's own. */
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
        // Locked: a sign-in that has begun is waited for, and its session ends with the others.
        refuseMissing(await users.lock(userId));
        const at = new Date(now());
        await sessions.endAllAs(auditEvent('sessions_ended', actor, userId, at), userId, at);
      });
    },
  };
}

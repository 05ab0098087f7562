// The sessions of the caller's account: the owner lists and ends them. Refuses another user's
// session with `not_found`, exactly like a session that does not exist.

import type { Repositories } from '../../db/repositories.ts';
import type { SessionRow, Sessions } from '../../db/tables/sessions.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import type { SessionTimes } from '../session-times.ts';

/** The contract's maximum length of the list. */
const longestList = 100;

export interface SessionView extends Pick<
  SessionRow,
  'id' | 'userAgent' | 'ip' | 'createdAt' | 'rotatedAt' | 'expiresAt'
> {
  /** Whether this is the session of the request. */
  readonly current: boolean;
}

export interface AccountSessions {
  /**
   * Returns the live sessions, the last used first. The caller's current session is always
   * included.
   * @throws AuthError `token_invalid` when the current session has ended since the token was
   * checked
   */
  list(caller: Caller): Promise<SessionView[]>;
  /**
   * Ends one session. `wasCurrent`: it was the session of this request.
   * @throws AuthError `not_found` when the account has no such session, or the session has ended
   */
  end(caller: Caller, sessionId: string, client: Client): Promise<{ readonly wasCurrent: boolean }>;
  endOthers(caller: Caller, client: Client): Promise<void>;
}

interface AccountSessionsParts {
  readonly repositories: Repositories;
  readonly times: Pick<SessionTimes, 'sessionIdleTtl'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createAccountSessions({
  repositories,
  times,
  now,
}: AccountSessionsParts): AccountSessions {
  return {
    async list({ userId, sessionId }) {
      const sessions = await listLiveSessions(repositories.sessions, {
        userId,
        current: sessionId,
        now: now(),
        times,
      });
      // The current session is missing when it has ended since the token was checked.
      if (!sessions.some(({ current }) => current)) throw new AuthError('token_invalid');
      return sessions;
    },
    async end(caller, sessionId, client) {
      const { userId, sessionId: current } = caller;
      const at = new Date(now());
      const event = auditEvent('session_ended', actorOf(client, caller), userId, at, { sessionId });
      const wasThere = await repositories.sessions.end(userId, sessionId, at, event);
      if (!wasThere) throw new AuthError('not_found', { message: 'There is no such session.' });
      return { wasCurrent: sessionId === current };
    },
    async endOthers(caller, client) {
      const { userId, sessionId } = caller;
      const at = new Date(now());
      const event = auditEvent('sessions_ended', actorOf(client, caller), userId, at);
      await repositories.sessions.endAllAs(event, userId, at, sessionId);
    },
  };
}

interface Listing {
  readonly userId: number;
  /** The session of the request. It is always listed when it belongs to the user. */
  readonly current: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly times: Pick<SessionTimes, 'sessionIdleTtl'>;
}

/** Returns the live sessions of a user, the last used first. */
export async function listLiveSessions(
  sessions: Sessions,
  { userId, current, now, times }: Listing,
): Promise<SessionView[]> {
  const usedSince = new Date(now - times.sessionIdleTtl * 1000);
  const rows = await sessions.listLive({
    userId,
    now: new Date(now),
    usedSince,
    always: current,
    limit: longestList,
  });
  return rows
    .sort((left, right) => right.rotatedAt.getTime() - left.rotatedAt.getTime())
    .map(({ id, userAgent, ip, createdAt, rotatedAt, expiresAt }) => {
      return { id, current: id === current, userAgent, ip, createdAt, rotatedAt, expiresAt };
    });
}

// The sessions of an account, for its owner to look through and to end. Another user's session is as little there as one that never was.

import type { Repositories } from '../../db/repositories.ts';
import type { SessionRow, Sessions } from '../../db/tables/sessions.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import type { SessionTimes } from './session-times.ts';

/** As the contract says. */
const longestList = 100;

export interface SessionView extends Pick<
  SessionRow,
  'id' | 'userAgent' | 'ip' | 'createdAt' | 'rotatedAt' | 'expiresAt'
> {
  /** Whether it is the caller's own. */
  readonly current: boolean;
}

export interface AccountSessions {
  /**
   * Those that can still be used, the last used first; the caller's own is always among them.
   * @throws AuthError `token_invalid` when that one has ended meanwhile
   */
  list(caller: Caller): Promise<SessionView[]>;
  /**
   * Tells whether it was the caller's own.
   * @throws AuthError `not_found` when the account has no such session, or has it no more
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
      if (!sessions.some(({ current }) => current)) throw new AuthError('token_invalid'); // it has ended since the token was looked at
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
  /** The caller's own, which is listed in any case if it is one of the user's. */
  readonly current: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly times: Pick<SessionTimes, 'sessionIdleTtl'>;
}

/** The sessions of a user that can still be used, the last used first. */
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

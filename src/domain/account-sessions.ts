// The sessions of an account, for its owner to look through and to end. Another user's session is as little there as one that never was.

import type { Repositories } from '../db/repositories.ts';
import type { SessionRow } from '../db/sessions.ts';
import type { Caller } from './caller.ts';
import { AuthError } from './errors.ts';
import type { SessionTimes } from './sessions.ts';

/** As the contract says. */
const longestList = 100;

export interface SessionView extends Pick<SessionRow, 'id' | 'userAgent' | 'ip' | 'createdAt' | 'rotatedAt' | 'expiresAt'> {
  /** Whether it is the caller's own. */
  readonly current: boolean;
}

export interface AccountSessions {
  /** Those that can still be used, the last used first; the caller's own is always among them. */
  list(caller: Caller): Promise<SessionView[]>;
  /**
   * Tells whether it was the caller's own.
   * @throws AuthError `not_found` when the account has no such session, or has it no more
   */
  end(caller: Caller, sessionId: string): Promise<{ readonly wasCurrent: boolean }>;
  endOthers(caller: Caller): Promise<void>;
}

interface Parts {
  readonly repositories: Repositories;
  readonly times: Pick<SessionTimes, 'sessionIdleTtl'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createAccountSessions({ repositories: { sessions }, times, now }: Parts): AccountSessions {
  return {
    async list({ userId, sessionId }) {
      const time = now();
      const usedSince = new Date(time - times.sessionIdleTtl * 1000);
      const rows = await sessions.listLive({ userId, now: new Date(time), usedSince, always: sessionId, limit: longestList });
      return rows
        .sort((left, right) => right.rotatedAt.getTime() - left.rotatedAt.getTime())
        .map(({ id, userAgent, ip, createdAt, rotatedAt, expiresAt }) => {
          return { id, current: id === sessionId, userAgent, ip, createdAt, rotatedAt, expiresAt };
        });
    },
    async end({ userId, sessionId: current }, sessionId) {
      if (!(await sessions.endOf(userId, sessionId, new Date(now())))) {
        throw new AuthError('not_found', { message: 'There is no such session.' });
      }
      return { wasCurrent: sessionId === current };
    },
    async endOthers({ userId, sessionId }) {
      await sessions.endAll(userId, new Date(now()), sessionId);
    },
  };
}

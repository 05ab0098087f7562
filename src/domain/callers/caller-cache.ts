// The callers that were seen last, so that most requests ask the database nothing. Defends against answering what is true no longer: a caller is
// dropped when something of theirs is told to have changed, none is used unless all changes are known to have been told, none is used after their
// session's end, and what was read before a change is not kept after it. Bounded, and only of callers who were let in: refusals are never kept, so
// that nobody can fill it without signing in.

import { LRUCache } from 'lru-cache';
import type { CallerChanges, ChangedUser } from '../../db/changes/caller-changes.ts';
import type { Caller } from './caller.ts';

export interface CallerCache {
  /** undefined: not kept, or not to be used. `now`: milliseconds since 1970. Never fails. */
  find(sessionId: string, now: number): Caller | undefined | Promise<Caller | undefined>;
  /** To be called before the database is asked: what comes back keeps the answer, unless anything has changed meanwhile. */
  reserve(): (caller: Caller, expiresAt: Date) => void;
  drop(changed: ChangedUser): void;
}

/** Sessions; those used last are kept. Each takes half a kilobyte. */
export const mostCallers = 10_000;

interface Entry {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

interface CallerCacheParts extends Pick<CallerChanges, 'isUpToDate'> {
  readonly max?: number;
}

export function createCallerCache({
  isUpToDate,
  max = mostCallers,
}: CallerCacheParts): CallerCache {
  const sessionsOf = new Map<number, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    max,
    dispose({ caller: { userId } }, sessionId) {
      const sessions = sessionsOf.get(userId);
      sessions?.delete(sessionId);
      if (sessions?.size === 0) sessionsOf.delete(userId);
    },
  });
  /** How often something has changed. Of anybody: a read that is lost to another's change is only read again. */
  let changes = 0;

  function read(sessionId: string, now: number): Caller | undefined {
    const entry = entries.get(sessionId);
    return entry && now < entry.expiresAt ? entry.caller : undefined;
  }

  return {
    find(sessionId, now) {
      const kept = read(sessionId, now);
      if (!kept) return undefined;
      const mayBeUsed = isUpToDate();
      if (typeof mayBeUsed === 'boolean') return mayBeUsed ? kept : undefined;
      return mayBeUsed.then((may) => (may ? read(sessionId, now) : undefined)); // what was told meanwhile is gone
    },
    reserve() {
      const before = changes;
      return function keep(caller, expiresAt) {
        if (changes !== before) return;
        entries.set(caller.sessionId, { caller, expiresAt: expiresAt.getTime() });
        const sessions = sessionsOf.get(caller.userId) ?? new Set();
        sessionsOf.set(caller.userId, sessions.add(caller.sessionId));
      };
    },
    drop(changed) {
      changes += 1;
      if (changed === 'all' && entries.size > 0) entries.clear(); // which is work, however few there are
      if (changed !== 'all')
        for (const sessionId of [...(sessionsOf.get(changed) ?? [])]) entries.delete(sessionId);
    },
  };
}

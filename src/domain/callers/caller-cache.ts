// Remembers the callers seen last, so that most requests need no database query. Defends against
// stale answers:
// - A change notification drops the cached callers of the changed user.
// - An entry is used only while every change is known to have been notified (`isUpToDate`).
// - An entry is not used after its session has expired.
// - A read that began before a change is not cached.
// The cache is bounded. It keeps only callers that were let in, never refusals, so that a client
// cannot fill it without signing in.

import { LRUCache } from 'lru-cache';
import type { CallerChanges, ChangedUser } from '../../db/changes/caller-changes.ts';
import type { Caller } from './caller.ts';

export interface CallerCache {
  /**
   * `undefined` when the caller is not cached, or the entry must not be used. Never fails.
   * `now`: milliseconds since 1970.
   */
  find(sessionId: string, now: number): Caller | undefined | Promise<Caller | undefined>;
  /**
   * Call this before the database read. The returned function caches the result, unless any change
   * was notified in the meantime.
   */
  reserve(): (caller: Caller, expiresAt: Date) => void;
  drop(changed: ChangedUser): void;
}

/** Maximum number of cached sessions; the most recently used ones stay. Half a kilobyte each. */
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
  /**
   * Counts changes to any user. A read that overlaps a change is not cached. If the change was to
   * another user, the only cost is one more read.
   */
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
      // Read again: a notification may have dropped the entry in the meantime.
      return mayBeUsed.then((may) => (may ? read(sessionId, now) : undefined));
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
      // Skips an empty cache: `clear` costs the same however few entries there are.
      if (changed === 'all' && entries.size > 0) entries.clear();
      if (changed !== 'all')
        for (const sessionId of [...(sessionsOf.get(changed) ?? [])]) entries.delete(sessionId);
    },
  };
}

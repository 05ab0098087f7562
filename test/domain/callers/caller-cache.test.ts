import { expect } from 'chai';
import { createCallerCache, type CallerCache } from '../../../src/domain/callers/caller-cache.ts';

describe('the cache of callers', () => {
  let isUpToDate: boolean | Promise<boolean>;
  let cache: CallerCache;
  beforeEach(() => {
    isUpToDate = true;
    cache = createCallerCache({ isUpToDate: () => isUpToDate, max: 3 });
  });
  const caller = (userId: number, sessionId = `session-${userId}`) => ({
    userId,
    sessionId,
    username: 'alice',
    roles: [],
  });
  const keep = (userId: number, sessionId?: string) => {
    cache.reserve()(caller(userId, sessionId), new Date(1_000));
  };
  const kept = (...sessionIds: string[]) => sessionIds.map((id) => cache.find(id, 0) !== undefined);

  it('returns a kept caller until the session ends', () => {
    keep(1);
    expect(cache.find('session-1', 999)).to.deep.equal(caller(1));
    expect(cache.find('session-1', 1_000)).to.equal(undefined);
  });

  it('drops all sessions of a changed user, and no other user', () => {
    keep(1, 'a');
    keep(1, 'b');
    keep(2, 'c');
    cache.drop(1);
    expect(kept('a', 'b', 'c')).to.deep.equal([false, false, true]);
    cache.drop('all');
    expect(kept('c')).to.deep.equal([false]);
  });

  it('does not keep a caller that was read before a change to any user', () => {
    for (const changed of [1, 2, 'all'] as const) {
      const keepLate = cache.reserve();
      cache.drop(changed);
      keepLate(caller(1), new Date(1_000));
      expect(kept('session-1')).to.deep.equal([false]);
    }
  });

  it('keeps the most recently used sessions, and no more than its limit', () => {
    for (const user of [1, 2, 3]) keep(user);
    expect(kept('session-1')).to.deep.equal([true]);
    keep(4);
    expect(kept('session-1', 'session-2', 'session-3', 'session-4')).to.deep.equal([
      true,
      false,
      true,
      true,
    ]);
  });

  it('drops a session with the user that it belongs to now', () => {
    for (const user of [2, 1, 3, 4]) keep(user);
    cache.drop(2); // evicted by the fourth
    keep(3, 'session-4'); // a session that now belongs to another user
    cache.drop(4);
    expect(kept('session-4')).to.deep.equal([true]);
    cache.drop(3);
    expect(kept('session-3', 'session-4')).to.deep.equal([false, false]);
  });

  it('returns no caller while it is not up to date, and returns it again afterwards', async () => {
    keep(1);
    isUpToDate = false;
    expect(kept('session-1')).to.deep.equal([false]);
    isUpToDate = Promise.resolve(false);
    expect(await cache.find('session-1', 0)).to.equal(undefined);
    isUpToDate = Promise.resolve(true);
    expect(await cache.find('session-1', 0)).to.deep.equal(caller(1));
  });

  it('does not return a caller who changes while the cache waits for the proof', async () => {
    keep(1);
    isUpToDate = Promise.resolve(true);
    const found = cache.find('session-1', 0);
    cache.drop(1);
    expect(await found).to.equal(undefined);
  });
});

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

  it('gives a caller again, up to the end of the session', () => {
    keep(1);
    expect(cache.find('session-1', 999)).to.deep.equal(caller(1));
    expect(cache.find('session-1', 1_000)).to.equal(undefined);
  });

  it('drops all sessions of who has changed, and nobody else', () => {
    keep(1, 'a');
    keep(1, 'b');
    keep(2, 'c');
    cache.drop(1);
    expect(kept('a', 'b', 'c')).to.deep.equal([false, false, true]);
    cache.drop('all');
    expect(kept('c')).to.deep.equal([false]);
  });

  it('keeps nothing that was read before a change, whoever has changed', () => {
    for (const changed of [1, 2, 'all'] as const) {
      const keepLate = cache.reserve();
      cache.drop(changed);
      keepLate(caller(1), new Date(1_000));
      expect(kept('session-1')).to.deep.equal([false]);
    }
  });

  it('keeps so many and no more, those used last', () => {
    for (const user of [1, 2, 3]) keep(user);
    expect(kept('session-1')).to.deep.equal([true]);
    keep(4);
    expect(kept('session-1', 'session-2', 'session-3', 'session-4')).to.deep.equal([
      true,
      false,
      true,
      true,
    ]);
    cache.drop(2); // of whom nothing is left
    keep(3, 'session-4'); // a session that has become another user's
    cache.drop(4);
    expect(kept('session-4')).to.deep.equal([true]);
    cache.drop(3);
    expect(kept('session-3', 'session-4')).to.deep.equal([false, false]);
  });

  it('gives nobody while it is not up to date, and forgets nobody for that', async () => {
    keep(1);
    isUpToDate = false;
    expect(kept('session-1')).to.deep.equal([false]);
    isUpToDate = Promise.resolve(false);
    expect(await cache.find('session-1', 0)).to.equal(undefined);
    isUpToDate = Promise.resolve(true);
    expect(await cache.find('session-1', 0)).to.deep.equal(caller(1));
  });

  it('does not give who is told to have changed while it waits', async () => {
    keep(1);
    isUpToDate = Promise.resolve(true);
    const found = cache.find('session-1', 0);
    cache.drop(1);
    expect(await found).to.equal(undefined);
  });
});

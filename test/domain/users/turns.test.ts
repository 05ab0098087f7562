import { expect } from 'chai';
import { createTurns } from '../../../src/domain/users/turns.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work that takes turns', () => {
  it('runs one after the other on the same key, in the order of the calls', async () => {
    const turns = createTurns();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await turn();
      events.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => turns.take(['key'], work(name))));
    expect(events.filter((_, index) => index % 2 === 0)).to.deep.equal([
      'a begins',
      'b begins',
      'c begins',
    ]);
    expect(events[1]).to.equal('a ends');
  });

  it('runs at the same time on different keys', async () => {
    const turns = createTurns();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (running += 1));
      await turn();
      running -= 1;
    };
    await Promise.all(['a', 'b', 'c'].map((key) => turns.take([key], work)));
    expect(most).to.equal(3);
  });

  it('knows whether it waited', async () => {
    const turns = createTurns();
    const waits = await Promise.all([
      turns.take(['a', 'b'], (waited) => Promise.resolve(waited)),
      turns.take(['b', 'c'], (waited) => Promise.resolve(waited)),
      turns.take(['d'], (waited) => Promise.resolve(waited)),
    ]);
    expect(waits).to.deep.equal([false, true, false]);
    expect(await turns.take(['a', 'b', 'c'], (waited) => Promise.resolve(waited))).to.equal(false);
  });

  it('goes on after work that fails', async () => {
    const turns = createTurns();
    const failing = turns.take(['key'], () => Promise.reject(new Error('no')));
    const next = turns.take(['key'], () => Promise.resolve('done'));
    expect(await failing.catch((error: unknown) => (error as Error).message)).to.equal('no');
    expect(await next).to.equal('done');
  });

  it('does not wait for itself when keys cross', async () => {
    const turns = createTurns();
    const done = await Promise.all([
      turns.take(['a', 'b'], () => Promise.resolve(1)),
      turns.take(['b', 'a'], () => Promise.resolve(2)),
    ]);
    expect(done).to.deep.equal([1, 2]);
  });
});

import { expect } from 'chai';
import { createPasswordQueue } from '../../../src/domain/passwords/password-queue.ts';

/**
 * A queue with two slots, a limit of 2,000 ms and an estimate of 500 ms for a task. Time passes
 * only in `pass`, and tasks end only in `end`.
 */
function start() {
  let time = 0;
  const queue = createPasswordQueue({
    slots: 2,
    limit: 2_000,
    guesses: { hash: 500, short: 10 },
    now: () => time,
  });
  const ends: (() => void)[] = [];
  let started = 0;
  const outcomes: string[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    /** Adds a task, and returns its number. */
    async add(kind: 'hash' | 'short' = 'hash'): Promise<number> {
      const number = outcomes.push('waits') - 1;
      const work = () => {
        outcomes[number] = 'runs';
        started++;
        return new Promise<void>((resolve) => (ends[number] = resolve));
      };
      queue(kind, work).then(
        () => (outcomes[number] = 'done'),
        (error: unknown) => (outcomes[number] = (error as { code: string }).code),
      );
      await settle();
      return number;
    },
    async end(number: number): Promise<void> {
      ends[number]?.();
      await settle();
    },
    pass: (milliseconds: number) => (time += milliseconds),
    outcomes,
    started: () => started,
  };
}

describe('the queue before the hashing threads', () => {
  it('runs two tasks at once, and the others in the order of their arrival', async () => {
    const { add, end, outcomes } = start();
    for (let count = 0; count < 4; count++) await add();
    expect(outcomes).to.deep.equal(['runs', 'runs', 'waits', 'waits']);
    await end(1);
    expect(outcomes).to.deep.equal(['runs', 'done', 'runs', 'waits']);
    await end(0);
    expect(outcomes).to.deep.equal(['done', 'done', 'runs', 'runs']);
  });

  it('refuses a task that would wait over two seconds, and accepts tasks again later', async () => {
    const { add, end, pass, outcomes } = start();
    // Eight tasks are 4,000 ms of work for two slots: the ninth waits 2,000 ms, the tenth 2,250.
    for (let count = 0; count < 10; count++) await add();
    expect(outcomes.slice(0, 2)).to.deep.equal(['runs', 'runs']);
    expect(outcomes.slice(2, 9)).to.deep.equal(Array(7).fill('waits'));
    expect(outcomes[9]).to.equal('unavailable');
    pass(500);
    await end(0);
    expect(outcomes[await add()]).to.equal('waits');
  });

  it('counts only the remaining time of running tasks', async () => {
    const { add, pass, outcomes } = start();
    for (let count = 0; count < 9; count++) await add();
    pass(300);
    expect(outcomes[await add()]).to.equal('waits');
  });

  it('learns how long tasks take', async () => {
    const { add, end, pass, outcomes } = start();
    // A machine four times as fast as the estimate.
    for (let count = 0; count < 40; count++) {
      const numbers = [await add(), await add()];
      pass(125);
      for (const number of numbers) await end(number);
    }
    const from = outcomes.length;
    for (let count = 0; count < 40; count++) await add();
    const refused = outcomes.slice(from).filter((outcome) => outcome === 'unavailable').length;
    expect(40 - refused).to.be.within(30, 33);
  });

  for (const [title, took, taken] of [
    ['does not lower its estimate for tasks that were faster because they ran alone', 125, 9],
    ['raises its estimate for tasks that were slower although they ran alone', 1_000, 5],
  ] as const) {
    it(title, async () => {
      const { add, end, pass, outcomes } = start();
      for (let count = 0; count < 40; count++) {
        const number = await add();
        pass(took);
        await end(number);
      }
      const from = outcomes.length;
      for (let count = 0; count < 40; count++) await add();
      expect(outcomes.slice(from).filter((outcome) => outcome !== 'unavailable')).to.have.lengthOf(
        taken,
      );
    });
  }

  it('estimates each kind of task on its own', async () => {
    const { add, outcomes } = start();
    for (let count = 0; count < 200; count++) await add('short');
    expect(outcomes.filter((outcome) => outcome === 'unavailable')).to.deep.equal([]);
    const before = outcomes.length;
    for (let count = 0; count < 10; count++) await add('hash');
    expect(outcomes.slice(before).filter((outcome) => outcome === 'unavailable')).not.to.deep.equal(
      [],
    );
  });

  it('refuses tasks that waited too long on a slow machine, without running them', async () => {
    const { add, end, pass, outcomes, started } = start();
    for (let count = 0; count < 4; count++) await add();
    pass(1_900);
    await add();
    pass(200);
    await end(0);
    expect(outcomes).to.deep.equal(['done', 'runs', 'unavailable', 'unavailable', 'runs']);
    expect(started()).to.equal(3);
  });

  it('goes on after a task that failed', async () => {
    const queue = createPasswordQueue({ slots: 1, limit: 2_000, guesses: { hash: 500 } });
    const failed = queue('hash', () => Promise.reject(new Error('the thread died'))).catch(
      (error: unknown) => error,
    );
    expect(await queue('hash', () => Promise.resolve('next'))).to.equal('next');
    expect(await failed).to.have.property('message', 'the thread died');
  });
});

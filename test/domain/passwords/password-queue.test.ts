import { expect } from 'chai';
import { createPasswordQueue } from '../../../src/domain/passwords/password-queue.ts';

/** Two at once, a limit of 2,000 ms, tasks that are held to take 500 ms; time passes when `pass` is called, and tasks end when `end` is. */
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
    /** Adds a task, and tells its number. */
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
  it('runs two at once, and the others in their order', async () => {
    const { add, end, outcomes } = start();
    for (let count = 0; count < 4; count++) await add();
    expect(outcomes).to.deep.equal(['runs', 'runs', 'waits', 'waits']);
    await end(1);
    expect(outcomes).to.deep.equal(['runs', 'done', 'runs', 'waits']);
    await end(0);
    expect(outcomes).to.deep.equal(['done', 'done', 'runs', 'runs']);
  });

  it('refuses at once what would wait over two seconds, and takes more when there is room again', async () => {
    const { add, end, pass, outcomes } = start();
    // Eight are 4,000 ms of work, two at once: the ninth would wait 2,000 ms, the tenth 2,250.
    for (let count = 0; count < 10; count++) await add();
    expect(outcomes.slice(0, 2)).to.deep.equal(['runs', 'runs']);
    expect(outcomes.slice(2, 9)).to.deep.equal(Array(7).fill('waits'));
    expect(outcomes[9]).to.equal('unavailable');
    pass(500);
    await end(0);
    expect(outcomes[await add()]).to.equal('waits');
  });

  it('counts what runs by what is left of it', async () => {
    const { add, pass, outcomes } = start();
    for (let count = 0; count < 9; count++) await add();
    pass(300);
    expect(outcomes[await add()]).to.equal('waits');
  });

  it('learns how long tasks take', async () => {
    const { add, end, pass, outcomes } = start();
    // A machine four times as fast as was thought.
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

  it('does not hold tasks for quicker because they were when they ran alone, and holds them for slower when they were', async () => {
    for (const [took, taken] of [
      [125, 9],
      [1_000, 5],
    ] as const) {
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
    }
  });

  it('holds each kind for what it takes', async () => {
    const { add, outcomes } = start();
    for (let count = 0; count < 200; count++) await add('short');
    expect(outcomes.filter((outcome) => outcome === 'unavailable')).to.deep.equal([]);
    const before = outcomes.length;
    for (let count = 0; count < 10; count++) await add('hash');
    expect(outcomes.slice(before).filter((outcome) => outcome === 'unavailable')).not.to.deep.equal(
      [],
    );
  });

  it('refuses who has waited too long because the machine became slower, and gives no thread to it', async () => {
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

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { createLease, leaseTime, patience } from '../../../src/db/changes/lease.ts';

describe('a lease', () => {
  let elapsed: number;
  let time: number;
  let questions: { answer(): Promise<void>; fail(): Promise<void> }[];
  const start = () => {
    [elapsed, time, questions] = [1_000, 5_000, []];
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        questions.push({
          async answer() {
            resolve();
            await pause(0);
          },
          async fail() {
            reject(new Error('away'));
            await pause(0);
          },
        });
      });
    const lease = createLease({ ask, elapsed: () => elapsed, now: () => time });
    return lease;
  };
  const begun = async () => {
    const lease = start();
    lease.begin();
    await questions[0]!.answer();
    return lease;
  };
  const pass = (milliseconds: number) => {
    elapsed += milliseconds;
    time += milliseconds;
  };
  /** Whether the promise settles within 5 ms. */
  const isSettled = (promise: Promise<unknown>) =>
    Promise.race([promise.then(() => true), pause(5, false)]);

  it('is not good before the connection opens, nor after it is lost', async () => {
    expect(start().isGood()).to.equal(false);
    const lease = await begun();
    expect(lease.isGood()).to.equal(true);
    lease.end();
    expect(lease.isGood()).to.equal(false);
    expect(questions).to.have.lengthOf(1);
  });

  it('is good for 50 ms from the question on, not from the answer on', async () => {
    const lease = start();
    lease.begin();
    pass(leaseTime - 10);
    await questions[0]!.answer();
    expect(lease.isGood()).to.equal(true);
    pass(11);
    expect(lease.isGood()).to.be.a('promise');
    lease.end();
  });

  it('asks the next question before it ends, when a read needs it, and one at a time', async () => {
    const lease = await begun();
    pass(21);
    expect(questions).to.have.lengthOf(1);
    expect([lease.isGood(), lease.isGood()]).to.deep.equal([true, true]);
    expect(questions).to.have.lengthOf(2);
    await questions[1]!.answer();
    pass(45);
    expect(lease.isGood()).to.equal(true);
    lease.end();
  });

  it('shares one question among reads within 50 ms, and asks again for later reads', async () => {
    const lease = await begun();
    pass(60);
    const all = [Promise.resolve(lease.isGood()), Promise.resolve(lease.isGood())];
    pass(leaseTime);
    all.push(Promise.resolve(lease.isGood()));
    expect(questions).to.have.lengthOf(2);
    pass(1);
    const late = lease.isGood() as Promise<boolean>;
    expect(questions).to.have.lengthOf(3);
    await questions[1]!.answer();
    expect(await Promise.all(all)).to.deep.equal([true, true, true]);
    expect(await isSettled(late)).to.equal(false);
    await questions[2]!.answer();
    expect(await late).to.equal(true);
    lease.end();
  });

  it('ends when the machine has slept, or its clock was set forward', async () => {
    for (const sleep of [() => (elapsed += 51), () => (time += 51)]) {
      const lease = await begun();
      sleep();
      expect(lease.isGood()).to.be.a('promise');
      lease.end();
    }
  });

  it('is good while a change waits, and then needs a question from after the change', async () => {
    const lease = await begun();
    pass(25);
    void lease.isGood();
    pass(1);
    const change = lease.catchUp();
    await questions[1]!.answer();
    expect(await isSettled(change)).to.equal(false);
    expect(lease.isGood()).to.equal(true);
    await questions[2]!.answer();
    await change;
    expect(lease.isGood()).to.equal(true);
    lease.end();
  });

  it('does not delay a change without a proof, and then ignores an earlier question', async () => {
    const lease = await begun();
    pass(60);
    const before = lease.isGood();
    pass(1);
    await lease.catchUp();
    const after = lease.isGood() as Promise<boolean>;
    await questions[1]!.answer();
    expect(await before).to.equal(true);
    expect(await isSettled(after)).to.equal(false);
    expect(lease.isGood()).to.be.a('promise');
    lease.end();
  });

  it('stops waiting after 200 ms without an answer, and then does not wait at all', async () => {
    const lease = await begun();
    pass(25);
    const change = lease.catchUp();
    pass(35);
    const waiting = lease.isGood();
    await pause(patience + 20);
    expect(await waiting).to.equal(false);
    await change;
    expect(lease.isGood()).to.equal(false);
    expect(questions).to.have.lengthOf(2);
    pass(60);
    await questions[1]!.answer();
    expect(lease.isGood(), 'the answer is too late, but there may be another').to.be.a('promise');
    lease.end();
  });

  it('is not good when the question fails', async () => {
    const lease = await begun();
    pass(60);
    const waiting = lease.isGood();
    await questions[1]!.fail();
    expect(await waiting).to.equal(false);
    lease.end();
  });
});

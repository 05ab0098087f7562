import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import { createPasswords, type Passwords } from '../../../src/domain/passwords/index.ts';

describe('passwords', () => {
  let passwords: Passwords;
  before(() => {
    passwords = createPasswords({ cost: 4, workers: 2 });
  });
  after(() => passwords.close());

  it('are hashed with bcrypt at the configured cost, each with its own salt', async () => {
    const [one, other] = await Promise.all([
      passwords.hash('correct horse'),
      passwords.hash('correct horse'),
    ]);
    expect(one).to.match(/^\$2b\$04\$/);
    expect(one).not.to.equal(other);
    expect(await bcrypt.compare('correct horse', one)).to.equal(true);
  });

  it('match only their own hash', async () => {
    const one = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', one)).to.equal(true);
    expect(await passwords.verify('correct horsf', one)).to.equal(false);
  });

  it('never match when there is no user', async () => {
    expect(await passwords.verify('anything', null)).to.equal(false);
  });

  it('are refused above 72 bytes, not cut off', async () => {
    const hash = await passwords.hash('é'.repeat(36));
    for (const work of [
      passwords.hash('é'.repeat(37)),
      passwords.verify(`${'é'.repeat(36)}x`, hash),
      passwords.verify('x'.repeat(73), null),
    ]) {
      const failure = await work.then(
        () => null,
        (error: unknown) => error as { code: string; breaches: unknown[] },
      );
      expect(failure).to.include({ code: 'validation_failed' });
      expect(failure?.breaches).to.deep.equal([
        { path: '/body/password', message: 'must NOT have more than 72 bytes of UTF-8' },
      ]);
    }
  });

  it('are refused with the name of their member in the request', async () => {
    for (const work of [
      passwords.hash('x'.repeat(73), 'newPassword'),
      passwords.verify('x'.repeat(73), null, 'newPassword'),
    ]) {
      const failure = await work.then(
        () => null,
        (error: unknown) => error as { breaches: { path: string }[] },
      );
      expect(failure?.breaches[0]?.path).to.equal('/body/newPassword');
    }
  });

  it('are hashed outside the event loop, which goes on', async () => {
    const slow = createPasswords({ cost: 10, workers: 2 });
    const done = Promise.all(Array.from({ length: 8 }, () => slow.hash('correct horse')));
    const begin = performance.eventLoopUtilization();
    await done;
    const { utilization } = performance.eventLoopUtilization(begin);
    await slow.close();
    // Hashes on the main thread would keep it busy all the time.
    expect(utilization).to.be.below(0.5);
  });
});

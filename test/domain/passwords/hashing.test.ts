import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import { createPasswords, type Passwords } from '../../../src/domain/passwords/index.ts';

describe('passwords', () => {
  let passwords: Passwords;
  before(() => {
    passwords = createPasswords({ cost: 4, workers: 2 });
  });
  after(() => passwords.close());

  it('are kept as bcrypt hashes of the given cost, each with its own salt', async () => {
    const [one, other] = await Promise.all([
      passwords.hash('correct horse'),
      passwords.hash('correct horse'),
    ]);
    expect(one).to.match(/^\$2b\$04\$/);
    expect(one).not.to.equal(other);
    expect(await bcrypt.compare('correct horse', one)).to.equal(true);
    expect(await passwords.verify('correct horse', one)).to.equal(true);
    expect(await passwords.verify('correct horsf', one)).to.equal(false);
  });

  it('never match where there is no user', async () => {
    expect(await passwords.verify('anything', null)).to.equal(false);
  });

  it('are refused over 72 bytes, never cut off', async () => {
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

  it('are refused under the name that they came in', async () => {
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

  it('are hashed beside the event loop, which goes on', async () => {
    const slow = createPasswords({ cost: 10, workers: 2 });
    const done = Promise.all(Array.from({ length: 8 }, () => slow.hash('correct horse')));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await done;
    clearInterval(timer);
    await slow.close();
    // Eight hashes on the main thread would hold it for 600 ms.
    expect(longest).to.be.below(200);
  });
});

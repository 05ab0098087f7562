// Our own bcrypt: that it is bcrypt, whoever is hashed beside whom, and that it is worth having. test/domain/hashers.test.ts holds it against the libraries.

import bcryptjs from 'bcryptjs';
import { expect } from 'chai';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { mostLanes } from '../../../../src/domain/passwords/bcrypt/blowfish.js';
import { createInterleavedBcrypt } from '../../../../src/domain/passwords/bcrypt/interleaved-bcrypt.js';

/** By other hands: crypt_blowfish (Openwall) and jBCrypt. */
const published = {
  'U*U': '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  'U*U*': '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK',
  'U*U*U': '$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a',
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789':
    '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui',
  '': '$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.',
  a: '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe',
  abcdefghijklmnopqrstuvwxyz: '$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC',
  '~!@#$%^&*()      ~!@#$%^&*()PNBFRD':
    '$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO',
};

describe('the interleaved bcrypt', () => {
  const { hash, compare } = createInterleavedBcrypt();

  it('knows the hashes that others published', async () => {
    for (const [password, passwordHash] of Object.entries(published)) {
      expect(await compare(password, passwordHash, 4), passwordHash).to.equal(true);
      expect(await compare(`!${password}`, passwordHash, 4), passwordHash).to.equal(false);
    }
  });

  it('hashes each as if it were alone, whoever joins and leaves beside it', async () => {
    const task = fc.record({
      password: fc.string({ unit: 'grapheme-ascii', maxLength: 72 }),
      cost: fc.integer({ min: 4, max: 8 }),
      turnsBefore: fc.nat({ max: 20 }),
    });
    const sideBySide = fc.asyncProperty(
      fc.array(task, { minLength: 1, maxLength: 3 * mostLanes }),
      async (tasks) => {
        const made = tasks.map(async ({ password, cost, turnsBefore }) => {
          for (let turn = 0; turn < turnsBefore; turn++) await nextTurn();
          const passwordHash = await hash(password, cost);
          // The other makes the same hash of the same salt.
          expect(bcryptjs.hashSync(password, passwordHash)).to.equal(passwordHash);
        });
        await Promise.all(made);
      },
    );
    await fc.assert(sideBySide, { numRuns: 40 });
  });

  it('lets who comes later, for less, be done before', async () => {
    const ended: string[] = [];
    const slow = Promise.resolve(hash('slow', 11)).then(() => ended.push('slow'));
    await nextTurn();
    await hash('quick', 4);
    ended.push('quick');
    await slow;
    expect(ended).to.deep.equal(['quick', 'slow']);
  });

  it('takes as long for a hash of lower cost as for one of the given, however full the lanes are', async () => {
    const [old, current] = await Promise.all([hash('correct horse', 5), hash('correct horse', 9)]);
    const beside = Array.from({ length: 2 * mostLanes }, (_, index) => index);
    for (const others of [0, ...beside]) {
      const ended: string[] = [];
      const compared = async (passwordHash: string, name: string) => {
        expect(await compare('correct horse', passwordHash, 9)).to.equal(true);
        ended.push(name);
      };
      const all = [old, ...Array.from({ length: others }, () => current), old, current];
      await Promise.all(all.map((passwordHash, index) => compared(passwordHash, String(index))));
      // Who came first is done first.
      expect(
        ended.toSorted((a, b) => Number(a) - Number(b)),
        `${others} between`,
      ).to.deep.equal(ended);
    }
  });

  it('throws at what is no hash, and goes on with the others', async () => {
    const other = hash('correct horse', 6);
    for (const broken of ['', '$2b$xx$', `$2b$04$${'!'.repeat(53)}`]) {
      const failure: unknown = await Promise.resolve(compare('correct horse', broken, 4)).catch(
        (error: unknown) => error,
      );
      expect(failure)
        .to.be.an('error')
        .with.property('message', 'what the password is compared with is no bcrypt hash');
    }
    expect(bcryptjs.compareSync('correct horse', await other)).to.equal(true);
  });

  // Measured on an AMD Zen 5: 1.2 times. Where it comes near three, the whole is worth nothing.
  it('hashes three at once in less than two and a half times what one takes', async () => {
    const time = async (count: number) => {
      const start = performance.now();
      await Promise.all(Array.from({ length: count }, async () => hash('correct horse', 10)));
      return performance.now() - start;
    };
    await time(mostLanes);
    const rounds: number[] = [];
    for (let round = 0; round < 5; round++) rounds.push((await time(mostLanes)) / (await time(1)));
    expect(rounds.toSorted((a, b) => a - b)[2], rounds.join(' ')).to.be.below(2.5);
  });
});

// Tests that our own bcrypt is bcrypt, whatever is hashed at the same time, and that it is faster
// than one hash after the other. passwords/hashers.test.ts compares it with the libraries.

import bcryptjs from 'bcryptjs';
import { expect } from 'chai';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  createBlowfish,
  layout,
  mostLanes,
} from '../../../../src/domain/passwords/bcrypt/blowfish.js';
import * as interleaved from '../../../../src/domain/passwords/bcrypt/interleaved-bcrypt.js';

/** From other implementations: crypt_blowfish (Openwall) and jBCrypt. */
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

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

describe('the interleaved bcrypt', () => {
  const { hash, compare } = interleaved.createInterleavedBcrypt();

  it('verifies published hashes of other implementations', async () => {
    for (const [password, passwordHash] of Object.entries(published)) {
      expect(await compare(password, passwordHash, 4), passwordHash).to.equal(true);
      expect(await compare(`!${password}`, passwordHash, 4), passwordHash).to.equal(false);
    }
  });

  it('makes correct hashes when other hashes start and end at the same time', async () => {
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
          // bcryptjs makes the same hash from the same salt.
          expect(bcryptjs.hashSync(password, passwordHash)).to.equal(passwordHash);
        });
        await Promise.all(made);
      },
    );
    await fc.assert(sideBySide, { numRuns: 40 });
  });

  it('tells the right password of a salt from wrong ones that it compares beside it', async () => {
    const passwordHash = await hash('correct horse', 4);
    const passwords = ['correct horse', 'correct horsf', 'correct horse ', 'Correct horse'];
    for (let turnsBetween = 0; turnsBetween <= 2; turnsBetween++) {
      for (let first = 0; first < passwords.length; first++) {
        const order = [...passwords.slice(first), ...passwords.slice(0, first)];
        const results = order.map(async (password, index) => {
          for (let turn = 0; turn < index * turnsBetween; turn++) await nextTurn();
          return compare(password, passwordHash, 6);
        });
        expect(await Promise.all(results), `${first} ${turnsBetween}`).to.deep.equal(
          order.map((password) => password === 'correct horse'),
        );
      }
    }
  });

  it('leaves only zeros in its memory when its hashes have ended', async () => {
    const blowfish = createBlowfish();
    const own = interleaved.createInterleavedBcrypt(blowfish);
    const made = [5, 4, 6, 7, 5].map(async (cost) => own.hash('correct horse', cost));
    await nextTurn();
    expect(isZero(blowfish.memory), 'while it hashes').to.equal(false);
    await Promise.all(made);
    expect(isZero(blowfish.memory), 'after the last hash').to.equal(true);
  });

  it('leaves only zeros in the lane of a hash that has ended, while others run', async () => {
    const { memory, ...rest } = createBlowfish();
    const own = interleaved.createInterleavedBcrypt({ memory, ...rest });
    const others = ['one', 'other'].map(async (password) => own.hash(password, 8));
    await own.hash('correct horse', 4);
    const lanes = Array.from({ length: mostLanes + 1 }, (_, lane) =>
      isZero(memory.subarray(lane * layout.size, (lane + 1) * layout.size)),
    );
    expect(lanes).to.deep.equal([true, false, false, true]);
    await Promise.all(others);
  });

  for (const part of ['key', 'salt'] as const) {
    it(`makes no hash in a lane that holds another ${part}, and finishes the others`, async () => {
      const { memory, ...rest } = createBlowfish();
      const own = interleaved.createInterleavedBcrypt({ memory, ...rest });
      const made = ['one', 'two', 'three'].map(async (password) => own.hash(password, 6));
      await nextTurn();
      const [second, third] = [2, 3].map((lane) => lane * layout.size + layout[part]);
      memory.copyWithin(second!, third!, third! + 16);
      const results = await Promise.allSettled(made);
      expect(results.map(({ status }) => status)).to.deep.equal([
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      expect(results[1])
        .to.have.nested.property('reason.message')
        .that.equals('a lane of bcrypt does not hold the password and salt of its job');
      expect(isZero(memory), 'after the last hash').to.equal(true);
    });
  }

  it('finishes a cheap hash before an expensive one that started earlier', async () => {
    const ended: string[] = [];
    const slow = Promise.resolve(hash('slow', 11)).then(() => ended.push('slow'));
    await nextTurn();
    await hash('quick', 4);
    ended.push('quick');
    await slow;
    expect(ended).to.deep.equal(['quick', 'slow']);
  });

  it('compares a hash of lower cost in the same time, however full the lanes are', async () => {
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
      // First in, first out.
      expect(
        ended.toSorted((a, b) => Number(a) - Number(b)),
        `${others} between`,
      ).to.deep.equal(ended);
    }
  });

  it('throws for a broken hash, and finishes the other hashes', async () => {
    const other = hash('correct horse', 6);
    for (const broken of ['', '$2b$xx$', `$2b$04$${'!'.repeat(53)}`]) {
      const failure: unknown = await Promise.resolve(compare('correct horse', broken, 4)).catch(
        (error: unknown) => error,
      );
      expect(failure)
        .to.be.an('error')
        .with.property('message', 'the value to compare with is not a bcrypt hash');
    }
    expect(bcryptjs.compareSync('correct horse', await other)).to.equal(true);
  });

  // Measured on an AMD Zen 5: 1.2 times. Near three times, interleaving has no advantage.
  it('hashes three passwords at once in less than 2.5 times the time of one', async () => {
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

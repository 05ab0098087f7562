import bcryptjs from 'bcryptjs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { HasherName } from '../../../src/domain/passwords/hashers.js';
import { createPasswords, type Passwords } from '../../../src/domain/passwords/index.ts';

const names = ['interleaved', 'native', 'bcryptjs'] as const satisfies HasherName[];
/**
 * Each pair of a hasher that hashes and a hasher that compares. The pairs of a hasher with itself
 * show which side is wrong when a pair fails.
 */
const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));

/** Every password that the contract allows: code points except NUL, up to 72 bytes of UTF-8. */
const password = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 72 })
  .filter((text) => !text.includes('\0') && Buffer.byteLength(text) <= 72);

describe('the hashers', () => {
  const byName = {} as Record<HasherName, Passwords>;
  before(() => {
    for (const hasher of names) byName[hasher] = createPasswords({ cost: 4, hasher, workers: 1 });
  });
  after(() => Promise.all(Object.values(byName).map((passwords) => passwords.close())));

  for (const [from, to] of pairs) {
    it(`agree on every password: a hash of ${from}, compared by ${to}`, async () => {
      const made = fc.asyncProperty(password, password, async (right, other) => {
        const hash = await byName[from].hash(right);
        expect(hash).to.match(/^\$2b\$04\$/);
        expect(await byName[to].verify(right, hash)).to.equal(true);
        expect(await byName[to].verify(other, hash)).to.equal(other === right);
      });
      await fc.assert(made, { numRuns: 60 });
    });

    for (const [what, text] of [
      ['of 72 bytes', 'x'.repeat(72)],
      ['of 72 bytes in 18 emoji', '😀'.repeat(18)],
      ['that Unicode can write in two ways', 'e\u0301e\u0301e\u0301e\u0301'],
      ['with bytes from 128 on', 'ÿÿÿÿ\u0080\u0080\uffff'],
      ['that is empty', ''],
    ] as const) {
      it(`agree on a password ${what}: a hash of ${from}, compared by ${to}`, async () => {
        const hash = await byName[from].hash(text);
        expect(await byName[to].verify(text, hash)).to.equal(true);
        expect(await byName[to].verify(text.slice(1), hash)).to.equal(text === '');
        expect(await byName[to].verify(text.normalize('NFC'), hash)).to.equal(
          text === text.normalize('NFC'),
        );
      });
    }
  }

  for (const hasher of names) {
    it(`verify hashes of other programs, and call them outdated: ${hasher}`, async () => {
      const hash = bcryptjs.hashSync('correct horse', 5);
      for (const version of ['$2a$', '$2y$']) {
        const foreign = hash.replace('$2b$', version);
        expect(await byName[hasher].verify('correct horse', foreign), version).to.equal(true);
        expect(await byName[hasher].verify('correct horsf', foreign), version).to.equal(false);
        expect(byName[hasher].isOutdated(foreign), version).to.equal(true);
      }
    });

    it(`match no password with a broken hash, and do not throw: ${hasher}`, async () => {
      const hash = bcryptjs.hashSync('correct horse', 4);
      const broken = {
        nothing: '',
        words: 'no hash at all',
        'the password': 'correct horse',
        'a hash that is cut off': hash.slice(0, 59),
        'a hash with a letter after it': `${hash}x`,
        'a hash with NUL after it': `${hash}\0`,
        'a hash with a line break after it': `${hash}\n`,
        'the first bcrypt': hash.replace('$2b$', '$2$'),
        'the broken bcrypt of PHP': hash.replace('$2b$', '$2x$'),
        'a cost of 0': hash.replace('$04$', '$00$'),
        'a cost of 3': hash.replace('$04$', '$03$'),
        'a cost of 17': hash.replace('$04$', '$17$'),
        'a cost of 31, which takes a day': hash.replace('$04$', '$31$'),
        'a cost of 32': hash.replace('$04$', '$32$'),
        'a cost of +4': hash.replace('$04$', '$+4$'),
        'a wrong letter in the salt': `${hash.slice(0, 7)}!${hash.slice(8)}`,
        'a wrong letter at the end': `${hash.slice(0, 59)}!`,
        'another algorithm': `$argon2id$v=19$m=65536,t=3,p=4$${'a'.repeat(29)}`,
      };
      for (const [what, text] of Object.entries(broken)) {
        expect(await byName[hasher].verify('correct horse', text), what).to.equal(false);
      }
    });
  }

  it('are chosen by name, and auto, the default, chooses interleaved', async () => {
    const auto = [
      createPasswords({ cost: 4, workers: 1 }),
      createPasswords({ cost: 4, workers: 1, hasher: 'auto' }),
    ];
    const chosen = [...auto, ...Object.values(byName)].map((passwords) => passwords.ready());
    expect(await Promise.all(chosen)).to.deep.equal(['interleaved', 'interleaved', ...names]);
    await Promise.all(auto.map((passwords) => passwords.close()));
  });
});

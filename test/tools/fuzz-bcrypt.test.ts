// npm run fuzz:bcrypt on a small scale: it must agree with our bcrypt, and find a wrong one.

import bcryptjs from 'bcryptjs';
import { expect } from 'chai';
import { fuzzBcrypt } from '../../tools/fuzz/fuzz-bcrypt.ts';

describe('the fuzz of our bcrypt', () => {
  const small = { seed: 1, hashes: 40, comparisons: 80, output: null };

  it('counts what it compared, and finds no difference', async () => {
    expect(await fuzzBcrypt(small)).to.deep.equal({
      hashes: 40,
      rightPasswords: 40,
      wrongPasswords: 40,
      differences: [],
    });
  });

  it('finds a hasher that ignores the last character of a password', async () => {
    const cut = (password: string) => Array.from(password).slice(0, -1).join('');
    const hasher = {
      hash: (password: string, cost: number) => bcryptjs.hashSync(cut(password), cost),
      compare: (password: string, hash: string) => bcryptjs.compareSync(cut(password), hash),
    };
    const { differences } = await fuzzBcrypt({ ...small, hasher });
    expect(differences.length).to.be.above(40);
    expect(differences[0]).to.match(/^hash \d+ of seed 1, at cost [456]$/);
  });
});

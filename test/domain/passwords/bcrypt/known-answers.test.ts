// The self-test of the hashers: it must pass with each real one, and find a fault in each number of
// lanes.

import { expect } from 'chai';
import { createBlowfish, layout } from '../../../../src/domain/passwords/bcrypt/blowfish.js';
import * as interleaved from '../../../../src/domain/passwords/bcrypt/interleaved-bcrypt.js';
import { selfTest } from '../../../../src/domain/passwords/bcrypt/known-answers.js';
import { startHasher } from '../../../../src/domain/passwords/hashers.js';

describe('the self-test of a hasher', () => {
  for (const name of ['interleaved', 'native', 'bcryptjs'] as const) {
    it(`passes with ${name}`, async () => {
      const { failures, ...started } = await startHasher([name]);
      expect(started.name).to.equal(name);
      expect(failures).to.deep.equal([]);
    });
  }

  for (const count of [1, 2, 3]) {
    it(`finds one wrong bit when ${count} passwords are hashed at the same time`, async () => {
      const blowfish = createBlowfish();
      let calls = 0;
      const expand = (lanes: number) => (offset: number) => {
        blowfish.expand(lanes)(offset);
        // One bit of the boxes of the last lane, once.
        if (lanes === count && calls++ === 7)
          blowfish.memory[lanes * layout.size + layout.boxes]! ^= 1;
      };
      const failure: unknown = await selfTest(
        interleaved.createInterleavedBcrypt({ ...blowfish, expand }),
      ).catch((error: unknown) => error);
      expect(failure)
        .to.be.an('error')
        .with.property('message')
        .that.equals(`a wrong result for a known password, with ${count} at the same time`);
    });
  }

  it('finds a hasher that accepts every password', async () => {
    const failure: unknown = await selfTest({
      hash: () => '',
      compare: () => true,
    }).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message').that.includes('with 3');
  });

  it('chooses the next hasher after one that fails, and reports why', async () => {
    const { Instance } = WebAssembly;
    Reflect.set(WebAssembly, 'Instance', () => {
      throw new RangeError('no memory');
    });
    try {
      const { name, failures } = await startHasher(['interleaved', 'native', 'bcryptjs']);
      expect(name).to.equal('native');
      const reason = 'WebAssembly.Instance is not a constructor';
      expect(failures).to.deep.equal([{ hasher: 'interleaved', reason }]);
    } finally {
      Reflect.set(WebAssembly, 'Instance', Instance);
    }
  });
});

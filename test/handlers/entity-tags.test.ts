import { expect } from 'chai';
import { entityTag, expectedVersions } from '../../src/handlers/entity-tags.ts';

// RFC 9110, sections 8.8.3.2 and 13.1.1.

describe('the versions that an If-Match allows', () => {
  const read: [string | undefined, readonly number[] | undefined][] = [
    [undefined, undefined],
    ['*', undefined],
    ['"1"', [1]],
    [entityTag(42), [42]],
    ['"1", "2","3"', [1, 2, 3]],
    [' ,"1" ,,\t"2", ', [1, 2]],
    ['W/"1"', []],
    ['W/"1", "2"', [2]],
    ['"2", W/"1"', [2]],
    ['"*"', []],
    ['""', []],
    ['"01"', []],
    ['"+1"', []],
    ['"1e0"', []],
    ['" 1"', []],
    ['"1,2"', []],
    ['"a", "1"', [1]],
    ['"W/"', []],
    ['"99999999999"', []],
  ];
  for (const [ifMatch, versions] of read) {
    it(`are ${versions === undefined ? 'all' : versions.join(' and ') || 'none'} where it is ${ifMatch ?? 'not there'}`, () => {
      expect(expectedVersions(ifMatch)).to.deep.equal(versions);
    });
  }
});

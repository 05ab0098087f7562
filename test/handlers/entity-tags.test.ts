import { expect } from 'chai';
import { entityTag, expectedVersions } from '../../src/handlers/entity-tags.ts';

// RFC 9110, sections 8.8.3.2 and 13.1.1: weak tags never match, and * matches every version.

describe('If-Match', () => {
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
    const allowed =
      versions === undefined
        ? 'every version'
        : versions.map((version) => `version ${version}`).join(' and ') || 'no version';

    it(`allows ${allowed} when its value is ${ifMatch ?? 'absent'}`, () => {
      expect(expectedVersions(ifMatch)).to.deep.equal(versions);
    });
  }
});

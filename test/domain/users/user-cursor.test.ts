import { expect } from 'chai';
import type { Driver } from '../../../src/db/tables/user-list.ts';
import { AuthError } from '../../../src/domain/errors.ts';
import { readCursor, writeCursor } from '../../../src/domain/users/user-cursor.ts';

const encode = (text: string | Buffer) => Buffer.from(text as string).toString('base64url');

describe('a cursor', () => {
  const kept: [Driver, string][] = [
    ['id', '1'],
    ['role', '9007199254740991'],
    ['disabled', '500'],
    ['search', 'alice'],
    ['search', "o'hara+{x}|~@example.com"],
    ['search', 'a:b@example.com'],
  ];
  for (const [driver, key] of kept) {
    it(`holds ${key} for ${driver}, in characters that a URL does not escape`, () => {
      const cursor = writeCursor(driver, key);
      expect(cursor).to.match(/^[A-Za-z0-9_-]+$/);
      expect(readCursor(driver, cursor)).to.equal(key);
    });
  }

  const refused: [string, Driver, string][] = [
    ['of another driver', 'role', writeCursor('id', '1')],
    ['with an id in place of a name', 'search', writeCursor('id', '1')],
    ['with a name in place of an id', 'id', writeCursor('search', 'alice')],
    ['without a driver', 'id', encode('1')],
    ['without a key', 'id', encode('id:')],
    ['with the key 0', 'id', encode('id:0')],
    ['with a negative key', 'id', encode('id:-1')],
    ['with a key that is not a number', 'id', encode('id:1 or 1=1')],
    ['with a leading zero in its key', 'id', encode('id:01')],
    ['with a key above 2^63', 'id', encode('id:99999999999999999999')],
    ['with NUL in its name', 'search', encode('search:a\u0000')],
    ['with a letter beyond ASCII in its name', 'search', encode('search:zoë')],
    ['of bytes that are not UTF-8', 'search', encode(Buffer.from([0xff, 0xfe]))],
    ['with a name that is too long', 'search', encode(`search:${'x'.repeat(255)}`)],
    ['with a line break at its end', 'id', encode('id:1\n')],
    ['that was cut off', 'id', writeCursor('id', '12').slice(0, -1)],
    ['with something after it', 'id', `${writeCursor('id', '1')}!`],
    ['that is padded', 'id', Buffer.from('id:1').toString('base64')],
  ];
  for (const [what, driver, cursor] of refused) {
    it(`is refused: a cursor ${what}`, () => {
      expect(() => readCursor(driver, cursor))
        .to.throw(AuthError)
        .with.property('code', 'validation_failed');
    });
  }
});

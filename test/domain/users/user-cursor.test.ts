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
    it(`holds ${key} for ${driver}, in letters that a URL needs not escape`, () => {
      const cursor = writeCursor(driver, key);
      expect(cursor).to.match(/^[A-Za-z0-9_-]+$/);
      expect(readCursor(driver, cursor)).to.equal(key);
    });
  }

  const refused: [string, Driver, string][] = [
    ['of another kind', 'role', writeCursor('id', '1')],
    ['that is an id where a name is wanted', 'search', writeCursor('id', '1')],
    ['that is a name where an id is wanted', 'id', writeCursor('search', 'alice')],
    ['of no kind', 'id', encode('1')],
    ['without a key', 'id', encode('id:')],
    ['of the key 0', 'id', encode('id:0')],
    ['of a negative key', 'id', encode('id:-1')],
    ['of a key that is no number', 'id', encode('id:1 or 1=1')],
    ['of a key with a leading zero', 'id', encode('id:01')],
    ['of a key over 2^63', 'id', encode('id:99999999999999999999')],
    ['of a name with NUL', 'search', encode('search:a\u0000')],
    ['of a name with a letter beyond ASCII', 'search', encode('search:zoë')],
    ['of bytes that are not UTF-8', 'search', encode(Buffer.from([0xff, 0xfe]))],
    ['of a name that is too long', 'search', encode(`search:${'x'.repeat(255)}`)],
    ['with a line break at its end', 'id', encode('id:1\n')],
    ['that was cut', 'id', writeCursor('id', '12').slice(0, -1)],
    ['with something after it', 'id', `${writeCursor('id', '1')}!`],
    ['that is padded', 'id', Buffer.from('id:1').toString('base64')],
  ];
  for (const [what, driver, cursor] of refused) {
    it(`is refused: one ${what}`, () => {
      expect(() => readCursor(driver, cursor))
        .to.throw(AuthError)
        .with.property('code', 'validation_failed');
    });
  }
});

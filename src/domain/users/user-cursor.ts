// The cursor for a page of users: the index that the page is read from, and a key in that index.
// Refuses a cursor that this service did not issue for the same kind of query. The cursor holds
// no secret, and a forged cursor gains nothing.

import type { Driver } from '../../db/tables/user-list.ts';
import { AuthError } from '../errors.ts';

/** The form of a key: an id, or for the driver `search` a username or an e-mail address. */
const idKey = /^[1-9]\d{0,15}$/;
const nameKey = /^[!-~]{1,254}$/;

export function writeCursor(driver: Driver, key: string): string {
  return Buffer.from(`${driver}:${key}`).toString('base64url');
}

/**
 * Returns the key.
 * @throws AuthError `validation_failed`
 */
export function readCursor(driver: Driver, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const key = text.startsWith(`${driver}:`) ? text.slice(driver.length + 1) : '';
  // Compare with the encoded form, because decoding ignores characters outside base64url.
  const isOurs =
    (driver === 'search' ? nameKey : idKey).test(key) && writeCursor(driver, key) === cursor;
  if (isOurs) return key;
  throw new AuthError('validation_failed', {
    breaches: [
      { path: '/query/cursor', message: 'must be the nextCursor of a page with the same filters' },
    ],
  });
}

// Where a page of users begins, as clients carry it: the index that the page is read from, and a key in it. Refuses what this service has not
// given for the same kind of query; there is nothing secret in it, and nothing to be won by making one up.

import type { Driver } from '../../db/tables/user-list.ts';
import { AuthError } from '../errors.ts';

/** What a key may be, for a driver whose keys are ids and for the one whose keys are usernames and addresses. */
const idKey = /^[1-9]\d{0,15}$/;
const nameKey = /^[!-~]{1,254}$/;

export function writeCursor(driver: Driver, key: string): string {
  return Buffer.from(`${driver}:${key}`).toString('base64url');
}

/**
 * Reads the key.
 * @throws AuthError `validation_failed`
 */
export function readCursor(driver: Driver, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const key = text.startsWith(`${driver}:`) ? text.slice(driver.length + 1) : '';
  // Written again it must be the same: decoding passes over what is none of base64url.
  const isOurs =
    (driver === 'search' ? nameKey : idKey).test(key) && writeCursor(driver, key) === cursor;
  if (isOurs) return key;
  throw new AuthError('validation_failed', {
    breaches: [
      { path: '/query/cursor', message: 'must be the nextCursor of a page with the same filters' },
    ],
  });
}

// The longest password that bcrypt can tell from others. Longer ones are refused and never cut off.

import { AuthError } from '../errors.ts';

/** Bytes of UTF-8; bcrypt ignores what follows. */
const longest = 72;

/** @throws AuthError `validation_failed` when the password is over 72 bytes */
export function refuseTooLong(password: string, member = 'password'): void {
  if (Buffer.byteLength(password, 'utf8') <= longest) return;
  const message = `must NOT have more than ${longest} bytes of UTF-8`;
  throw new AuthError('validation_failed', { breaches: [{ path: `/body/${member}`, message }] });
}

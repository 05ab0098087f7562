// The maximum length of a password. bcrypt ignores all bytes after the 72nd, so longer passwords
// are refused and never cut off.

import { AuthError } from '../errors.ts';

/** Bytes of UTF-8. */
const longest = 72;

/** @throws AuthError `validation_failed` when the password is over 72 bytes */
export function refuseTooLong(password: string, member = 'password'): void {
  if (Buffer.byteLength(password, 'utf8') <= longest) return;
  const message = `must NOT have more than ${longest} bytes of UTF-8`;
  throw new AuthError('validation_failed', { breaches: [{ path: `/body/${member}`, message }] });
}

// Refuses weak passwords when they are chosen. Defends against online guessing as NIST SP
// 800-63B-4, section 3.1.1.2, asks: a new password is compared with commonly used and expected
// ones, and the refusal states the reason. There are no rules about which characters to use,
// because the same section forbids them. No reason repeats the password.

import { AuthError } from '../errors.ts';
import type { Hashing } from './hashing.ts';
import { refuseTooLong } from './password-length.ts';

export interface PasswordPolicy {
  /**
   * `member`: the member of the request's body that holds the password.
   * @throws AuthError `weak_password` with the reason, `validation_failed` when the password is
   * over 72 bytes, `unavailable` when the check would wait over two seconds
   */
  refuseWeak(password: string, owner: PasswordOwner, member?: string): Promise<void>;
}

/** The user that chooses the password. */
export interface PasswordOwner {
  readonly username: string;
  readonly email: string;
}

/** Characters. A shorter name is in too many good passwords by chance. */
const shortestName = 3;

export function createPasswordPolicy({ weaknessOf }: Pick<Hashing, 'weaknessOf'>): PasswordPolicy {
  return {
    async refuseWeak(password, owner, member = 'password') {
      refuseTooLong(password, member);
      const weakness = nameIn(password, owner) ?? (await weaknessOf(password));
      if (weakness === null) return;
      const message = reasons[weakness] ?? 'This password is too easy to guess.';
      throw new AuthError('weak_password', {
        message,
        breaches: [{ path: `/body/${member}`, message }],
      });
    },
  };
}

function nameIn(
  password: string,
  { username, email }: PasswordOwner,
): 'service' | 'username' | 'email' | null {
  const text = password.toLowerCase();
  const holds = (name: string) => name.length >= shortestName && text.includes(name.toLowerCase());
  if (holds('rolegate')) return 'service'; // the first guess against this service
  if (holds(username)) return 'username';
  return holds(email.slice(0, email.lastIndexOf('@'))) ? 'email' : null;
}

const common = 'This is a commonly used password.';
const repeated = 'This password repeats the same characters.';
const keys = 'This password is a row of keys on the keyboard.';
const date = 'This password is a date or a year.';

/** Keyed by the names of `nameIn` and zxcvbn. A reason not listed is reported as easy to guess. */
const reasons: Readonly<Record<string, string | undefined>> = {
  service: 'This password holds the name of the service.',
  username: 'This password holds the username.',
  email: 'This password holds the part of the e-mail address before the @.',
  topTen: common,
  topHundred: common,
  common,
  similarToCommon: 'This password is too similar to a commonly used one.',
  simpleRepeat: repeated,
  extendedRepeat: repeated,
  sequences: 'This password is a sequence, such as abcd or 4321.',
  straightRow: keys,
  keyPattern: keys,
  dates: date,
  recentYears: date,
};

// Passwords: hashing, comparison, and the policy for new ones.

import { createHashing, type Hashing, type HashingOptions } from './hashing.ts';
import { createPasswordPolicy, type PasswordPolicy } from './password-policy.ts';

export interface Passwords extends Hashing, PasswordPolicy {}

/** @throws HasherError when the chosen hasher does not load */
export function createPasswords(options: HashingOptions): Passwords {
  const hashing = createHashing(options);
  return { ...hashing, ...createPasswordPolicy(hashing) };
}

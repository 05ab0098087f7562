// One-time tokens: what a mail's link carries. Defends against guessing (32 random bytes), against a stolen database (only SHA-256 of a token
// is stored; a fast hash will do for what nobody can guess), against a link that works twice, or for something else, or for whoever gets the
// address after its user has left it.

import { createHash, randomBytes } from 'node:crypto';
import type { Repositories } from '../../db/repositories.ts';
import { AuthError } from '../errors.ts';

export type Purpose = 'password_reset' | 'email_verification';

/** A token that was found, and not used yet. */
export interface FoundToken {
  readonly tokenHash: Buffer;
  readonly purpose: Purpose;
  readonly userId: number;
  readonly email: string;
}

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** @throws AuthError `one_time_token_invalid` */
export async function findToken(
  { oneTimeTokens }: Repositories,
  token: string,
  purpose: Purpose,
  now: Date,
): Promise<FoundToken> {
  const tokenHash = hashOf(token);
  const found = await oneTimeTokens.find(tokenHash, purpose, now);
  if (!found) throw new AuthError('one_time_token_invalid');
  return { tokenHash, purpose, userId: found.userId, email: found.email };
}

/**
 * Uses a token up, with all others of its user and purpose, and marks the address that it was sent to as verified. Inside a transaction: the
 * user first, so that two tokens of one user wait for each other there, and do not each hold what the other wants.
 * @throws AuthError `one_time_token_invalid` when somebody was faster, or the user is disabled or has left the address
 */
export async function useToken(
  { users, oneTimeTokens }: Repositories,
  found: FoundToken,
  now: Date,
): Promise<void> {
  const isCurrent = await users.verifyEmail(found.userId, found.email, now);
  if (!isCurrent || !(await oneTimeTokens.take(found.tokenHash)))
    throw new AuthError('one_time_token_invalid');
  await oneTimeTokens.removeAll(found.userId, found.purpose);
}

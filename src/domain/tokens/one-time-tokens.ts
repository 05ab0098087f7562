// One-time tokens: the tokens in mailed links. Defends against:
// - guessing: a token is 32 random bytes.
// - a stolen database: it holds only the SHA-256 of a token. A fast hash is enough for a random
//   value.
// - misuse: a link works once, for one purpose, and only while its user has the address.

import { createHash, randomBytes } from 'node:crypto';
import type { Repositories } from '../../db/repositories.ts';
import { AuthError } from '../errors.ts';

export type Purpose = 'password_reset' | 'email_verification';

/** A token that exists and is not used yet. */
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
 * Uses up a token and all others of its user and purpose. Marks the address that it was sent to as
 * verified. Call it inside a transaction. It locks the user first: two tokens of one user wait for
 * each other there, and cannot deadlock.
 * @throws AuthError `one_time_token_invalid` when another request was faster, or the user is
 * disabled or no longer has the address
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

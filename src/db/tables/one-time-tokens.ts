// The table one_time_tokens: the hashes of tokens that were sent by mail. Each has its purpose, its
// user and the address it was sent to.

import type { Knex } from 'knex';

export interface OneTimeTokenRow {
  /** SHA-256. */
  readonly tokenHash: Buffer;
  readonly purpose: string;
  readonly userId: number;
  readonly email: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface OneTimeTokens {
  insert(token: OneTimeTokenRow): Promise<void>;
  /** @returns `undefined` when the token is unknown, used, expired, or for another purpose */
  find(
    tokenHash: Buffer,
    purpose: string,
    now: Date,
  ): Promise<Pick<OneTimeTokenRow, 'userId' | 'email'> | undefined>;
  /**
   * Removes the token. If several requests use one token at the same time, exactly one succeeds.
   * @returns whether the token existed
   */
  take(tokenHash: Buffer): Promise<boolean>;
  removeAll(userId: number, purpose: string): Promise<void>;
  /**
   * Removes at most `limit` tokens that expired before `time`.
   * @returns how many were removed
   */
  removeExpired(time: Date, limit: number): Promise<number>;
}

export function createOneTimeTokens(db: Knex): OneTimeTokens {
  const tokens = () => db('one_time_tokens');
  return {
    async insert({ tokenHash, purpose, userId, email, createdAt, expiresAt }) {
      const times = { created_at: createdAt, expires_at: expiresAt };
      await tokens().insert({ token_hash: tokenHash, purpose, user_id: userId, email, ...times });
    },
    find(tokenHash, purpose, now) {
      return tokens()
        .where({ token_hash: tokenHash, purpose })
        .where('expires_at', '>', now)
        .first<Pick<OneTimeTokenRow, 'userId' | 'email'> | undefined>({
          userId: 'user_id',
          email: 'email',
        });
    },
    async take(tokenHash) {
      return (await tokens().where({ token_hash: tokenHash }).delete()) > 0;
    },
    async removeAll(userId, purpose) {
      await tokens().where({ user_id: userId, purpose }).delete();
    },
    removeExpired(time, limit) {
      const expired = tokens().where('expires_at', '<', time).limit(limit).forUpdate().skipLocked();
      return tokens().whereIn('token_hash', expired.select('token_hash')).delete();
    },
  };
}

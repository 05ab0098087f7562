// The table one_time_tokens: hashes of what was sent by mail.

import type { Knex } from 'knex';

export interface OneTimeTokens {
  /** Removes all that the user has for this purpose. */
  removeAll(userId: number, purpose: string): Promise<void>;
}

export function createOneTimeTokens(db: Knex): OneTimeTokens {
  return {
    async removeAll(userId, purpose) {
      await db('one_time_tokens').where({ user_id: userId, purpose }).delete();
    },
  };
}

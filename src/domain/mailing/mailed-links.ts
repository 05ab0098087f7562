// The operations behind mailed links: verify an address, set a new password. Defends against
// account enumeration: a request for a link is only stored, for known and unknown addresses alike.
// Defends also against an attacker who knew the old password or has a session: a new password ends
// all sessions. Stores no data of its own.

import type { Repositories } from '../../db/repositories.ts';
import type { UserRow } from '../../db/tables/users.ts';
import { ownEvent } from '../audit/audit-event.ts';
import type { Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import { findToken, useToken, type FoundToken, type Purpose } from '../tokens/one-time-tokens.ts';
import type { Outbox } from './outbox.ts';
import type { Passwords } from '../passwords/index.ts';

export interface MailedLinks {
  /** @throws AuthError `unavailable` when the service sends no mail */
  request(purpose: Purpose, email: string, client: Client): Promise<void>;
  /**
   * @throws AuthError `one_time_token_invalid`, `weak_password`, `validation_failed` (a password
   * over 72 bytes)
   */
  resetPassword(
    command: { readonly token: string; readonly newPassword: string },
    client: Client,
  ): Promise<void>;
  /** @throws AuthError `one_time_token_invalid` */
  verifyEmail(token: string, client: Client): Promise<void>;
}

interface MailedLinksParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly outbox: Outbox;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createMailedLinks({
  repositories,
  passwords,
  outbox,
  now,
}: MailedLinksParts): MailedLinks {
  return {
    async request(purpose, email, client) {
      await outbox.add(repositories, { purpose, email, requestId: client.requestId });
      outbox.kick();
    },

    async resetPassword({ token, newPassword }, client) {
      // Look the token up before the policy and the hash, which are slow. So an unknown or useless
      // token costs almost nothing. The transaction checks the token again.
      const found = await findToken(repositories, token, 'password_reset', new Date(now()));
      const owner = await repositories.users.findById(found.userId);
      if (!owner || !isUsableBy(found, owner)) throw new AuthError('one_time_token_invalid');
      await passwords.refuseWeak(newPassword, owner, 'newPassword');
      const passwordHash = await passwords.hash(newPassword, 'newPassword');
      const at = new Date(now());
      await repositories.transaction(async (inside) => {
        await useToken(inside, found, at);
        await inside.users.setPasswordHash(found.userId, passwordHash);
        await inside.sessions.endAll(found.userId, at);
        await inside.auditEvents.insert(ownEvent('password_reset', found.userId, client, at));
      });
    },

    async verifyEmail(token, client) {
      const at = new Date(now());
      const found = await findToken(repositories, token, 'email_verification', at);
      await repositories.transaction(async (inside) => {
        await useToken(inside, found, at);
        await inside.auditEvents.insert(ownEvent('email_verified', found.userId, client, at));
      });
    },
  };
}

function isUsableBy({ email }: FoundToken, owner: UserRow): boolean {
  return owner.disabledAt === null && owner.email.toLowerCase() === email.toLowerCase();
}

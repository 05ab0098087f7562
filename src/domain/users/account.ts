// The caller's own account: read it, change its password, delete it. Defends against a stolen
// token: a change that would lock the owner out requires the password as well. A new password ends
// all sessions and all links to reset it, and begins a new session. So a copy of the caller's own
// tokens is of no use any more.
//
// The password is compared before the transaction, so that no other request waits for the row
// during bcrypt. In the transaction, with the row locked, it is compared again if the hash has
// changed. So of two changes at the same time, the second finds its password wrong.

import type { Repositories } from '../../db/repositories.ts';
import type { UserRow, Users } from '../../db/tables/users.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import { newSession } from '../new-session.ts';
import type { SessionTimes } from '../session-times.ts';
import type { SessionTokens, TokensFor } from '../tokens/session-tokens.ts';
import { lockUnlessLastAdmin } from './last-admin.ts';
import type { Passwords } from '../passwords/index.ts';
import { authority, inOrder } from '../roles.ts';
import type { UserView } from './sign-up.ts';

export interface AccountView extends UserView {
  readonly emailVerified: boolean;
  readonly createdAt: Date;
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** The tokens of the session that begins with a new password. */
export interface NewTokens extends SessionTokens {
  readonly sessionId: string;
}

/** Each throws AuthError `token_invalid` when the user was deleted after the token was checked. */
export interface Account {
  read(caller: Caller): Promise<AccountView>;
  /**
   * @throws AuthError `password_wrong`, `weak_password`, `validation_failed` (a password over 72
   * bytes)
   */
  changePassword(caller: Caller, change: PasswordChange, client: Client): Promise<NewTokens>;
  /**
   * @throws AuthError `password_wrong`, `last_admin`, `validation_failed` (a password over 72
   * bytes)
   */
  remove(caller: Caller, password: string, client: Client): Promise<void>;
}

interface AccountParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly tokensFor: TokensFor;
  readonly times: Pick<SessionTimes, 'sessionTtl'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createAccount({
  repositories,
  passwords,
  tokensFor,
  times,
  now,
}: AccountParts): Account {
  async function provePassword(userId: number, password: string, member: string): Promise<UserRow> {
    const user = await find(repositories.users, userId);
    if (!(await passwords.verify(password, user.passwordHash, member)))
      throw new AuthError('password_wrong');
    return user;
  }

  return {
    async read({ userId }) {
      const { id, username, email, emailVerifiedAt, roles, createdAt } = await find(
        repositories.users,
        userId,
      );
      return {
        id,
        username,
        email,
        emailVerified: emailVerifiedAt !== null,
        roles: inOrder(roles).map(authority),
        createdAt,
      };
    },

    async changePassword(caller, { currentPassword, newPassword }, client) {
      const { userId } = caller;
      const proven = await provePassword(userId, currentPassword, 'currentPassword');
      await passwords.refuseWeak(newPassword, proven, 'newPassword');
      const passwordHash = await passwords.hash(newPassword, 'newPassword');
      return repositories.transaction(async ({ users, sessions, oneTimeTokens }) => {
        const user = await proveAgain(passwords, proven, await users.lock(userId), currentPassword);
        await users.setPasswordHash(userId, passwordHash);
        const session = newSession(userId, client, now(), times);
        const { id: sessionId, createdAt } = session;
        await sessions.endAll(userId, createdAt);
        await oneTimeTokens.removeAll(userId, 'password_reset');
        const event = auditEvent('password_changed', actorOf(client, caller), userId, createdAt, {
          sessionId,
        });
        const hasBegun = await sessions.insert(session, passwordHash, event);
        if (!hasBegun) throw new AuthError('token_invalid'); // the user was disabled meanwhile
        return { sessionId, ...tokensFor(session, user, 0) };
      });
    },

    async remove(caller, password, client) {
      const { userId, username } = caller;
      const proven = await provePassword(userId, password, 'password');
      await repositories.transaction(async ({ users, auditEvents }) => {
        await proveAgain(passwords, proven, await lockUnlessLastAdmin(users, userId), password);
        await users.remove(userId);
        await auditEvents.insert(
          auditEvent('user_deleted', actorOf(client, caller), userId, new Date(now()), {
            username,
          }),
        );
      });
    },
  };
}

async function find(users: Users, userId: number): Promise<UserRow> {
  const user = await users.findById(userId);
  if (!user) throw new AuthError('token_invalid');
  return user;
}

/**
 * Checks the password again, with the user locked. A different hash does not mean a different
 * password: a sign-in may have renewed the hash meanwhile.
 */
async function proveAgain(
  passwords: Passwords,
  proven: UserRow,
  locked: UserRow | undefined,
  password: string,
): Promise<UserRow> {
  if (!locked) throw new AuthError('token_invalid');
  const isSame =
    locked.passwordHash === proven.passwordHash ||
    (await passwords.verify(password, locked.passwordHash));
  if (!isSame) throw new AuthError('password_wrong');
  return locked;
}

// Sign-in: compares the password and starts a session. Defends against account enumeration: an
// unknown user, a disabled user and a wrong password get the same answer, after one bcrypt
// comparison each. Stores one row for each session; refresh-tokens.ts explains what is not stored.

import type { Repositories } from '../../db/repositories.ts';
import type { UserRow } from '../../db/tables/users.ts';
import { actorOf, auditEvent, ownEvent, type SignInRefusal } from '../audit/audit-event.ts';
import type { Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import type { Passwords } from '../passwords/index.ts';
import { authority, inOrder } from '../roles.ts';
import type { SessionTokens, TokensFor } from '../tokens/session-tokens.ts';
import type { UserView } from '../users/sign-up.ts';
import { newSession } from '../new-session.ts';
import type { SessionTimes } from '../session-times.ts';

export interface SignedIn extends SessionTokens {
  readonly user: UserView;
  readonly sessionId: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/**
 * @throws AuthError `invalid_credentials`, `email_not_verified`, `validation_failed` (a password
 * over 72 bytes)
 */
export type SignIn = (credentials: Credentials, client: Client) => Promise<SignedIn>;

interface SignInParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly tokensFor: TokensFor;
  readonly times: SessionTimes;
  /** Whether only users whose e-mail address is verified may sign in. */
  readonly requireVerifiedEmail: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createSignIn(parts: SignInParts): SignIn {
  const { repositories, passwords, tokensFor, times, requireVerifiedEmail, now } = parts;
  /**
   * Writes the audit event and gives the same answer for each reason. The exception is
   * `email_not_verified`: that client has proved that it knows the password.
   */
  async function refuseSignIn(
    userId: number | null,
    reason: SignInRefusal,
    client: Client,
  ): Promise<never> {
    await repositories.auditEvents.insert(
      auditEvent('sign_in_failed', actorOf(client), userId, new Date(now()), { reason }),
    );
    throw new AuthError(reason === 'email_not_verified' ? reason : 'invalid_credentials');
  }

  async function signIn(
    { username, password }: Credentials,
    client: Client,
    isLastTry: boolean,
  ): Promise<SignedIn> {
    const user = await repositories.users.findByUsername(username);
    const matches = await passwords.verify(password, user?.passwordHash ?? null);
    if (!user) return refuseSignIn(null, 'unknown_user', client);
    if (!matches) return refuseSignIn(user.id, 'wrong_password', client);
    if (user.disabledAt !== null) return refuseSignIn(user.id, 'disabled', client);
    if (requireVerifiedEmail && user.emailVerifiedAt === null)
      return refuseSignIn(user.id, 'email_not_verified', client);
    const session = newSession(user.id, client, now(), times);
    const event = ownEvent('signed_in', user.id, client, session.createdAt, {
      sessionId: session.id,
    });
    const hasBegun = await repositories.sessions.insert(session, user.passwordHash, event);
    if (!hasBegun) {
      // The user was changed a moment ago. Perhaps another sign-in only renewed the hash of the
      // same password, so try once more.
      if (isLastTry) return refuseSignIn(user.id, 'wrong_password', client);
      return signIn({ username, password }, client, true);
    }
    if (passwords.isOutdated(user.passwordHash)) await renewHash(parts, user, password);
    return {
      user: {
        id: user.id,
        username: user.username,
        email: user.email,
        roles: inOrder(user.roles).map(authority),
      },
      sessionId: session.id,
      ...tokensFor(session, user, 0),
    };
  }

  return (credentials, client) => signIn(credentials, client, false);
}

/**
 * Replaces an outdated hash. The session has started already, so when the hashing queue is full,
 * the next sign-in does this.
 */
async function renewHash(
  { repositories, passwords }: Pick<SignInParts, 'repositories' | 'passwords'>,
  { id, passwordHash }: Pick<UserRow, 'id' | 'passwordHash'>,
  password: string,
): Promise<void> {
  const renewed = await passwords.hash(password).catch((error: unknown) => {
    if (!(error instanceof AuthError && error.code === 'unavailable')) throw error;
  });
  if (renewed !== undefined)
    await repositories.users.replacePasswordHash(id, passwordHash, renewed);
}

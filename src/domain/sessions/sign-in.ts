// Sessions: one begins with each sign-in, lives as long as its refresh tokens are traded in time (refresh.ts), and ends with a sign-out, or when one
// of its refresh tokens shows up that was used before.
//
// Defends against finding out who has an account: an unknown user, a disabled one and a wrong password get one answer, after one bcrypt
// comparison each. Stores one row a session; see refresh-tokens.ts for what is not stored.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Repositories } from '../../db/repositories.ts';
import type { UserRow } from '../../db/tables/users.ts';
import { actorOf, auditEvent, ownEvent, type SignInRefusal } from '../audit/audit-event.ts';
import type { Caller, Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import type { Passwords } from '../passwords/passwords.ts';
import type { RefreshTokens } from '../tokens/refresh-tokens.ts';
import { createRefresh, type Refresh } from './refresh.ts';
import { authority, inOrder } from '../roles.ts';
import type { Tokens, TokensFor } from '../tokens/session-tokens.ts';
import type { UserView } from '../users/sign-up.ts';

export interface SignedIn extends Tokens {
  readonly user: UserView;
  readonly sessionId: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Sessions {
  /** @throws AuthError `invalid_credentials`, `email_not_verified`, `validation_failed` (a password over 72 bytes) */
  signIn(credentials: Credentials, client: Client): Promise<SignedIn>;
  readonly refresh: Refresh;
  signOut(caller: Caller, client: Client): Promise<void>;
}

export interface SessionTimes {
  /** Seconds that a session lives at most. */
  readonly sessionTtl: number;
  /** Seconds that it lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Seconds in which the last refresh token may be used again, for the same answer. */
  readonly refreshGrace: number;
}

interface Parts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly refreshTokens: Pick<RefreshTokens, 'read'>;
  readonly tokensFor: TokensFor;
  readonly times: SessionTimes;
  /** Whether only users whose e-mail address is verified may sign in. */
  readonly requireVerifiedEmail: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createSessions(parts: Parts): Sessions {
  const { repositories, passwords, tokensFor, times, requireVerifiedEmail, now } = parts;
  /** One answer for all, but to whoever knows the password. */
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
      // The user was changed a moment ago; perhaps another sign-in has only renewed the hash of the same password.
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

  return {
    signIn: (credentials, client) => signIn(credentials, client, false),

    refresh: createRefresh(parts),

    async signOut(caller, client) {
      const { userId, sessionId } = caller;
      const at = new Date(now());
      const event = auditEvent('signed_out', actorOf(client, caller), userId, at, { sessionId });
      await repositories.sessions.end(userId, sessionId, at, event);
    },
  };
}

function newSession(
  userId: number,
  { userAgent, ip }: Client,
  time: number,
  { sessionTtl }: SessionTimes,
) {
  const times = { createdAt: new Date(time), expiresAt: new Date(time + sessionTtl * 1000) };
  return { id: randomUUID(), userId, refreshSalt: randomBytes(16), ...times, userAgent, ip };
}

/** The session has begun already: where too many wait to be hashed, this is left to the next sign-in. */
async function renewHash(
  { repositories, passwords }: Pick<Parts, 'repositories' | 'passwords'>,
  { id, passwordHash }: Pick<UserRow, 'id' | 'passwordHash'>,
  password: string,
): Promise<void> {
  const renewed = await passwords.hash(password).catch((error: unknown) => {
    if (!(error instanceof AuthError && error.code === 'unavailable')) throw error;
  });
  if (renewed !== undefined)
    await repositories.users.replacePasswordHash(id, passwordHash, renewed);
}

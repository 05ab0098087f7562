// Sessions: one begins with each sign-in, lives as long as its refresh tokens are traded in time, and ends with a sign-out, or when one of
// its refresh tokens shows up that was used before.
//
// Defends against finding out who has an account (an unknown user, a disabled one and a wrong password get one answer, after one bcrypt
// comparison each), and against stolen refresh tokens (RFC 9700, section 4.14.2): each is good for one use, and whoever uses an older one
// ends the session for thief and owner alike. Stores one row a session; see refresh-tokens.ts for what is not stored.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Repositories } from '../db/repositories.ts';
import type { LockedSession, SessionRow } from '../db/sessions.ts';
import { actorOf, auditEvent, ownEvent, type Actor, type SignInRefusal } from './audit.ts';
import type { Caller, Client } from './caller.ts';
import { AuthError, type AuthErrorCode } from './errors.ts';
import type { Passwords } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { authority, inOrder } from './roles.ts';
import type { Tokens, TokensFor } from './session-tokens.ts';
import type { UserView } from './users.ts';

export interface SignedIn extends Tokens {
  readonly user: UserView;
  readonly sessionId: string;
}

export interface Sessions {
  /** @throws AuthError `invalid_credentials`, `email_not_verified`, `validation_failed` (a password over 72 bytes) */
  signIn(credentials: { readonly username: string; readonly password: string }, client: Client): Promise<SignedIn>;
  /** @throws AuthError `refresh_token_invalid`, `refresh_token_expired`, `refresh_token_reused` */
  refresh(refreshToken: string, client: Client): Promise<Tokens>;
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
  const { repositories, passwords, refreshTokens, tokensFor, times, requireVerifiedEmail, now } = parts;
  /** One answer for all, but to whoever knows the password. */
  async function refuseSignIn(userId: number | null, reason: SignInRefusal, client: Client): Promise<never> {
    await repositories.auditEvents.insert(auditEvent('sign_in_failed', actorOf(client), userId, new Date(now()), { reason }));
    throw new AuthError(reason === 'email_not_verified' ? reason : 'invalid_credentials');
  }

  return {
    async signIn({ username, password }, client) {
      const user = await repositories.users.findByUsername(username);
      const matches = await passwords.verify(password, user?.passwordHash ?? null);
      if (!user) return refuseSignIn(null, 'unknown_user', client);
      if (!matches) return refuseSignIn(user.id, 'wrong_password', client);
      if (user.disabledAt !== null) return refuseSignIn(user.id, 'disabled', client);
      if (requireVerifiedEmail && user.emailVerifiedAt === null) return refuseSignIn(user.id, 'email_not_verified', client);
      const session = newSession(user.id, client, now(), times);
      const event = ownEvent('signed_in', user.id, client, session.createdAt, { sessionId: session.id });
      const hasBegun = await repositories.sessions.insert(session, user.passwordHash, event);
      if (!hasBegun) return refuseSignIn(user.id, 'wrong_password', client); // it was changed a moment ago
      if (passwords.isOutdated(user.passwordHash)) {
        await repositories.users.replacePasswordHash(user.id, user.passwordHash, await passwords.hash(password));
      }
      return {
        user: { id: user.id, username: user.username, email: user.email, roles: inOrder(user.roles).map(authority) },
        sessionId: session.id,
        ...tokensFor(session, user, 0),
      };
    },

    async refresh(refreshToken, client) {
      const claim = refreshTokens.read(refreshToken);
      if (!claim) throw new AuthError('refresh_token_invalid');
      const at = new Date(now());
      // The row stays locked from the look to the change, so that of many refreshes at once, on any node, one is the first.
      // What ends the session must be kept, hence an outcome and no exception.
      const outcome = await repositories.transaction(async (inTransaction): Promise<Tokens | AuthErrorCode> => {
        const { sessions } = inTransaction;
        const session = await sessions.lock(claim.sessionId);
        if (!session || !claim.isGenuine(session.refreshSalt)) return 'refresh_token_invalid';
        const verdict = judge(session, claim.counter, at, times);
        if (verdict === 'rotate') {
          await sessions.rotate(session.id, session.refreshCounter + 1, at);
          return tokensFor(session, session, session.refreshCounter + 1);
        }
        if (verdict === 'repeat') return tokensFor(session, session, session.refreshCounter);
        if (verdict === 'refresh_token_reused') await endReused(inTransaction, session, claim.counter, actorOf(client), at);
        return verdict;
      });
      if (typeof outcome !== 'string') return outcome;
      const cause = outcome === 'refresh_token_reused' ? new Error(`session ${claim.sessionId} was ended`) : undefined;
      throw new AuthError(outcome, { cause });
    },

    async signOut(caller, client) {
      const { userId, sessionId } = caller;
      const at = new Date(now());
      await repositories.transaction(async ({ sessions, auditEvents }) => {
        const hasEnded = await sessions.end(sessionId, at);
        if (hasEnded) await auditEvents.insert(auditEvent('signed_out', actorOf(client, caller), userId, at, { sessionId }));
      });
    },
  };
}

function newSession(userId: number, { userAgent, ip }: Client, time: number, { sessionTtl }: SessionTimes) {
  const times = { createdAt: new Date(time), expiresAt: new Date(time + sessionTtl * 1000) };
  return { id: randomUUID(), userId, refreshSalt: randomBytes(16), ...times, userAgent, ip };
}

type Verdict = 'rotate' | 'repeat' | 'refresh_token_invalid' | 'refresh_token_expired' | 'refresh_token_reused';

/** What a genuine token with this counter is worth to this session. */
function judge(session: LockedSession, counter: number, now: Date, times: SessionTimes): Verdict {
  const idle = (now.getTime() - session.rotatedAt.getTime()) / 1000;
  if (session.endedAt !== null || !session.enabled) return 'refresh_token_invalid';
  if (now >= session.expiresAt || idle >= times.sessionIdleTtl) return 'refresh_token_expired';
  if (counter === session.refreshCounter) return 'rotate';
  if (counter === session.refreshCounter - 1 && idle <= times.refreshGrace) return 'repeat';
  return 'refresh_token_reused';
}

/** Thief and owner cannot be told apart: the session ends for both, and the audit keeps that it did. */
async function endReused(
  { sessions, auditEvents }: Pick<Repositories, 'sessions' | 'auditEvents'>,
  { id, userId, refreshCounter }: SessionRow,
  counter: number,
  actor: Actor,
  at: Date,
): Promise<void> {
  await sessions.end(id, at);
  await auditEvents.insert(
    auditEvent('refresh_token_reused', actor, userId, at, { sessionId: id, counter, current: refreshCounter }),
  );
}

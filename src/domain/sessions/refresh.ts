// A refresh exchanges a session's current refresh token for the next one and an access token.
// Defends against stolen refresh tokens (RFC 9700, section 4.14.2): each is valid for one use, and
// the use of an older one ends the session for thief and owner alike. Stores only the session's
// counter.

import type { Repositories } from '../../db/repositories.ts';
import type { LockedSession } from '../../db/tables/sessions.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Client } from '../callers/caller.ts';
import { AuthError, type AuthErrorCode } from '../errors.ts';
import { isProven, type RefreshClaim, type RefreshTokens } from '../tokens/refresh-tokens.ts';
import type { SessionTimes } from './session-times.ts';
import type { SessionTokens, TokensFor } from '../tokens/session-tokens.ts';

/** @throws AuthError `refresh_token_invalid`, `refresh_token_expired`, `refresh_token_reused` */
export type Refresh = (refreshToken: string, client: Client) => Promise<SessionTokens>;

interface RefreshParts {
  readonly repositories: Repositories;
  readonly refreshTokens: Pick<RefreshTokens, 'read'>;
  readonly tokensFor: TokensFor;
  readonly times: SessionTimes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createRefresh({
  repositories,
  refreshTokens,
  tokensFor,
  times,
  now,
}: RefreshParts): Refresh {
  /**
   * The usual case: the session's current token, and a session that is live. Of many requests at
   * the same time, on any node, only one succeeds here. Returns `null` in all other cases.
   */
  async function rotate(
    { sessions }: Repositories,
    claim: RefreshClaim,
    at: Date,
  ): Promise<SessionTokens | null> {
    const usedSince = new Date(at.getTime() - times.sessionIdleTtl * 1000);
    const session = await sessions.rotate({ ...claim, now: at, usedSince });
    return session ? tokensFor(session, session, session.refreshCounter) : null;
  }

  /**
   * All other cases. The row is locked from the check to the change. A failure is returned and not
   * thrown: an exception would roll back the end of the session.
   */
  async function judgeLocked(
    inside: Repositories,
    claim: RefreshClaim,
    at: Date,
    client: Client,
  ): Promise<SessionTokens | AuthErrorCode> {
    const session = await inside.sessions.lock(claim.sessionId);
    if (!session || !isProven(claim, session.refreshSalt)) return 'refresh_token_invalid';
    const verdict = judge(session, claim.counter, at, times);
    // `rotate` failed a moment ago, but the obstacle is gone now: the user was enabled again.
    if (verdict === 'rotate') return (await rotate(inside, claim, at)) ?? 'refresh_token_invalid';
    if (verdict === 'repeat') return tokensFor(session, session, session.refreshCounter);
    if (verdict === 'refresh_token_reused') await endReused(inside, session, claim, client, at);
    return verdict;
  }

  return async function refresh(refreshToken, client) {
    const claim = refreshTokens.read(refreshToken);
    if (!claim) throw new AuthError('refresh_token_invalid');
    const at = new Date(now());
    const rotated = await rotate(repositories, claim, at);
    if (rotated) return rotated;
    const outcome = await repositories.transaction(
      (inside) => judgeLocked(inside, claim, at, client),
      endsSession,
    );
    if (typeof outcome !== 'string') return outcome;
    const cause =
      outcome === 'refresh_token_reused'
        ? new Error(`session ${claim.sessionId} was ended`)
        : undefined;
    throw new AuthError(outcome, { cause });
  };
}

/** Whether a refresh changed what a caller may do. Most refreshes change only the next token. */
function endsSession(outcome: SessionTokens | AuthErrorCode): boolean {
  return outcome === 'refresh_token_reused';
}

type Verdict =
  'rotate' | 'repeat' | 'refresh_token_invalid' | 'refresh_token_expired' | 'refresh_token_reused';

/** Decides what a genuine token with this counter may do in this session. */
function judge(session: LockedSession, counter: number, now: Date, times: SessionTimes): Verdict {
  const idle = (now.getTime() - session.rotatedAt.getTime()) / 1000;
  if (session.endedAt !== null || !session.enabled) return 'refresh_token_invalid';
  if (now >= session.expiresAt || idle >= times.sessionIdleTtl) return 'refresh_token_expired';
  if (counter === session.refreshCounter) return 'rotate';
  if (counter === session.refreshCounter - 1 && idle <= times.refreshGrace) return 'repeat';
  return 'refresh_token_reused';
}

/**
 * Ends the session for thief and owner, because they cannot be distinguished. Writes an audit
 * event.
 */
async function endReused(
  { sessions }: Repositories,
  { id, userId, refreshCounter: current }: LockedSession,
  { counter }: RefreshClaim,
  client: Client,
  at: Date,
): Promise<void> {
  const details = { sessionId: id, counter, current };
  await sessions.end(
    userId,
    id,
    at,
    auditEvent('refresh_token_reused', actorOf(client), userId, at, details),
  );
}

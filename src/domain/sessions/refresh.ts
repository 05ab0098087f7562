// A refresh exchanges a session's current refresh token for the next one and an access token.
// Defends against stolen refresh tokens (RFC 9700, section 4.14.2): each is valid for one use, and
// the use of an older one ends the session for thief and owner alike. Stores only the session's
// counter.
//
// Two tokens are not the row's and yet no theft. A predecessor whose successor was never used: the
// answer was lost. It gets a new successor, and the unused one is dead; so of thief and owner, the
// second one to come is found out. A token ahead of its row: the database was restored and lost the
// last refreshes. The row follows it.

import type { Repositories } from '../../db/repositories.ts';
import type { FoundSession } from '../../db/tables/sessions.ts';
import { actorOf, auditEvent } from '../audit/audit-event.ts';
import type { Client } from '../callers/caller.ts';
import { AuthError } from '../errors.ts';
import { isProven, type RefreshClaim, type RefreshTokens } from '../tokens/refresh-tokens.ts';
import type { SessionTimes } from '../session-times.ts';
import type { SessionTokens, TokensFor } from '../tokens/session-tokens.ts';

/** @throws AuthError `refresh_token_invalid`, `refresh_token_expired`, `refresh_token_reused` */
export type Refresh = (refreshToken: string, client: Client) => Promise<SessionTokens>;

interface RefreshParts {
  readonly repositories: Pick<Repositories, 'sessions'>;
  readonly refreshTokens: Pick<RefreshTokens, 'read'>;
  readonly tokensFor: TokensFor;
  readonly times: SessionTimes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createRefresh({
  repositories: { sessions },
  refreshTokens,
  tokensFor,
  times,
  now,
}: RefreshParts): Refresh {
  /**
   * The usual case: the session's newest token, and a session that is live. Of many requests at the
   * same time, on any node, only one succeeds here. Returns `null` in all other cases.
   */
  async function rotate(claim: RefreshClaim, at: Date): Promise<SessionTokens | null> {
    const usedSince = new Date(at.getTime() - times.sessionIdleTtl * 1000);
    const replacedBefore = new Date(at.getTime() - times.refreshGrace * 1000);
    const session = await sessions.rotate({ ...claim, now: at, usedSince, replacedBefore });
    return session ? tokensFor(session, session, session.refreshCounter) : null;
  }

  /** Ends the session for thief and owner, because they cannot be distinguished. */
  async function endReused(
    { id, userId, refreshCounter: current }: FoundSession,
    { counter }: RefreshClaim,
    client: Client,
    at: Date,
  ): Promise<never> {
    const details = { sessionId: id, counter, current };
    const event = auditEvent('refresh_token_reused', actorOf(client), userId, at, details);
    const wasLive = await sessions.end(userId, id, at, event);
    if (!wasLive) throw new AuthError('refresh_token_invalid');
    throw new AuthError('refresh_token_reused', { cause: new Error(`session ${id} was ended`) });
  }

  return async function refresh(refreshToken, client) {
    const claim = refreshTokens.read(refreshToken);
    if (!claim) throw new AuthError('refresh_token_invalid');
    const at = new Date(now());
    const rotated = await rotate(claim, at);
    if (rotated) return rotated;
    const session = await sessions.find(claim.sessionId);
    if (!session || !isProven(claim, session.refreshSalt))
      throw new AuthError('refresh_token_invalid');
    const verdict = judge(session, claim.counter, at, times);
    if (verdict === 'repeat') return tokensFor(session, session, session.refreshCounter);
    if (verdict === 'refresh_token_reused') return endReused(session, claim, client, at);
    // `rotate` failed a moment ago, but the obstacle is gone now: the user was enabled again.
    const late = verdict === 'rotate' ? await rotate(claim, at) : null;
    if (late) return late;
    throw new AuthError(verdict === 'rotate' ? 'refresh_token_invalid' : verdict);
  };
}

type Verdict =
  'rotate' | 'repeat' | 'refresh_token_invalid' | 'refresh_token_expired' | 'refresh_token_reused';

/**
 * Decides what a genuine token with this counter may do in this session. No lock is needed: a
 * counter only grows, so a token that was reused stays reused.
 */
function judge(session: FoundSession, counter: number, now: Date, times: SessionTimes): Verdict {
  const idle = (now.getTime() - session.rotatedAt.getTime()) / 1000;
  if (session.endedAt !== null || !session.enabled) return 'refresh_token_invalid';
  if (now >= session.expiresAt || idle >= times.sessionIdleTtl) return 'refresh_token_expired';
  if (counter >= session.refreshCounter) return 'rotate';
  if (counter !== session.replacedCounter) return 'refresh_token_reused';
  return idle <= times.refreshGrace ? 'repeat' : 'rotate';
}

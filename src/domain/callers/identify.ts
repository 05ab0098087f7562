// Finds out who calls. Defends against a token that outlives what it stands for: its session, user
// and roles are looked up on every request. So an ended session, a role taken away, a disabled
// account or a deleted user counts from the next request on. The look-up is one query, or the
// cached answer to it while that is still true (caller-cache.ts).

import type { Sessions } from '../../db/tables/sessions.ts';
import { AuthError } from '../errors.ts';
import { inOrder } from '../roles.ts';
import type { AccessClaims, AccessTokens } from '../tokens/access-tokens.ts';
import type { CallerCache } from './caller-cache.ts';
import type { Caller } from './caller.ts';

/**
 * Tells whose token this is: at once where that is known, with a promise where the database is asked.
 * @throws AuthError `token_invalid` or `token_expired`, in either way
 */
export type Identify = (token: string) => Caller | Promise<Caller>;

interface IdentifyParts {
  readonly accessTokens: AccessTokens;
  readonly sessions: Pick<Sessions, 'findLive'>;
  /** null: the database is asked each time. */
  readonly callers: CallerCache | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createIdentify({ accessTokens, sessions, callers, now }: IdentifyParts): Identify {
  async function lookUp({ userId, sessionId }: AccessClaims): Promise<Caller> {
    const keep = callers?.reserve();
    const live = await sessions.findLive(sessionId, userId, new Date(now()));
    if (!live) throw new AuthError('token_invalid');
    const roles = Object.freeze(inOrder(live.roles));
    const caller = Object.freeze({ userId, sessionId, username: live.username, roles }); // many requests may be given it
    keep?.(caller, live.expiresAt);
    return caller;
  }
  return function identify(token) {
    const claims = accessTokens.verify(token);
    const known = callers?.find(claims.sessionId, now());
    const take = (caller: Caller | undefined) =>
      caller?.userId === claims.userId ? caller : lookUp(claims);
    return known instanceof Promise ? known.then(take) : take(known);
  };
}

// Identifies the caller of a request. Defends against a token that outlives its session: session,
// user and roles are looked up on every request. So an ended session, a removed role, a disabled
// account or a deleted user counts from the next request on. The look-up is one query, or its
// cached result while that is still valid (caller-cache.ts).

import type { Sessions } from '../../db/tables/sessions.ts';
import { AuthError } from '../errors.ts';
import { inOrder } from '../roles.ts';
import type { AccessClaims, AccessTokens } from '../tokens/access-tokens.ts';
import type { CallerCache } from './caller-cache.ts';
import type { Caller } from './caller.ts';

/**
 * Returns the caller that a token belongs to: directly when it is cached, as a promise when the
 * database is queried.
 * @throws AuthError `token_invalid` or `token_expired`; the promise rejects with the same errors
 */
export type Identify = (token: string) => Caller | Promise<Caller>;

interface IdentifyParts {
  readonly accessTokens: AccessTokens;
  readonly sessions: Pick<Sessions, 'findLive'>;
  /** `null`: the database is queried on every request. */
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
    // Frozen, because many requests share it.
    const caller = Object.freeze({ userId, sessionId, username: live.username, roles });
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

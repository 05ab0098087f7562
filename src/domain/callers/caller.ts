// Who calls. Defends against a token that outlives what it stands for: whatever it says, its session, user and roles are looked up on every
// request, so an ended session, a role taken away, a disabled account or a deleted user counts from the next request on. Looked up means: in one
// query, or where the answer to it is kept for as long as it is true (caller-cache.ts).

import type { Sessions } from '../../db/tables/sessions.ts';
import type { AccessClaims, AccessTokens } from '../tokens/access-tokens.ts';
import type { CallerCache } from './caller-cache.ts';
import { AuthError } from '../errors.ts';
import { inOrder, type Role } from '../roles.ts';

export interface Caller {
  readonly userId: number;
  readonly sessionId: string;
  readonly username: string;
  readonly roles: readonly Role[];
}

/** Where a request comes from, as the log, the sessions and the audit name it. */
export interface Client {
  readonly requestId: string;
  /** The first 64 characters of what is an address, if the proxy that wrote it is to be trusted. */
  readonly ip: string | null;
  /** The first 256 characters of it. */
  readonly userAgent: string | null;
  /** Whether a page that may use cookies sent it, or no page at all that uses them. */
  readonly isTrusted: () => boolean;
  /** Whether it would rather have a page than data, as browsers do. To ask makes the answer depend on it. */
  readonly prefersPage: () => boolean;
}

/**
 * Tells whose token this is: at once where that is known, with a promise where the database is asked.
 * @throws AuthError `token_invalid` or `token_expired`, in either way
 */
export type Identify = (token: string) => Caller | Promise<Caller>;

interface Parts {
  readonly accessTokens: AccessTokens;
  readonly sessions: Pick<Sessions, 'findLive'>;
  /** null: the database is asked each time. */
  readonly callers: CallerCache | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createIdentify({ accessTokens, sessions, callers, now }: Parts): Identify {
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

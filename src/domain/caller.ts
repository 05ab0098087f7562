// Who calls. Defends against a token that outlives what it stands for: whatever it says, its session, user and roles are looked up on every
// request, in one query, so an ended session, a role taken away, a disabled account or a deleted user counts from the next request on.

import type { Sessions } from '../db/sessions.ts';
import type { AccessTokens } from './access-tokens.ts';
import { AuthError } from './errors.ts';
import { inOrder, type Role } from './roles.ts';

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
 * Tells whose token this is.
 * @throws AuthError `token_invalid` or `token_expired`
 */
export type Identify = (token: string) => Caller | Promise<Caller>;

interface Parts {
  readonly accessTokens: AccessTokens;
  readonly sessions: Sessions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createIdentify({ accessTokens, sessions, now }: Parts): Identify {
  return async function identify(token) {
    const { userId, sessionId } = accessTokens.verify(token);
    const live = await sessions.findLive(sessionId, userId, new Date(now()));
    if (!live) throw new AuthError('token_invalid');
    return { userId, sessionId, username: live.username, roles: inOrder(live.roles) };
  };
}

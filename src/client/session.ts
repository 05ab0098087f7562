// The session as the client has it: attaches the access token to requests, and trades the refresh token for new tokens when the service
// refuses the old ones. However many requests are refused at once, in however many tabs, there is one refresh: whoever gets the lock
// looks into the storage first, where somebody may have put new tokens meanwhile. (localStorage may show another tab's tokens a moment after the
// lock is free. The service answers the same tokens to the second of two such refreshes, so nothing is lost by it.)

import { isRolegateError, type RolegateError } from './errors.ts';
import type { Lock } from './lock.ts';
import type { Tokens, TokenStorage } from './storage.ts';

export interface Session {
  /** Adds the token. @returns what was added, to be told to `renew` when it is refused; null when nobody is signed in */
  attach(request: Request): Promise<string | null>;
  /**
   * Sees to it that there are newer tokens than the ones that were refused.
   * @returns false when nobody is signed in any more
   * @throws RolegateError when the service refuses the refresh token, too
   */
  renew(refused: string): Promise<boolean>;
  begin(tokens: Tokens): Promise<void>;
  end(): Promise<void>;
}

interface SessionParts {
  readonly storage: TokenStorage;
  readonly lock: Lock;
  /** Cookies attach themselves. */
  readonly header: boolean;
  /** Trades a refresh token for new tokens. */
  readonly trade: (refreshToken: string) => Promise<Tokens>;
  readonly onSignedOut: (reason: RolegateError | null) => void;
}

export function createSession({
  storage,
  lock,
  header,
  trade,
  onSignedOut,
}: SessionParts): Session {
  /** By the access token that was refused. */
  const renewals = new Map<string, Promise<boolean>>();
  /** The access token whose end is known to the user, and why, so that late refusals of it say the same and do not tell it again. */
  let over: { readonly token: string; readonly reason: RolegateError | null } | null = null;

  async function renewOnce(refused: string): Promise<boolean> {
    const refusal = await lock(async () => {
      const tokens = await storage.get();
      if (!tokens) return over?.token === refused ? over.reason : null;
      if (tokens.accessToken !== refused) return 'renewed'; // by another tab, or by a sign-in
      try {
        await storage.set(await trade(tokens.refreshToken));
        return 'renewed';
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await storage.remove();
        return error;
      }
    });
    if (refusal === 'renewed') return true;
    if (over?.token !== refused) onSignedOut(refusal);
    over = { token: refused, reason: refusal };
    if (refusal) throw refusal;
    return false;
  }

  return {
    async attach(request) {
      const tokens = await storage.get();
      if (tokens && header) request.headers.set('authorization', `Bearer ${tokens.accessToken}`);
      return tokens?.accessToken ?? null;
    },
    renew(refused) {
      const renewal =
        renewals.get(refused) ?? renewOnce(refused).finally(() => renewals.delete(refused));
      renewals.set(refused, renewal);
      return renewal;
    },
    begin: (tokens) => lock(async () => storage.set(tokens)),
    end: () =>
      lock(async () => {
        const tokens = await storage.get();
        over = tokens && { token: tokens.accessToken, reason: null };
        await storage.remove();
      }),
  };
}

/** The refresh token is not good, or, with cookies, not there. All else may be different in a moment. */
function isRefusal(error: unknown): error is RolegateError {
  return isRolegateError(error) && (error.status === 401 || error.status === 400);
}

// The client's session: attaches the access token to requests, and exchanges the refresh token for
// new tokens when the service refuses the old ones. Requests that are refused at the same time, in
// any number of tabs, cause one refresh. The holder of the lock first reads the storage, which may
// already have newer tokens. (localStorage may show another tab's tokens a moment after the lock is
// free. That is harmless: the service answers two such refreshes with the same tokens.)

import { isRolegateError, type RolegateError } from './errors.ts';
import type { Lock } from './lock.ts';
import type { Tokens, TokenStorage } from './storage.ts';

/** The tokens of one client, and their renewal. */
export interface Session {
  /**
   * Adds the access token to the request.
   * @returns the token, for `renew` if the service refuses it; `null` when no user is signed in
   */
  attach(request: Request): Promise<string | null>;
  /**
   * Gets newer tokens than the refused one, unless they are stored already.
   * @returns false when no user is signed in any more
   * @throws RolegateError when the service refuses the refresh token as well
   */
  renew(refused: string): Promise<boolean>;
  /** The stored tokens; `null` when no user is signed in. */
  tokens(): Promise<Tokens | null>;
  /** Stores the tokens of a new session. */
  begin(tokens: Tokens): Promise<void>;
  /** Removes the tokens without calling `onSignedOut`. */
  end(): Promise<void>;
}

interface SessionParts {
  readonly storage: TokenStorage;
  readonly lock: Lock;
  /** Whether tokens are sent in a header; false with cookies. */
  readonly header: boolean;
  /** Exchanges a refresh token for new tokens. */
  readonly trade: (refreshToken: string) => Promise<Tokens>;
  readonly onSignedOut: (reason: RolegateError | null) => void;
}

/** Creates a session that keeps its tokens in `storage`. */
export function createSession({
  storage,
  lock,
  header,
  trade,
  onSignedOut,
}: SessionParts): Session {
  /** Running renewals, by the refused access token. */
  const renewals = new Map<string, Promise<boolean>>();
  /**
   * The last access token whose session ended, and why. `onSignedOut` was called for it, so later
   * refusals only get the same reason.
   */
  let ended: { readonly token: string; readonly reason: RolegateError | null } | null = null;

  async function renewOnce(refused: string): Promise<boolean> {
    const refusal = await lock(async () => {
      const tokens = await storage.get();
      if (!tokens) return ended?.token === refused ? ended.reason : null;
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
    if (ended?.token !== refused) onSignedOut(refusal);
    ended = { token: refused, reason: refusal };
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
    tokens: () => lock(async () => storage.get()),
    begin: (tokens) => lock(async () => storage.set(tokens)),
    end: () =>
      lock(async () => {
        const tokens = await storage.get();
        ended = tokens && { token: tokens.accessToken, reason: null };
        await storage.remove();
      }),
  };
}

/** The refresh token is invalid, or (with cookies) missing. Any other error may be temporary. */
function isRefusal(error: unknown): error is RolegateError {
  return isRolegateError(error) && (error.status === 401 || error.status === 400);
}

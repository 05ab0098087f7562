// Stores the tokens: by default in memory, where no other script can read them and a reload loses
// them, or in a storage of the user's choice.

/** The tokens of a session. */
export interface Tokens {
  /** Sent with each request. */
  readonly accessToken: string;
  /** Exchanged for new tokens when the access token is refused. */
  readonly refreshToken: string;
}

/** A value, or a promise of it. */
export type Awaitable<Value> = Value | Promise<Value>;

/** A place for the tokens. Errors that it throws reach the caller of the request unchanged. */
export interface TokenStorage {
  /** The stored tokens; `null` when there are none. */
  get(): Awaitable<Tokens | null>;
  /** Replaces the stored tokens. */
  set(tokens: Tokens): Awaitable<void>;
  /** Removes the stored tokens. */
  remove(): Awaitable<void>;
}

/** The part of `localStorage` and `sessionStorage` that is used here. */
interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps the tokens in memory, until the page is reloaded or the process ends. */
export function memoryStorage(initial: Tokens | null = null): TokenStorage {
  let kept = initial;
  return {
    get: () => kept,
    set(tokens) {
      kept = tokens;
    },
    remove() {
      kept = null;
    },
  };
}

/**
 * Keeps the tokens in `localStorage` or `sessionStorage`, under one key. They survive a reload.
 * With `localStorage`, tabs share them. Every script on the page can read them: load only
 * scripts that you trust, or use `transport: 'cookie'`.
 *
 * @param key the storage key; `rolegate` by default
 * @example
 * ```ts
 * import { createClient, webStorage } from 'rolegate/client';
 *
 * const client = createClient({
 *   baseUrl: 'https://auth.example.com',
 *   storage: webStorage(localStorage),
 * });
 * ```
 */
export function webStorage(storage: KeyValues, key = 'rolegate'): TokenStorage {
  return {
    get: () => read(storage.getItem(key)),
    set(tokens) {
      storage.setItem(key, JSON.stringify(tokens));
    },
    remove() {
      storage.removeItem(key);
    },
  };
}

/** Ignores values under the key that are not tokens. */
function read(text: string | null): Tokens | null {
  try {
    const { accessToken, refreshToken } = JSON.parse(text ?? 'null') as Partial<Tokens>;
    return typeof accessToken === 'string' && typeof refreshToken === 'string'
      ? { accessToken, refreshToken }
      : null;
  } catch {
    return null;
  }
}

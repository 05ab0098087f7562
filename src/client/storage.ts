// Where the tokens are kept. In memory by default, which no other script can read and no reload survives; or wherever the user says.

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export type Awaitable<Value> = Value | Promise<Value>;

/** A place for the tokens. What it throws reaches the caller of the request as it is. */
export interface TokenStorage {
  get(): Awaitable<Tokens | null>;
  set(tokens: Tokens): Awaitable<void>;
  remove(): Awaitable<void>;
}

/** What of `localStorage` and `sessionStorage` is used here. */
interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

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
 * Keeps the tokens in `localStorage` or `sessionStorage`, under one key, so that they survive a reload and tabs share them. Any script on
 * the page can read them there: mind what you load, or use `transport: 'cookie'`.
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

/** What somebody else has left under the key is no tokens. */
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

// The client: connects its parts, and offers the contract's operations as functions that return the
// body or throw. It knows only the paths of sign-up, sign-in, refresh and sign-out. The caller
// names all other paths, and the compiler checks them.

import { connectTo, sendSignedIn } from './connection.ts';
import type { Answer, Call, CallForAnswer, Schemas } from './contract.ts';
import { isRolegateError, UnreachableError, type RolegateError } from './errors.ts';
import { queue, sharedLock, type Lock } from './lock.ts';
import { sendPatiently } from './patience.ts';
import { createSession } from './session.ts';
import { memoryStorage, type Tokens, type TokenStorage } from './storage.ts';

/** The options of `createClient`. Only `baseUrl` is required. */
export interface ClientOptions {
  /** The service's URL: `https://auth.example.com`. In a browser, `''` is the page's own origin. */
  readonly baseUrl: string;
  /**
   * `bearer` (the default) stores and sends tokens. With `cookie`, the browser stores them where no
   * script can read them.
   */
  readonly transport?: 'bearer' | 'cookie' | undefined;
  /** Where tokens are stored; in memory by default. Not used with cookies. */
  readonly storage?: TokenStorage | undefined;
  /**
   * Prevents clients with the same storage from refreshing at the same time. By default the Web
   * Locks API, if `storage` is given and the browser has it.
   */
  readonly lock?: Lock | undefined;
  /** Sends requests; the global `fetch` by default. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /**
   * How often a read is repeated after a 503 with Retry-After: 2 by default, 0 for never. A
   * Retry-After of more than 30 seconds is not waited for.
   */
  readonly retries?: number | undefined;
  /**
   * Called once when a session ends without `signOut`. Either the service refused the refresh token
   * (`reason` says why), or another tab signed out (`reason` is null). The tokens are removed
   * before the call.
   */
  readonly onSignedOut?: ((reason: RolegateError | null) => void) | undefined;
}

/** The credentials of `signIn`. The client sets the transport itself. */
export type SignInCredentials = Omit<Schemas['SignInRequest'], 'transport'>;

/**
 * The client. Every function throws RolegateError, UnreachableError, or the reason of the signal
 * that it was given.
 */
export interface Client {
  /** Reads: `await client.get('/api/account')`. */
  readonly get: Call<'get'>;
  /** Sends a POST request and returns the body. */
  readonly post: Call<'post'>;
  /** Sends a PUT request and returns the body. */
  readonly put: Call<'put'>;
  /** Sends a PATCH request and returns the body. */
  readonly patch: Call<'patch'>;
  /** Sends a DELETE request and returns the body. */
  readonly delete: Call<'delete'>;
  /**
   * With status and headers: `const { headers, body } = await client.request('get', …)`.
   */
  readonly request: CallForAnswer;
  /** Registers a user. Does not sign in. */
  signUp(body: Schemas['SignUpRequest']): Promise<Schemas['SignUpReply']>;
  /** Signs in and stores the tokens. */
  signIn(credentials: SignInCredentials): Promise<Schemas['SignInReply']>;
  /**
   * Ends the session and removes the tokens, even if the request fails. If it throws, the session
   * may still be open at the service.
   */
  signOut(): Promise<void>;
}

/**
 * Creates a client. It stores the tokens, sends them, and renews them when the service refuses
 * them.
 *
 * @example
 * ```ts
 * import { createClient } from 'rolegate/client';
 *
 * const client = createClient({ baseUrl: 'https://auth.example.com' });
 * await client.signIn({ username: 'alice', password: 'correct horse battery staple' });
 * const account = await client.get('/api/account');
 * ```
 */
export function createClient(options: ClientOptions): Client {
  const {
    baseUrl,
    transport = 'bearer',
    storage,
    retries = 2,
    onSignedOut = () => undefined,
  } = options;
  const byCookie = transport === 'cookie';
  const patience = {
    retries,
    fetch: options.fetch ?? ((request: Request) => globalThis.fetch(request)),
  };
  const connect = (send: (request: Request) => Promise<Response>) =>
    connectTo({ baseUrl, byCookie, send });

  const call = connect((request) => sendPatiently(request, patience));
  // The contract guarantees the same new tokens for the same refresh token, so this may be sent
  // twice.
  const callTwice = connect((request) => sendPatiently(request, patience, true));
  const session = createSession({
    // With cookies, only a mark is stored. It changes with each renewal.
    storage: byCookie ? memoryStorage(newMark()) : (storage ?? memoryStorage()),
    lock: options.lock ?? (storage || byCookie ? sharedLock(`rolegate ${baseUrl}`) : queue()),
    header: !byCookie,
    onSignedOut,
    async trade(refreshToken) {
      const { body } = await callTwice(
        'post',
        '/api/auth/refresh',
        byCookie ? {} : { body: { refreshToken } },
      );
      return toTokens(body, byCookie);
    },
  });
  const callWithToken = connect((request) => sendSignedIn(request, session, patience));
  const callSignedIn: typeof callWithToken = async (method, path, init) => {
    const answer = await callWithToken(method, path, init);
    // A new password ends the session. The answer has the tokens of a new one.
    if (path === '/api/account/password' && !byCookie)
      await session.begin(toTokens(answer.body, byCookie));
    return answer;
  };

  return {
    get: (path, ...[init]) => callSignedIn('get', path, init).then(bodyOf),
    post: (path, ...[init]) => callSignedIn('post', path, init).then(bodyOf),
    put: (path, ...[init]) => callSignedIn('put', path, init).then(bodyOf),
    patch: (path, ...[init]) => callSignedIn('patch', path, init).then(bodyOf),
    delete: (path, ...[init]) => callSignedIn('delete', path, init).then(bodyOf),
    request: (method, path, ...[init]) => callSignedIn(method, path, init),
    signUp: (body) => call('post', '/api/auth/signup', { body }).then(bodyOf),
    async signIn(credentials) {
      const body = { ...credentials, ...(byCookie && { transport }) };
      const { body: reply } = await call('post', '/api/auth/signin', { body });
      await session.begin(toTokens(reply, byCookie));
      return reply;
    },
    async signOut() {
      try {
        // The refresh token, because the access token may have expired.
        const tokens = await session.tokens();
        if (tokens)
          await call(
            'post',
            '/api/auth/signout',
            byCookie ? {} : { body: { refreshToken: tokens.refreshToken } },
          );
      } catch (error) {
        // 401: the session had ended already.
        if (!isRolegateError(error) || error.status !== 401) throw error;
      } finally {
        await session.end();
      }
    },
  };
}

function bodyOf<Body>({ body }: Answer<Body>): Body {
  return body;
}

let marks = 0;

function newMark(): Tokens {
  return { accessToken: `cookie ${++marks}`, refreshToken: '' };
}

function toTokens({ accessToken, refreshToken }: Partial<Tokens>, byCookie: boolean): Tokens {
  if (byCookie) return newMark();
  if (accessToken === undefined || refreshToken === undefined)
    throw new UnreachableError('The answer contains no tokens.', 200);
  return { accessToken, refreshToken };
}

// The client: puts its parts together, and gives the contract's operations as functions that answer the body or throw. Refuses to know any
// path but those of sign-up, sign-in, refresh and sign-out: all others are the caller's to name, and the compiler's to check.

import { connectTo, sendSignedIn } from './connection.ts';
import type { Answer, Call, CallForAnswer, Schemas } from './contract.ts';
import { isRolegateError, UnreachableError, type RolegateError } from './errors.ts';
import { queue, sharedLock, type Lock } from './lock.ts';
import { sendPatiently } from './patience.ts';
import { createSession } from './session.ts';
import { memoryStorage, type Tokens, type TokenStorage } from './storage.ts';

export interface ClientOptions {
  /** Where the service is: `https://auth.example.com`. In a browser, '' is the page's own origin. */
  readonly baseUrl: string;
  /** `bearer` (the default) keeps tokens and sends them; with `cookie`, the browser keeps them where no script can read them. */
  readonly transport?: 'bearer' | 'cookie' | undefined;
  /** Where tokens are kept; in memory by default. Not used with cookies. */
  readonly storage?: TokenStorage | undefined;
  /** Keeps clients that share a storage from refreshing at once. By default the Web Locks API where `storage` is given and the browser has it. */
  readonly lock?: Lock | undefined;
  /** Sends requests; the global `fetch` by default. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** How often a read is sent again after a 503 that says when to come back; 2 by default, 0 for never. Waits of over 30 seconds are not waited. */
  readonly retries?: number | undefined;
  /**
   * Called once when a session is over without `signOut`: the refresh token was refused (`reason` says why), or another tab signed out
   * (`reason` is null). The tokens are gone by then.
   */
  readonly onSignedOut?: ((reason: RolegateError | null) => void) | undefined;
}

export type SignInCredentials = Omit<Schemas['SignInRequest'], 'transport'>;

/** Every function throws RolegateError, UnreachableError, or the reason of the signal that it was given. */
export interface Client {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly put: Call<'put'>;
  readonly patch: Call<'patch'>;
  readonly delete: Call<'delete'>;
  /** The same, with status and headers: `const { headers, body } = await client.request('get', …)`. */
  readonly request: CallForAnswer;
  /** Registers. Nobody is signed in by it. */
  signUp(body: Schemas['SignUpRequest']): Promise<Schemas['SignUpReply']>;
  /** Signs in and keeps the tokens. */
  signIn(credentials: SignInCredentials): Promise<Schemas['SignInReply']>;
  /** Ends the session. The tokens are dropped in any case; when this throws, the session may go on at the service, without them. */
  signOut(): Promise<void>;
}

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
  // The contract promises the same new tokens for the same refresh token, so this may be sent twice.
  const callTwice = connect((request) => sendPatiently(request, patience, true));
  const session = createSession({
    // With cookies there is nothing to keep but a mark that changes with them.
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
  const callSignedIn = connect((request) => sendSignedIn(request, session, patience));

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
        await callSignedIn('post', '/api/auth/signout');
      } catch (error) {
        if (!isRolegateError(error) || error.status !== 401) throw error; // it had ended before
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
    throw new UnreachableError('The answer holds no tokens.', 200);
  return { accessToken, refreshToken };
}

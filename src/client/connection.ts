// The way of one call: openapi-fetch builds the request, it is sent with a token where one is kept, and the answer is read, by what it says
// that it is, into a body or an error.

import createOpenApiClient from 'openapi-fetch';
import { readBody, readError } from './answer.ts';
import type { Answer, Method, PathsOf, Reply } from './contract.ts';
import { isRolegateError } from './errors.ts';
import { abortable, sendPatiently, type Patience } from './patience.ts';
import type { Session } from './session.ts';

interface Connection {
  readonly baseUrl: string;
  /** Whether the browser is to send its cookies, also to another origin. */
  readonly byCookie: boolean;
  readonly send: (request: Request) => Promise<Response>;
}

type Connected = <M extends Method, Path extends string>(
  method: M,
  path: Path,
  init?: { readonly signal?: AbortSignal | undefined; readonly body?: unknown },
) => Promise<Answer<Path extends PathsOf<M> ? Reply<M, Path> : never>>;

/** @returns a function that answers a success, and throws everything else */
export function connectTo({ baseUrl, byCookie, send }: Connection): Connected {
  const { request } = createOpenApiClient({
    baseUrl,
    ...(byCookie && { credentials: 'include' as const }),
    fetch: sendOrThrow,
  });
  // What these functions promise to their callers cannot be followed by the compiler into the generic function beneath.
  const untyped = request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ response: Response }>;
  async function sendOrThrow(outgoing: Request): Promise<Response> {
    const response = await send(outgoing);
    if (!response.ok) throw await readError(response);
    return response;
  }

  return async (method, path, init = {}) => {
    try {
      const { response } = await untyped(method, path, { ...init, parseAs: 'stream' });
      const { status, headers } = response;
      return { status, headers, body: (await readBody(response)) as never };
    } catch (error) {
      init.signal?.throwIfAborted(); // whatever failed, failed because of it
      throw error;
    }
  };
}

/** A cookie that has expired is not sent any more: with cookies, the token is missing then. */
const renewable: ReadonlySet<string> = new Set(['token_expired', 'token_invalid', 'token_missing']);

/** Sends with a token, and once more with new ones when that one is refused: a 401 comes before anything is done. */
export async function sendSignedIn(
  request: Request,
  session: Session,
  patience: Patience,
): Promise<Response> {
  const sent = await session.attach(request);
  const response = await sendPatiently(request, patience);
  if (response.status !== 401 || sent === null) return response;
  const error = await readError(response.clone());
  if (!isRolegateError(error) || !renewable.has(error.code)) return response;
  if (!(await abortable(session.renew(sent), request.signal))) return response;
  await session.attach(request);
  return sendPatiently(request, patience);
}

// One call: openapi-fetch builds the request, it is sent with a token if one is stored, and the
// answer becomes a body or an error, by its media type.

import createOpenApiClient from 'openapi-fetch';
import { readBody, readError } from './answer.ts';
import type { Answer, Method, PathsOf, Reply } from './contract.ts';
import { isRolegateError } from './errors.ts';
import { abortable, sendPatiently, type Patience } from './patience.ts';
import type { Session } from './session.ts';

interface Connection {
  readonly baseUrl: string;
  /** Whether the browser sends its cookies, also to another origin. */
  readonly byCookie: boolean;
  readonly send: (request: Request) => Promise<Response>;
}

type Connected = <M extends Method, Path extends string>(
  method: M,
  path: Path,
  init?: { readonly signal?: AbortSignal | undefined; readonly body?: unknown },
) => Promise<Answer<Path extends PathsOf<M> ? Reply<M, Path> : never>>;

/** @returns a function that returns a success and throws everything else */
export function connectTo({ baseUrl, byCookie, send }: Connection): Connected {
  const { request } = createOpenApiClient({
    baseUrl,
    ...(byCookie && { credentials: 'include' as const }),
    fetch: sendOrThrow,
  });
  // The compiler cannot match the types of these functions with the generic function of the
  // library.
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
      init.signal?.throwIfAborted(); // an abort may show up as any other error
      throw error;
    }
  };
}

/**
 * The codes after which new tokens help. A browser does not send an expired cookie: then the token
 * is missing.
 */
const renewable: ReadonlySet<string> = new Set(['token_expired', 'token_invalid', 'token_missing']);

/**
 * Sends a request with a token. Repeats it once with new tokens if the service answers 401: a 401
 * is sent before any change is made.
 */
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

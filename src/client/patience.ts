// Sends a request, and sends it again where the service asks to come back later. Only what may safely be sent twice: a 503 can come after the
// change was made, when the database went away between the change and the answer, so whoever asked for a change is told instead.

import { retryAfter } from './answer.ts';
import { UnreachableError } from './errors.ts';

/** Seconds. Whoever asks for more is not waited for: the caller knows better what to do with such a time. */
const longestWait = 30;

export interface Patience {
  readonly fetch: (request: Request) => Promise<Response>;
  /** How often a request is sent again at most. */
  readonly retries: number;
}

/**
 * @param repeatable whether sending it twice does no more than sending it once
 * @throws UnreachableError when the network fails; the signal's reason when it is aborted
 */
export async function sendPatiently(
  request: Request,
  { fetch, retries }: Patience,
  repeatable = request.method === 'GET' || request.method === 'HEAD',
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await sendOnce(request.clone(), fetch); // a body can be read but once
    const seconds =
      response.status === 503 && repeatable && attempt < retries ? retryAfter(response) : null;
    if (seconds === null || seconds > longestWait) return response;
    await response.body?.cancel();
    await abortable(new Promise((resolve) => setTimeout(resolve, seconds * 1000)), request.signal);
  }
}

async function sendOnce(request: Request, fetch: Patience['fetch']): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    request.signal.throwIfAborted();
    throw new UnreachableError('The service cannot be reached.', null, cause);
  }
}

/** Settles as `promise` does, or is rejected with the signal's reason if that comes first. */
export async function abortable<Result>(
  promise: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const { promise: aborted, reject } = rejectable();
  const onAbort = () => {
    reject(signal.reason);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    // Both are listened to from here on, also when the signal has won already: nobody else may be there to hear of a failure.
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function rejectable(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, rejectIt) => (reject = rejectIt));
  return { promise, reject };
}

// Sends a request, and repeats it when the service asks to retry later. Repeats only requests that
// are safe to send twice. A 503 can come after a change was made, if the database failed before the
// answer. So a request for a change throws instead.

import { retryAfter } from './answer.ts';
import { UnreachableError } from './errors.ts';

/**
 * Seconds. A longer Retry-After is not waited for: the caller can decide better what to do in that
 * time.
 */
const longestWait = 30;

/** How requests are sent, and how often they are repeated. */
export interface Patience {
  readonly fetch: (request: Request) => Promise<Response>;
  /** How often a request is repeated at most. */
  readonly retries: number;
}

/**
 * Sends a request, and repeats it after a 503 with Retry-After.
 * @param repeatable whether sending the request twice has the same effect as sending it once
 * @throws UnreachableError when the network fails
 * @throws the signal's reason when it is aborted
 */
export async function sendPatiently(
  request: Request,
  { fetch, retries }: Patience,
  repeatable = request.method === 'GET' || request.method === 'HEAD',
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await sendOnce(request.clone(), fetch); // a body can be read only once
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

/** Settles as `promise` does, or rejects with the signal's reason if that comes first. */
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
    // `race` handles the rejections of both, also when the signal has won already. So a late
    // failure is never unhandled.
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

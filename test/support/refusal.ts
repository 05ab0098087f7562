// Returns the error of a promise that must fail, by its kind.

import {
  isRolegateError,
  isUnreachable,
  type RolegateError,
  type UnreachableError,
} from '../../src/client/index.ts';

/** The `RolegateError` of this promise. Throws any other error. */
export async function refusal(promise: Promise<unknown>): Promise<RolegateError> {
  const error = await failure(promise);
  if (isRolegateError(error)) return error;
  throw error;
}

/** The `UnreachableError` of this promise. Throws any other error. */
export async function unreachable(promise: Promise<unknown>): Promise<UnreachableError> {
  const error = await failure(promise);
  if (isUnreachable(error)) return error;
  throw error;
}

/** The error of this promise, or an error that says that nothing was thrown. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const thrown = await promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

import {
  isRolegateError,
  isUnreachable,
  type RolegateError,
  type UnreachableError,
} from '../../src/client/index.ts';

/** The RolegateError that it fails with. */
export async function refusal(promise: Promise<unknown>): Promise<RolegateError> {
  const error = await failure(promise);
  if (isRolegateError(error)) return error;
  throw error;
}

/** The UnreachableError that it fails with. */
export async function unreachable(promise: Promise<unknown>): Promise<UnreachableError> {
  const error = await failure(promise);
  if (isUnreachable(error)) return error;
  throw error;
}

/** The error that it fails with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const thrown = await promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

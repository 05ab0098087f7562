// The errors that end a run, or one step of it, early.

/**
 * The run cannot start: the deployment does not answer, is not this service, or refuses the admin's
 * token.
 */
export class VerifyError extends Error {
  override name = 'VerifyError';
}

/** The current step cannot go on. The reason is recorded, or is no violation. */
export class Stopped extends Error {
  override name = 'Stopped';
}

// Why verifying ends before its end.

/** Nothing could be verified: nobody answers there, or what answers is no such service. */
export class VerifyError extends Error {
  override name = 'VerifyError';
}

/** What was being tried cannot go on; the reason has been recorded, or is no breach. */
export class Stopped extends Error {
  override name = 'Stopped';
}

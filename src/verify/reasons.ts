// Explains why a run did not reach a declared status. Most of these statuses cannot be caused from
// outside, or not without harm.

import type { Sample } from '../contract/samples.ts';

/** What the run was able to do. */
export interface Circumstances {
  readonly hasAdminToken: boolean;
  /** Whether a user of this run could sign in. */
  readonly signedIn: boolean;
}

const mailed: readonly string[] = ['resetPassword', 'verifyEmail'];
const mails: readonly string[] = ['requestPasswordReset', 'requestEmailVerification'];

/** Returns the reason as the legend of the table shows it. */
export function whyNotReached(
  { id, roles, isSecured }: Sample,
  status: number,
  { hasAdminToken, signedIn }: Circumstances,
): string {
  if (status === 500) return 'no request should cause it';
  if (status === 503) return 'only while the database or mail is unavailable';
  if (status === 409) return 'would need to remove the last admin';
  if (status === 204 && mailed.includes(id)) return 'needs the link from a mail';
  if (status === 202 && mails.includes(id)) return 'the deployment sends no mail';
  if (status !== 401 && roles.length > 0 && !hasAdminToken) return 'needs --admin-token';
  if (isSecured && !signedIn) return 'no new user could sign in';
  return 'the steps before it did not run; see above';
}

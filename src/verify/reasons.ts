// Why a declared status was not reached: most of what is missing in the table cannot be brought about from outside, or not without harm.

import type { Sample } from '../contract/samples.ts';

export interface Circumstances {
  readonly hasAdminToken: boolean;
  /** Whether a user of ours could sign in. */
  readonly signedIn: boolean;
}

const mailed: readonly string[] = ['resetPassword', 'verifyEmail'];
const mails: readonly string[] = ['requestPasswordReset', 'requestEmailVerification'];

export function whyNotReached(
  { id, roles, isSecured }: Sample,
  status: number,
  { hasAdminToken, signedIn }: Circumstances,
): string {
  if (status === 500) return 'no request may bring it about';
  if (status === 503) return 'only while the database or the mail is away';
  if (status === 409) return 'would need to take the last admin away';
  if (status === 204 && mailed.includes(id)) return 'needs the link of a mail';
  if (status === 202 && mails.includes(id)) return 'the deployment sends no mail';
  if (status !== 401 && roles.length > 0 && !hasAdminToken) return 'needs --admin-token';
  if (isSecured && !signedIn) return 'no new user could sign in';
  return 'what leads to it was not tried; see above';
}

// Claims on rows of the outbox. Decides which row is next, whether its mail still has a purpose,
// and when a failed mail is tried again. Creates the token of the mail.

import type { MailRequestRow } from '../../db/tables/mail-requests.ts';
import type { Repositories } from '../../db/repositories.ts';
import type { UserRow } from '../../db/tables/users.ts';
import { isThrottled, noteSent } from './mail-throttle.ts';
import { hashOf, newToken, type Purpose } from '../tokens/one-time-tokens.ts';

/** The content of a mail. The token is a secret. */
export interface Letter {
  readonly purpose: Purpose;
  readonly to: string;
  readonly username: string;
  readonly token: string;
  /** Seconds that the token is valid. */
  readonly lifetime: number;
}

/** A row that belongs to this node until the lease expires, and the letter to send. */
export interface Claim {
  readonly row: MailRequestRow;
  readonly letter: Letter;
}

/**
 * How a mail failed: whether the recipient may have the mail, and whether another mail
 * could succeed now.
 */
export type Failure =
  /** The mail server permanently rejects this mail for this address. */
  | 'refused'
  /** The mail server rejects this mail for now. */
  | 'put_off'
  /** The mail server accepts no mails at all now. */
  | 'away'
  /** The mail server got the text, but did not confirm it. Often it delivers the mail anyway. */
  | 'unanswered';

/**
 * Thrown by `Send`. An error without `failure` means that nothing was sent; it counts as `away`.
 */
export interface MailFailure extends Error {
  readonly failure: Failure;
}

/** Seconds that the tokens are valid. A mail is tried for the same time. */
export type Lifetimes = Readonly<Record<Purpose, number>>;

/** Milliseconds until a claimed row counts as abandoned. Longer than a mail may take. */
const lease = 120_000;
/** Milliseconds from the first failure to the next try. Each failure doubles it, up to one hour. */
const firstPause = 60_000;
const longestPause = 3_600_000;

/**
 * Claims the row that has been due for the longest time, and creates its token. Call it inside a
 * transaction. A row whose mail has no purpose any more is removed. A row that was tried for the
 * whole lifetime of its token is removed as well, after a call of `giveUp`.
 */
export async function claimNext(
  inside: Repositories,
  lifetimes: Lifetimes,
  at: Date,
  giveUp: (row: MailRequestRow) => void,
): Promise<Claim | 'dropped' | 'none'> {
  // Rows with a purpose of a newer version are left to the nodes that know it.
  const row = await inside.mailRequests.lockDue(Object.keys(lifetimes), at);
  if (!row) return 'none';
  const purpose = row.purpose as Purpose;
  const lifetime = lifetimes[purpose];
  const user = await inside.users.findByEmail(row.email);
  const isUseful = hasUse(user, purpose) && !(await isThrottled(inside, purpose, user.email, at));
  const isTooOld = at.getTime() - row.requestedAt.getTime() >= lifetime * 1000;
  if (isUseful && isTooOld) giveUp(row);
  if (!isUseful || isTooOld) {
    await inside.mailRequests.remove(row.id);
    return 'dropped';
  }
  // Send to the stored address of the user, not to the address in the request.
  const { id: userId, email, username } = user;
  const token = newToken();
  const expiresAt = new Date(at.getTime() + lifetime * 1000);
  await inside.oneTimeTokens.insert({
    tokenHash: hashOf(token),
    purpose,
    userId,
    email,
    createdAt: at,
    expiresAt,
  });
  const attempts = row.attempts + 1;
  await inside.mailRequests.postpone(row.id, attempts, new Date(at.getTime() + lease));
  return { row: { ...row, attempts }, letter: { purpose, to: email, username, token, lifetime } };
}

/**
 * Ends a claim. Call it inside a transaction. A mail that was certainly not sent loses its token,
 * and is tried again later unless it was refused permanently. A mail that may have been sent keeps
 * its token, because the recipient may have it. It is not sent again; the user can request a new
 * mail.
 */
export async function settle(
  inside: Repositories,
  claim: Claim,
  outcome: 'sent' | Failure,
  at: Date,
): Promise<void> {
  const { row, letter } = claim;
  const isWithReader = outcome === 'sent' || outcome === 'unanswered';
  if (!isWithReader) await inside.oneTimeTokens.take(hashOf(letter.token));
  if (isWithReader || outcome === 'refused') {
    // A refused mail counts for the throttle, too. Otherwise each new request would send it to the
    // mail server again.
    await noteSent(inside, letter.purpose, letter.to, at);
    await inside.mailRequests.remove(row.id);
    return;
  }
  const pause = Math.min(firstPause * 2 ** (row.attempts - 1), longestPause);
  await inside.mailRequests.postpone(row.id, row.attempts, new Date(at.getTime() + pause));
}

function hasUse(user: UserRow | undefined, purpose: Purpose): user is UserRow {
  return (
    user?.disabledAt === null &&
    !(purpose === 'email_verification' && user.emailVerifiedAt !== null)
  );
}

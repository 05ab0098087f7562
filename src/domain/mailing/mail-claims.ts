// Claims on rows of the outbox: which row is next, whether its mail is of use to anybody, and when a mail that failed is tried again. Makes the
// token of the mail.

import type { MailRequestRow } from '../../db/tables/mail-requests.ts';
import type { Repositories } from '../../db/repositories.ts';
import type { UserRow } from '../../db/tables/users.ts';
import { isThrottled, noteSent } from './mail-throttle.ts';
import { hashOf, newToken, type Purpose } from '../tokens/one-time-tokens.ts';

/** What is sent. The token is a secret. */
export interface Letter {
  readonly purpose: Purpose;
  readonly to: string;
  readonly username: string;
  readonly token: string;
  /** Seconds that the token lives. */
  readonly lifetime: number;
}

/** A row that is ours until the lease is over, and what to send for it. */
export interface Claim {
  readonly row: MailRequestRow;
  readonly letter: Letter;
}

/** What is known of a mail that failed: whether it may be with its reader, and whether the next one would fare better. */
export type Failure =
  /** The mail server takes no such mail for this address. */
  | 'refused'
  /** Not now. */
  | 'put_off'
  /** The mail server takes no mails at all now. */
  | 'away'
  /** The mail server has the mail's text and did not say whether it takes it. Often it does. */
  | 'unanswered';

/** The error of whoever sends. One without `failure` has sent nothing, and counts as `away`. */
export interface MailFailure extends Error {
  readonly failure: Failure;
}

/** Seconds that the tokens live; as long as that, a mail is tried. */
export type Lifetimes = Readonly<Record<Purpose, number>>;

/** Milliseconds after which a claimed row counts as abandoned: longer than a mail may take. */
const lease = 120_000;
/** Milliseconds from a first failure to the next try; doubled with each further one, up to an hour. */
const firstPause = 60_000;
const longestPause = 3_600_000;

/**
 * Claims the row that is due longest, and makes its token; inside a transaction. A row that has no use for a mail is removed.
 * `giveUp` is called for a row that has been tried for as long as its token would live, and is removed as well.
 */
export async function claimNext(
  inside: Repositories,
  lifetimes: Lifetimes,
  at: Date,
  giveUp: (row: MailRequestRow) => void,
): Promise<Claim | 'dropped' | 'none'> {
  // A purpose of a newer version's is left to the nodes that know it.
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
  // To the address that the user has, not to the one that somebody typed.
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
 * Ends a claim; inside a transaction. A mail that was certainly not sent leaves no token, and is tried again later unless it was refused for good.
 * One that may have been sent keeps its token, since its reader may hold it, and is not sent again: whoever does not get it asks for another.
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
    // What is refused counts, too: else the mail server would be bothered with it each time that somebody asks.
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

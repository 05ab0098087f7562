// Claims on rows of the outbox: which row is next, whether its mail is of use to anybody, and when a mail that failed is tried again. Makes the
// token of the mail. Defends against a stranger who has a user's mailbox flooded: one mail a minute of each purpose.

import type { MailRequestRow } from '../db/mail-requests.ts';
import type { Repositories } from '../db/repositories.ts';
import type { UserRow } from '../db/users.ts';
import { hashOf, newToken, type Purpose } from './one-time-tokens.ts';

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

/** Seconds that the tokens live; as long as that, a mail is tried. */
export type Lifetimes = Readonly<Record<Purpose, number>>;

/** Milliseconds in which no second mail of one purpose goes to one user. */
const throttle = 60_000;
/** Milliseconds after which a claimed row counts as abandoned: longer than a mail may take, and than the throttle, which would drop the row. */
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
  const row = await inside.mailRequests.lockDue(at);
  if (!row) return 'none';
  const purpose = row.purpose as Purpose;
  const lifetime = lifetimes[purpose];
  const user = await inside.users.findByEmail(row.email);
  const isUseful = hasUse(user, purpose) && !(await isThrottled(inside, user.id, purpose, at));
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
  await inside.oneTimeTokens.insert({ tokenHash: hashOf(token), purpose, userId, email, createdAt: at, expiresAt });
  const attempts = row.attempts + 1;
  await inside.mailRequests.postpone(row.id, attempts, new Date(at.getTime() + lease));
  return { row: { ...row, attempts }, letter: { purpose, to: email, username, token, lifetime } };
}

/** Gives a claimed row back, to be tried later; inside a transaction. Its token was not sent, so it is removed. */
export async function putBack({ mailRequests, oneTimeTokens }: Repositories, { row, letter }: Claim, at: Date): Promise<void> {
  const pause = Math.min(firstPause * 2 ** (row.attempts - 1), longestPause);
  await oneTimeTokens.take(hashOf(letter.token));
  await mailRequests.postpone(row.id, row.attempts, new Date(at.getTime() + pause));
}

function hasUse(user: UserRow | undefined, purpose: Purpose): user is UserRow {
  return user?.disabledAt === null && !(purpose === 'email_verification' && user.emailVerifiedAt !== null);
}

function isThrottled({ oneTimeTokens }: Repositories, userId: number, purpose: Purpose, at: Date): Promise<boolean> {
  return oneTimeTokens.isNewerThan(userId, purpose, new Date(at.getTime() - throttle));
}

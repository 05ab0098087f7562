// How often a mail goes to an address: once a minute of each purpose, and ten times a day. Defends against a stranger who has somebody's mailbox
// flooded, and against the mail server's bad name. It is judged by address and not by user or token: whoever signs up with a stranger's address can
// remove those and begin again.

import type { Repositories } from '../../db/repositories.ts';
import type { Purpose } from '../tokens/one-time-tokens.ts';

/** Milliseconds in which no second mail of one purpose goes to one address. */
const pause = 60_000;
/** Mails of one purpose that go to one address in a day at most. */
const mostInDay = 10;
const day = 86_400_000;
/** Seconds after the last mail for which it is known. */
export const throttleMemory = day / 1000;

export async function isThrottled(
  { sentMails }: Repositories,
  purpose: Purpose,
  email: string,
  at: Date,
): Promise<boolean> {
  const row = await sentMails.find(purpose, email);
  if (!row) return false;
  const { sentAt, dayBeganAt, sentInDay } = row;
  return isWithin(pause, sentAt, at) || (sentInDay >= mostInDay && isWithin(day, dayBeganAt, at));
}

/** Counts a mail, or what may have been one. */
export async function noteSent(
  { sentMails }: Repositories,
  purpose: Purpose,
  email: string,
  at: Date,
): Promise<void> {
  const row = await sentMails.find(purpose, email);
  const goesOn = row !== undefined && isWithin(day, row.dayBeganAt, at);
  const count = goesOn
    ? { dayBeganAt: row.dayBeganAt, sentInDay: row.sentInDay + 1 }
    : { dayBeganAt: at, sentInDay: 1 };
  await sentMails.put({ purpose, email, sentAt: at, ...count });
}

function isWithin(span: number, since: Date, at: Date): boolean {
  return at.getTime() - since.getTime() < span;
}

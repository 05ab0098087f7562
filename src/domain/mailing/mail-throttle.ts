// Limits how many mails of one purpose go to one address: one a minute, ten a day. Defends against
// an attacker who floods a mailbox, and against a bad reputation of the mail server. The limit
// counts addresses and not users or tokens. An attacker who signs up with another person's address
// could delete the user and its tokens, and start again.

import type { Repositories } from '../../db/repositories.ts';
import type { Purpose } from '../tokens/one-time-tokens.ts';

/** Milliseconds between two mails of one purpose to one address. */
const pause = 60_000;
/** The most mails of one purpose to one address in a day. */
const mostInDay = 10;
const day = 86_400_000;
/** Seconds that the last mail to an address is remembered. */
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

/** Counts a mail that was sent, may have been sent, or was refused. */
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

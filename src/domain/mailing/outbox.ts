// The outbox: a requested mail is a row in the database until a node sends it. So a request takes
// the same time for known and unknown addresses. A crash or an unreachable mail server loses no
// mail. A sign-up that was rolled back sends no mail.
//
// A node handles one row at a time, in three steps. It claims the row in a short transaction, sends
// the mail, and removes the row. No transaction is open while it sends, so a slow mail server holds
// no database connection. If a node dies in between, the row becomes due again: a mail may be sent
// twice.
//
// A refused mail does not delay the others. An unreachable mail server delays all until the next
// round.

import type { MailRequestRow } from '../../db/tables/mail-requests.ts';
import type { Repositories } from '../../db/repositories.ts';
import { AuthError } from '../errors.ts';
import {
  claimNext,
  settle,
  type Claim,
  type Failure,
  type Letter,
  type MailFailure,
} from './mail-claims.ts';
import type { Purpose } from '../tokens/one-time-tokens.ts';

/**
 * Sends a letter within 90 seconds. Gives up at once when `stop` is aborted.
 * @throws MailFailure that says how the mail failed, or another error when nothing was sent. The
 * text of the error contains neither token nor address.
 */
export type Send = (letter: Letter, stop: AbortSignal) => Promise<void>;

const failures: Readonly<Record<Failure, string>> = {
  refused: 'mail refused',
  put_off: 'mail failed',
  away: 'mail failed',
  unanswered: 'mail may have been sent',
};

/** The members of a mail that are logged: never an address, never a token. */
export interface MailNews {
  readonly purpose?: string;
  readonly requestId?: string;
  readonly attempts?: number;
  readonly err?: unknown;
}

export interface Outbox {
  /** Whether this service sends mail. */
  readonly isOpen: boolean;
  /**
   * Stores a request for a mail. With the repositories of a transaction, it commits or rolls back
   * with the transaction.
   * @throws AuthError `unavailable` when the service sends no mail
   */
  add(repositories: Repositories, request: WantedMail): Promise<void>;
  /** Waits for the running round, then sends the due mails. Returns how many were sent. */
  run(): Promise<number>;
  /** Starts a round in the background, unless one is waiting already. Logs a failure. */
  kick(): void;
  /**
   * Starts no further mail. Resolves within seconds, when the current mail is sent or has failed.
   */
  stop(): Promise<void>;
}

export interface WantedMail {
  readonly purpose: Purpose;
  readonly email: string;
  readonly requestId: string;
}

export interface OutboxTimes {
  /** Seconds that a link to a new password is valid. */
  readonly passwordResetTtl: number;
  /** Seconds that a link to verify an address is valid. */
  readonly emailVerificationTtl: number;
}

export interface OutboxParts {
  readonly repositories: Repositories;
  /** `null` when this service sends no mail. */
  readonly send: Send | null;
  readonly times: OutboxTimes;
  readonly warn: (news: MailNews, message: string) => void;
  /** Milliseconds that the current mail may still take when the outbox is stopped. */
  readonly stopLimit?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createOutbox({
  repositories,
  send,
  times,
  warn,
  stopLimit = 5_000,
  now,
}: OutboxParts): Outbox {
  const lifetimes = {
    password_reset: times.passwordResetTtl,
    email_verification: times.emailVerificationTtl,
  };
  const giveUp = (row: MailRequestRow) => {
    warn(newsOf(row), 'mail given up');
  };
  const cut = new AbortController();
  let isStopped = false;
  let isWaiting = false;
  let last: Promise<unknown> = Promise.resolve();

  async function round(): Promise<number> {
    let sent = 0;
    // In one statement each, before the mails: a thousand requests for unknown addresses must not
    // delay a real one.
    for (const purpose of send ? Object.keys(lifetimes) : [])
      await repositories.mailRequests.removeWithoutRecipient(purpose, new Date(now()));
    while (send && !isStopped) {
      const claim = await repositories.transaction((inside) =>
        claimNext(inside, lifetimes, new Date(now()), giveUp),
      );
      if (claim === 'none') break;
      if (claim === 'dropped') continue;
      const outcome = await attempt(send, claim, cut.signal, warn);
      await repositories.transaction((inside) => settle(inside, claim, outcome, new Date(now())));
      if (outcome === 'sent') sent += 1;
      // The other mails would fail in the same way, each after the same time. Try them next round.
      if (outcome === 'away' || outcome === 'unanswered') break;
    }
    return sent;
  }

  function run(): Promise<number> {
    const next = last.then(round);
    last = next.catch(() => undefined);
    return next;
  }

  return {
    isOpen: send !== null,
    async add({ mailRequests }, { purpose, email, requestId }) {
      if (!send)
        throw new AuthError('unavailable', {
          message: 'This service sends no mail: SMTP_URL is not set.',
        });
      await mailRequests.add({ purpose, email, requestId, requestedAt: new Date(now()) });
    },
    run,
    kick() {
      if (isWaiting) return;
      isWaiting = true;
      void last.then(() => (isWaiting = false));
      run().catch((err: unknown) => {
        warn({ err }, 'the outbox failed');
      });
    },
    async stop() {
      isStopped = true;
      const timer = setTimeout(() => {
        cut.abort();
      }, stopLimit);
      await last;
      clearTimeout(timer);
    },
  };
}

async function attempt(
  send: Send,
  { row, letter }: Claim,
  stop: AbortSignal,
  warn: OutboxParts['warn'],
): Promise<'sent' | Failure> {
  try {
    await send(letter, stop);
    return 'sent';
  } catch (err) {
    const failure = (err as Partial<MailFailure>).failure ?? 'away';
    warn({ ...newsOf(row), err }, failures[failure]);
    return failure;
  }
}

function newsOf({ purpose, requestId, attempts }: MailRequestRow): MailNews {
  return { purpose, requestId, attempts };
}

// The outbox: mails that were asked for are rows in the database until they are sent, by whichever node comes first. So asking takes the same time
// whoever has an address, no mail is lost with a process or a mail server that is away, and none is sent for a sign-up that was rolled back.
//
// A node works one row at a time, in three steps: it claims the row in a short transaction, sends with no transaction open, so that a slow mail
// server holds no connection, and removes the row. A node that dies in between leaves the row to be due again: a mail may be sent twice.
//
// A mail that is refused does not keep the others waiting. A mail server that is away does, until the next round.

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
 * Sends a letter within 90 seconds, or throws an error whose text names neither token nor address: a MailFailure, when more is known than that
 * nothing was sent. Gives up at once when `stop` is aborted.
 */
export type Send = (letter: Letter, stop: AbortSignal) => Promise<void>;

const failures: Readonly<Record<Failure, string>> = {
  refused: 'mail refused',
  put_off: 'mail failed',
  away: 'mail failed',
  unanswered: 'mail may have been sent',
};

/** What the log is told of a mail: never an address, never a token. */
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
   * Notes that a mail is wanted. On a transaction's repositories, the note is kept or lost with it.
   * @throws AuthError `unavailable` where the service sends none
   */
  add(repositories: Repositories, request: WantedMail): Promise<void>;
  /** Sends what is due, after the round that is under way, and tells how many mails that were. */
  run(): Promise<number>;
  /** Starts a round in the background, unless one is to begin anyway. A failure is told to the log. */
  kick(): void;
  /** Settles when the mail that is under way is sent or has failed, in seconds; no other is begun. */
  stop(): Promise<void>;
}

export interface WantedMail {
  readonly purpose: Purpose;
  readonly email: string;
  readonly requestId: string;
}

export interface OutboxTimes {
  /** Seconds that a link to a new password is good for. */
  readonly passwordResetTtl: number;
  /** Seconds that a link to verify an address is good for. */
  readonly emailVerificationTtl: number;
}

export interface OutboxParts {
  readonly repositories: Repositories;
  /** null: this service sends no mail. */
  readonly send: Send | null;
  readonly times: OutboxTimes;
  readonly warn: (news: MailNews, message: string) => void;
  /** Milliseconds that a mail under way may still take when the outbox is stopped. */
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
    while (send && !isStopped) {
      const claim = await repositories.transaction((inside) =>
        claimNext(inside, lifetimes, new Date(now()), giveUp),
      );
      if (claim === 'none') break;
      if (claim === 'dropped') continue;
      const outcome = await attempt(send, claim, cut.signal, warn);
      await repositories.transaction((inside) => settle(inside, claim, outcome, new Date(now())));
      if (outcome === 'sent') sent += 1;
      // The others would fare alike, each after as long: they wait for the next round.
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

// Proves that change notifications still arrive. A cached value may be used only while we would
// have heard of a change to it. The proof is an answer to a question on the connection of the
// notifications (listener.ts). It is valid from the moment of the question, for 50 ms. After that,
// all requests that need a proof wait for the same next answer. A value may be out of date for at
// most 50 ms when it is used. This holds even if the network, the database or this process fails or
// is slow.

import { setImmediate as afterInput, setTimeout as pause } from 'node:timers/promises';

export interface Lease {
  /**
   * Whether the notification of every change from more than 50 ms before the call has arrived. A
   * promise when the server must be asked. Never fails.
   */
  isGood(): boolean | Promise<boolean>;
  /**
   * For a caller that has made a change. After it settles, `isGood` covers every change from before
   * the call. Never fails.
   */
  catchUp(): Promise<void>;
  /** The connection opened. */
  begin(): void;
  /** The connection is lost. */
  end(): void;
}

export interface LeaseParts {
  /**
   * Resolves when every notification from before the call has arrived. Rejects when no answer can
   * come.
   */
  readonly ask: () => Promise<void>;
  /** A monotonic clock in milliseconds; set in tests. */
  readonly elapsed?: () => number;
  /** Milliseconds since 1970; set in tests. */
  readonly now?: () => number;
}

/** A moment on both clocks: one stops while a machine sleeps, and the other can be set. */
interface Moment {
  readonly at: number;
  readonly time: number;
}

interface Question extends Moment {
  readonly answer: Promise<boolean>;
}

/** A proof is valid for this many milliseconds. */
export const leaseTime = 50;
/**
 * When a proof is older than this many milliseconds, a read starts the next question without
 * waiting for it.
 */
const renewalTime = 20;
/**
 * Milliseconds to wait for an answer. After such a timeout, no caller waits until an answer has
 * arrived.
 */
export const patience = 200;
/**
 * Milliseconds between two questions when no caller needs a proof. They find a dead connection,
 * whose silenceLimit is longer.
 */
const idleInterval = 4_000;

export function createLease({
  ask,
  elapsed = () => performance.now(),
  now = Date.now,
}: LeaseParts): Lease {
  let proof: Moment | null = null;
  /** The last question, until it is answered. */
  let asked: Question | null = null;
  /** A question from before this time proves nothing any more. */
  let notBefore = -Infinity;
  /** No connection is open, or it does not answer. */
  let isSilent = true;
  let idleTimer: NodeJS.Timeout | undefined;

  /** Milliseconds since the moment; `Infinity` when it proves nothing. */
  function ageOf(moment: Moment | null): number {
    if (moment === null || moment.at < notBefore) return Infinity;
    return Math.max(elapsed() - moment.at, now() - moment.time);
  }

  function askAnew(): Question {
    const moment = { at: elapsed(), time: now() };
    const question: Question = { ...moment, answer: Promise.race([hear(), giveUp()]) };
    async function hear(): Promise<boolean> {
      const isAnswered = await ask().then(
        () => true,
        () => false,
      );
      if (isAnswered) [proof, isSilent] = [moment, false];
      if (asked === question) asked = null;
      return isAnswered;
    }
    async function giveUp(): Promise<boolean> {
      await pause(patience, undefined, { ref: false });
      await afterInput(); // if this process was busy, an answer may have arrived unread
      if (asked === question) isSilent = true;
      return false;
    }
    return (asked = question);
  }

  return {
    isGood() {
      const age = ageOf(proof);
      if (age <= leaseTime) {
        if (asked === null && age > renewalTime) askAnew();
        return true;
      }
      if (isSilent) return false;
      return (asked !== null && ageOf(asked) <= leaseTime ? asked : askAnew()).answer;
    },
    async catchUp() {
      const at = elapsed();
      // Until then, other callers may use the current proof. If there is none, the next caller that
      // needs one asks for it.
      if (ageOf(proof) <= leaseTime) await askAnew().answer;
      notBefore = Math.max(notBefore, at);
    },
    begin() {
      isSilent = false;
      askAnew();
      idleTimer = setInterval(() => asked ?? askAnew(), idleInterval).unref();
    },
    end() {
      isSilent = true;
      proof = null;
      clearInterval(idleTimer);
    },
  };
}

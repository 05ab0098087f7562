// Whether no news is good news: whoever keeps something until they hear that it has changed must know that they would have heard. What proves it is the
// answer to a question on the connection that the news come by (listener.ts), and it proves it for the moment when the question was asked. A
// proof is good for 50 ms; then the next question is waited for, by all who need it together. So whatever becomes of the network, the database, its
// processes or this one, nothing is used that was not true any more 50 ms before somebody asked for it.

import { setImmediate as afterInput, setTimeout as pause } from 'node:timers/promises';

export interface Lease {
  /** Whether everything has been heard that happened more than 50 ms before the call; a promise where that has to be asked. Never fails. */
  isGood(): boolean | Promise<boolean>;
  /** For whoever has changed something: once it has settled, `isGood` speaks of all that happened before the call. Never fails. */
  catchUp(): Promise<void>;
  /** There is a connection to ask on. */
  begin(): void;
  /** There is none. */
  end(): void;
}

export interface LeaseParts {
  /** Once it is answered, everything from before the call has been heard. Fails when there is no answer to come. */
  readonly ask: () => Promise<void>;
  /** Milliseconds that never go back; for tests. */
  readonly elapsed?: () => number;
  /** Milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

/** By both clocks: one of them stands still while a machine sleeps, and the other one can be set. */
interface Moment {
  readonly at: number;
  readonly time: number;
}

interface Question extends Moment {
  readonly answer: Promise<boolean>;
}

/** Milliseconds that a proof is good for. */
export const leaseTime = 50;
/** Milliseconds after which a read has the next question asked, without waiting for it. */
const renewalTime = 20;
/** Milliseconds that an answer is waited for. Without one, nobody waits again until there is one. */
export const patience = 200;
/** Milliseconds between two questions that nobody needs: they find a connection that is dead (its silenceLimit is longer). */
const idleInterval = 4_000;

export function createLease({
  ask,
  elapsed = () => performance.now(),
  now = Date.now,
}: LeaseParts): Lease {
  let proof: Moment | null = null;
  /** The last question, while it is not answered. */
  let asked: Question | null = null;
  /** What was asked before this proves nothing any more. */
  let notBefore = -Infinity;
  /** There is no connection, or it does not answer. */
  let isSilent = true;
  let idleTimer: NodeJS.Timeout | undefined;

  /** Milliseconds since a moment that counts. */
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
      await afterInput(); // an answer may lie there unread, since this process was busy
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
      // Until then others may use what they have. Where there is no proof, the next who needs one asks for it.
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

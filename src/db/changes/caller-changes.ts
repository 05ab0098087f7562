// Tells whose name, roles, account or sessions have changed, on whichever node or in psql: triggers notify it (db/migrations). Tells as well whether
// all of that has been told by now; where there is no connection to hear it on, nothing is ever taken for told.

import { createLease } from './lease.ts';
import { createListener } from './listener.ts';

export type ChangedUser = number | 'all';

export interface CallerChanges {
  /** Whether every change has been told that was committed more than 50 ms before the call; a promise where PostgreSQL has to be asked. */
  isUpToDate(): boolean | Promise<boolean>;
  /** Once it has settled, `isUpToDate` speaks of every change from before the call; 200 ms at most. Neither of the two fails. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export interface CallerChangesOptions {
  /** A postgres:// URL. */
  readonly url: string;
  readonly tell: (changed: ChangedUser) => void;
  readonly log: (message: string, error?: unknown) => void;
}

/** Milliseconds; as long as the pool's. */
const silenceLimit = 10_000;

export function createCallerChanges({ url, tell, log }: CallerChangesOptions): CallerChanges {
  let wasLost = false;
  const listener = createListener({
    url,
    channel: 'rolegate_callers',
    silenceLimit,
    onNotification(payload) {
      // What another version of the triggers may say is taken for everything.
      tell(/^[1-9]\d{0,15}$/.test(payload) ? Number(payload) : 'all');
    },
    onOpen() {
      tell('all'); // something may have happened before it listened
      lease.begin();
      if (wasLost) log('changes of callers are heard again');
      wasLost = false;
    },
    onLost(reason) {
      wasLost = true;
      lease.end();
      log(
        'changes of callers are not heard: every request asks the database. Behind a connection pooler, set CALLER_CACHE=off',
        reason,
      );
    },
  });
  const lease = createLease({ ask: () => listener.ask() });
  return {
    isUpToDate: () => lease.isGood(),
    catchUp: () => lease.catchUp(),
    async close() {
      lease.end();
      await listener.close();
    },
  };
}

// Reports which users changed their name, roles, state or sessions, on any node or in psql:
// triggers notify it (db/migrations). Also reports whether all notifications have arrived. Without
// a connection, it never claims so.

import { createLease } from './lease.ts';
import { createListener } from './listener.ts';

export type ChangedUser = number | 'all';

export interface CallerChanges {
  /**
   * Whether the notification of every change committed more than 50 ms before the call has arrived.
   * A promise when PostgreSQL must be asked.
   */
  isUpToDate(): boolean | Promise<boolean>;
  /**
   * Settles within 200 ms. After that, `isUpToDate` covers every change from before the call.
   * Neither function fails.
   */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export interface CallerChangesOptions {
  /** A postgres:// URL. */
  readonly url: string;
  readonly notify: (changed: ChangedUser) => void;
  readonly log: (message: string, error?: unknown) => void;
}

/** Milliseconds; the same as the pool's. */
const silenceLimit = 10_000;

export function createCallerChanges({ url, notify, log }: CallerChangesOptions): CallerChanges {
  let wasLost = false;
  const listener = createListener({
    url,
    channel: 'rolegate_callers',
    silenceLimit,
    onNotification(payload) {
      // Another version of the triggers may send other payloads: treat them as "all users".
      notify(/^[1-9]\d{0,15}$/.test(payload) ? Number(payload) : 'all');
    },
    onOpen() {
      notify('all'); // changes before the connection opened were missed
      lease.begin();
      if (wasLost) log('notifications of caller changes arrive again');
      wasLost = false;
    },
    onLost(reason) {
      wasLost = true;
      lease.end();
      log(
        'notifications of caller changes do not arrive: every request asks the database. ' +
          'Behind a connection pooler, set CALLER_CACHE=off',
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

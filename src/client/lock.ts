// A lock, so that one client at a time changes the tokens of a shared storage. Tabs use the Web
// Locks API.

/** Runs `work` while no other holder of the lock runs theirs, and settles as `work` does. */
export type Lock = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** The part of the API that is used here. Node.js has it since version 24. */
interface WebLocks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * A lock among all tabs of an origin if the browser has the Web Locks API, otherwise within this
 * page or process.
 */
export function sharedLock(name: string): Lock {
  const { navigator } = globalThis as { navigator?: { locks?: WebLocks } };
  const locks = navigator?.locks;
  return locks ? (work) => locks.request(name, work) : queue();
}

/** A lock within this page or process: runs one `work` after the other. */
export function queue(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

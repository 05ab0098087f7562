// Who may change the tokens: one at a time, among all that share a storage. Tabs agree by the Web Locks API.

/** Runs `work` while nobody else runs theirs, and settles as it does. */
export type Lock = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** As far as it is used here: Node.js has none before version 24. */
interface WebLocks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** A lock among the tabs of an origin, where the browser has such a thing, else one within this page or process. */
export function sharedLock(name: string): Lock {
  const { navigator } = globalThis as { navigator?: { locks?: WebLocks } };
  const locks = navigator?.locks;
  return locks ? (work) => locks.request(name, work) : queue();
}

/** One after the other, within this page or process. */
export function queue(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

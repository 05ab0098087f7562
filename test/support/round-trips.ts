// Counts the round trips to PostgreSQL from the bytes on the wire, so that none is missed.
// BEGIN and COMMIT are round trips, too.

import type { Socket } from 'node:net';
import { startProxy, type Proxy } from './proxy.ts';

export interface Counter extends Pick<Proxy, 'url' | 'close'> {
  /** The round trips of `work`: the SQL of each, or the name of a prepared statement. */
  during(work: () => Promise<unknown>): Promise<string[]>;
}

export async function startCounter(databaseUrl: string): Promise<Counter> {
  let trips: string[] = [];
  const readers = new Map<Socket, (chunk: Buffer) => void>();
  const { url, close } = await startProxy(databaseUrl, (chunk, from) => {
    const read = readers.get(from) ?? createReader((trip) => trips.push(trip));
    readers.set(from, read);
    read(chunk);
  });
  return {
    url,
    close,
    async during(work) {
      trips = [];
      await work();
      return trips;
    },
  };
}

/**
 * Reads the messages of one client (PostgreSQL, "Message Formats"): a start-up message, then
 * messages that consist of a letter, a length and a body. A `Query` (Q) is a round trip. A sequence
 * of messages that ends in a `Sync` (S) is a round trip, too; its `Parse` (P) or `Bind` (B) names
 * the statement.
 */
function createReader(onTrip: (what: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let isStarted = false;
  let what = '';
  function take(letter: string, body: Buffer): void {
    const [first = '', second = ''] = body.toString().split('\0');
    if (letter === 'Q') onTrip(first);
    if (letter === 'P') what = first || second;
    if (letter === 'B') what ||= second;
    if (letter !== 'S') return;
    onTrip(what);
    what = '';
  }
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const letters = isStarted ? 1 : 0;
      if (rest.length < letters + 4) return;
      const end = letters + rest.readInt32BE(letters);
      if (rest.length < end) return;
      if (isStarted) take(rest.toString('latin1', 0, 1), rest.subarray(5, end));
      isStarted = true;
      rest = rest.subarray(end);
    }
  };
}

// A TCP proxy in front of PostgreSQL. It can cut and freeze its connections, and restore them, so
// that a test can show the service a network outage.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** The URL of the database through the proxy. */
  readonly url: string;
  /** Closes all connections and accepts no new ones. */
  cut(): void;
  /** Keeps all connections open, and drops all data. */
  freeze(): void;
  /** Delays the answers of the database until `mend`. */
  hold(): void;
  /** Forwards data again and accepts new connections. */
  mend(): void;
  close(): Promise<void>;
}

/** @param tap called with each chunk sent to the database and the client's socket */
export async function startProxy(
  databaseUrl: string,
  tap?: (chunk: Buffer, from: Socket) => void,
): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  let state: 'whole' | 'cut' | 'frozen' = 'whole';
  const server = createServer((inner) => {
    if (state === 'cut') {
      inner.destroy();
      return;
    }
    const outer = connect(Number(target.port || 5432), target.hostname);
    answering.add(outer.once('close', () => answering.delete(outer)));
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        if (from === inner) tap?.(chunk, inner);
        if (state === 'whole') to.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      state = 'cut';
      for (const socket of sockets) socket.destroy();
    },
    freeze() {
      state = 'frozen';
    },
    hold() {
      for (const socket of answering) socket.pause();
    },
    mend() {
      state = 'whole';
      for (const socket of answering) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

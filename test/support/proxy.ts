// A TCP proxy in front of PostgreSQL whose line can be cut, frozen and mended: how an outage looks from inside the service.

import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Proxy {
  /** The database's URL, by way of the proxy. */
  readonly url: string;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Keeps all connections, and passes nothing on. */
  freeze(): void;
  /** Keeps back what the database answers, until it is mended. */
  hold(): void;
  mend(): void;
  close(): Promise<void>;
}

/** `tap` is shown what goes to the database, with its connection. */
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

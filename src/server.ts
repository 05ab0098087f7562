// The HTTP server: listens, and stops without cutting off what runs.

import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface RunningServer {
  readonly port: number;
  /** Takes no new requests, waits up to `grace` milliseconds for those that run, and cuts off what is left then. */
  close(grace: number): Promise<void>;
}

export interface ListenOptions {
  readonly handle: RequestListener;
  /** What Node builds the messages of. */
  readonly messages?: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
  readonly port: number;
  readonly host: string;
  /** From now on each answer closes its connection. */
  readonly isDraining: () => boolean;
}

/** Milliseconds in which a connection may still say its first word when the server closes. */
const lastWords = 100;

/** @throws the system's error when it cannot listen there */
export async function listen({
  handle,
  messages,
  port,
  host,
  isDraining,
}: ListenOptions): Promise<RunningServer> {
  const connections = new Set<Socket>();
  // Longer than the idle time of the usual load balancers (60 s), so that it is they who close; a request itself must come quickly.
  const times = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 30_000 };
  const server = createServer({ ...times, ...messages }, (request, response) => {
    // Express answers a target that is no URL with a page of its own.
    if (!request.url?.startsWith('/') && !URL.canParse(request.url ?? '')) request.url = '/*';
    if (isDraining()) response.setHeader('Connection', 'close');
    handle(request, response);
  });
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(grace) {
      const cut = setTimeout(() => {
        server.closeAllConnections();
      }, grace);
      // What was said while this process was busy, or is on its way, is heard first.
      await pause(Math.min(lastWords, grace));
      // A connection that never said a word (a browser's spare one, a probe) is not idle to Node, and would be waited for.
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
      // Node closes what is idle now; a connection whose request ends later would be kept for its next one.
      const sweep = setInterval(() => {
        server.closeIdleConnections();
      }, 50);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(cut);
      clearInterval(sweep);
    },
  };
}

// The HTTP server: listens, and stops without aborting the requests that run.

import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface RunningServer {
  readonly port: number;
  /**
   * Accepts no new requests and waits up to `grace` milliseconds for the running ones. Then it
   * closes the connections that are left.
   */
  close(grace: number): Promise<void>;
}

export interface ListenOptions {
  readonly handle: RequestListener;
  /** The classes that Node builds requests and responses from. */
  readonly messages?: Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>;
  readonly port: number;
  readonly host: string;
  /** While this is true, each response closes its connection. */
  readonly isDraining: () => boolean;
}

/** Milliseconds in which a new connection may still send its first byte when the server closes. */
const lastWords = 100;

/** @throws the system's error when the server cannot listen on the host and port */
export async function listen({
  handle,
  messages,
  port,
  host,
  isDraining,
}: ListenOptions): Promise<RunningServer> {
  const connections = new Set<Socket>();
  // keepAliveTimeout is longer than the idle time of common load balancers (60 s), so that the
  // balancer closes first. The other two limit how slowly a request may arrive.
  const times = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 30_000 };
  const server = createServer({ ...times, ...messages }, (request, response) => {
    // Express would answer a target that is not a URL with its own error page.
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
      // First read the bytes that arrived while this process was busy, or that are on their way.
      await pause(Math.min(lastWords, grace));
      // Node does not count a connection without any bytes (a browser's spare one, a probe) as
      // idle. It would wait for that connection, so close it here.
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
      // server.close() closes only the connections that are idle now. A connection whose request
      // ends later would stay open for its next request.
      const sweep = setInterval(() => {
        server.closeIdleConnections();
      }, 50);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(cut);
      clearInterval(sweep);
    },
  };
}

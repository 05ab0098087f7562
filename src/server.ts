// The HTTP server: listens, and stops without aborting the requests that run.

import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { boundPipelines } from './http/pipeline.ts';

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
  /** For tests. */
  readonly limits?: typeof connectionLimits;
}

/**
 * How long a connection may do nothing useful, in milliseconds. `headersTimeout` counts from the
 * connection's start, so it also ends a connection that never sends a byte.
 */
const connectionLimits = {
  /** Without a byte sent or received while a request is in progress: the client does not read. */
  timeout: 45_000,
  headersTimeout: 15_000,
  requestTimeout: 15_000,
  /** How late Node.js may notice one of the two above. */
  connectionsCheckingInterval: 5_000,
  /** Longer than the idle time of common load balancers (60 s): the balancer closes first. */
  keepAliveTimeout: 65_000,
};

/** Connections of one process. Node.js closes any further one at once. */
const mostConnections = 10_000;

/** Milliseconds in which a new connection may still send its first byte when the server closes. */
const lastWords = 100;

/** @throws the system's error when the server cannot listen on the host and port */
export async function listen({
  handle,
  messages,
  port,
  host,
  isDraining,
  limits = connectionLimits,
}: ListenOptions): Promise<RunningServer> {
  const connections = new Set<Socket>();
  const handleInTurn = boundPipelines(handle);
  const server = createServer({ ...limits, ...messages }, (request, response) => {
    // Express would answer a target that is not a URL with its own error page.
    if (!request.url?.startsWith('/') && !URL.canParse(request.url ?? '')) request.url = '/*';
    if (isDraining()) response.setHeader('Connection', 'close');
    handleInTurn(request, response);
  });
  server.timeout = limits.timeout;
  server.maxConnections = mostConnections;
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

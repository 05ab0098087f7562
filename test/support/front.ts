// An HTTP server in front of the service, like a reverse proxy. It forwards requests, counts them,
// and can answer in place of the service.

import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers in place of the service and returns true, or returns false to forward the request. */
export type Instead = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Front {
  readonly url: string;
  /** The number of requests received for `METHOD /path`. */
  count(methodAndPath: string): number;
  /** Sets what answers in place of the service. Without an argument, forwards everything again. */
  instead(answer?: Instead): void;
  close(): Promise<void>;
}

export async function startFront(serviceUrl: string): Promise<Front> {
  const { hostname, port } = new URL(serviceUrl);
  const counts = new Map<string, number>();
  let instead: Instead = () => false;
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    counts.set(`${method} ${url}`, (counts.get(`${method} ${url}`) ?? 0) + 1);
    if (instead(request, response)) return;
    const onward = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: (methodAndPath) => counts.get(methodAndPath) ?? 0,
    instead(answer = () => false) {
      instead = answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

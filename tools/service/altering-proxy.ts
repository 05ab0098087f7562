// An HTTP proxy that alters answers of a service, to simulate a deployment that breaks the
// contract.

import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange, type Received } from './http.ts';

export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer | undefined;
}

/** Returns the altered parts of the answer, or `undefined` to forward it unchanged. */
export type Meddle = (
  request: Passing,
  answer: Received,
) => Partial<Pick<Received, 'status' | 'headers' | 'text'>> | undefined;

export interface Meddler {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the proxy on a free port of this machine.
 * @param target the origin that gets the requests, or a function that chooses it for each request
 */
export async function startMeddler(
  target: string | ((request: Passing) => string),
  meddle: Meddle,
): Promise<Meddler> {
  const server = createServer((incoming, outgoing) => {
    void pass(incoming).then(({ status, headers, text }) => {
      const kept = without(headers, 'connection', 'transfer-encoding', 'keep-alive');
      // Node.js omits the body of a HEAD answer, so the length of `text` would be wrong.
      if (incoming.method !== 'HEAD' && status !== 204)
        kept['content-length'] = String(Buffer.byteLength(text));
      outgoing.writeHead(status, kept).end(text);
    });
  });
  async function pass(incoming: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/' } = incoming;
    const headers = without(incoming.headers, 'host', 'connection');
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const request = { method, path, body };
    const origin = typeof target === 'string' ? target : target(request);
    const answer = await exchange(origin, {
      method,
      path,
      headers: headers as Record<string, string>,
      body,
    });
    return { ...answer, ...meddle(request, answer) };
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function without(headers: IncomingHttpHeaders, ...names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

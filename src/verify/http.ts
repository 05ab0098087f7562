// Sends one HTTP request exactly as it is told, valid or not, and reads the answer as it is. Follows no redirect and keeps no cookie.

import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Answer } from '../contract/answer-check.ts';

export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  readonly body?: string;
}

export interface Wire {
  send(sent: Sent): Promise<Answer>;
  close(): void;
}

/** Milliseconds that an answer may take. */
const patience = 30_000;
/** Bytes of an answer that are read. */
const most = 4 * 1024 * 1024;

export function createWire(base: URL, userAgent: string): Wire {
  const isTls = base.protocol === 'https:';
  const agent = isTls
    ? new TlsAgent({ keepAlive: true, maxSockets: 4 })
    : new PlainAgent({ keepAlive: true, maxSockets: 4 });
  const request = isTls ? tlsRequest : plainRequest;
  const prefix = base.pathname.replace(/\/$/, '');
  return {
    send({ method, path, headers, body }) {
      const url = new URL(base.origin + prefix + path);
      // Node sends none with DELETE, and the body would be read as another request.
      const length =
        body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      return new Promise((resolve, reject) => {
        const options = {
          agent,
          method,
          headers: { 'user-agent': userAgent, ...length, ...headers },
          timeout: patience,
        };
        const outgoing = request(url, options, (incoming) => {
          const chunks: Buffer[] = [];
          let size = 0;
          incoming.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > most) incoming.destroy(new Error(`the answer is over ${most} bytes`));
          });
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const { statusCode = 0, headers: received } = incoming;
            resolve({
              status: statusCode,
              headers: received,
              text,
              body: parse(text, received['content-type']),
            });
          });
        });
        outgoing.on('timeout', () =>
          outgoing.destroy(new Error(`there was no answer within ${patience / 1000} seconds`)),
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      });
    },
    close() {
      agent.destroy();
    },
  };
}

/** What says that it is JSON and is none stays a text, which no schema of an object describes. */
function parse(text: string, mediaType = ''): unknown {
  if (text === '' || !/[/+]json\b/.test(mediaType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

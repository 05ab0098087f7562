// Sends one HTTP request exactly as given, valid or not, and returns the answer unchanged. Follows
// no redirects and keeps no cookies.

import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Answer } from '../contract/answer-check.ts';

/** A request, as it is sent. */
export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent unchanged. */
  readonly body?: string;
}

/** The connection to the deployment. */
export interface Wire {
  send(sent: Sent): Promise<Answer>;
  close(): void;
}

/** Milliseconds to wait for an answer. */
const answerTimeout = 30_000;
/** The largest answer that is read, in bytes. */
const largestAnswer = 4 * 1024 * 1024;

/** Connects to `base` only. Sends at most four requests at the same time. */
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
      // Node adds no Content-Length to a DELETE. Without it, the server would read the body as
      // another request.
      const length =
        body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      return new Promise((resolve, reject) => {
        const options = {
          agent,
          method,
          headers: { 'user-agent': userAgent, ...length, ...headers },
          timeout: answerTimeout,
        };
        const outgoing = request(url, options, (incoming) => {
          const chunks: Buffer[] = [];
          let size = 0;
          incoming.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > largestAnswer)
              incoming.destroy(new Error(`the answer is larger than ${largestAnswer} bytes`));
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
          outgoing.destroy(new Error(`there was no answer within ${answerTimeout / 1000} seconds`)),
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

/** If an answer claims to be JSON but is not, returns the text. No object schema matches a text. */
function parse(text: string, mediaType = ''): unknown {
  if (text === '' || !/[/+]json\b/.test(mediaType)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

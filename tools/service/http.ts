// Sends a plain HTTP request exactly as given, valid or not.

import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** A string or a Buffer is sent unchanged, any other value as JSON. */
  readonly body?: unknown;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body, parsed if its media type is JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read validated answers
  readonly body: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

export async function exchange(
  origin: string,
  { method = 'GET', path, headers = {}, body }: Sent,
): Promise<Received> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : raw ? body : JSON.stringify(body);
  const type = raw || body === undefined ? {} : { 'content-type': 'application/json' };
  // Node.js sends no length with DELETE, and the server would read the body as another request.
  const length =
    payload === undefined || headers['transfer-encoding']
      ? {}
      : { 'content-length': String(Buffer.byteLength(payload)) };
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, hostname, port, method, path, headers: { ...type, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = text !== '' && /[/+]json\b/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: isJson ? (JSON.parse(text) as unknown) : text,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

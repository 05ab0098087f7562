// Single requests, where each one's time or answer counts. For sheer numbers there is autocannon (load.ts).

import { once } from 'node:events';
import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export type Headers = Readonly<Record<string, string>>;

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Headers;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** No answer came in time. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** @throws NoAnswer, or Error when the answer is no success */
export type Ask = (exchange: Exchange) => Promise<Answer>;

export interface HttpClient {
  readonly ask: Ask;
  close(): void;
}

/**
 * Connections are kept, as many as are needed at once.
 * @param patience milliseconds that an answer may take
 */
export function createHttpClient(url: string, patience = 60_000): HttpClient {
  const agent = new Agent({ keepAlive: true });
  const ask: Ask = async (exchange) => {
    const { method, path, headers = {}, body = '' } = exchange;
    const what = `${method} ${url}${path}`;
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = request(url + path, {
      agent,
      method,
      headers: { ...headers, ...length },
      timeout: patience,
    });
    sent.once('timeout', () =>
      sent.destroy(new NoAnswer(`${what} was not answered for ${patience} ms`)),
    );
    sent.on('error', () => undefined); // Told below; one that comes after the answer concerns nobody.
    sent.end(body);
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const { statusCode: status = 0, headers: answered } = response;
      const text = Buffer.concat((await response.toArray()) as Buffer[]).toString();
      if (status < 200 || status > 299)
        throw new Error(`it was answered ${status}: ${text.slice(0, 200)}`);
      return { status, headers: answered, body: text };
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      // The server has closed a connection that was idle, just when this was sent on it: it has not seen the request (Node.js, http.Agent).
      if (sent.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET')
        return ask(exchange);
      throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    ask,
    close() {
      agent.destroy();
    },
  };
}

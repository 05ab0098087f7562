// Sends single requests when the time or the answer of each matters. For throughput, load.ts uses
// autocannon.

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

/** No answer arrived in time. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** @throws NoAnswer, or Error when the answer is not a success */
export type Ask = (exchange: Exchange) => Promise<Answer>;

export interface HttpClient {
  readonly ask: Ask;
  close(): void;
}

/**
 * The client keeps its connections open, as many as it needs at the same time.
 * @param patience milliseconds to wait for an answer
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
    sent.on('error', () => undefined); // Thrown below. After the answer, an error is irrelevant.
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
      // The server closed an idle connection just when this request was sent on it. It has not seen
      // the request (Node.js, http.Agent), so it is sent again.
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

// A client of the service for tests: `asUser(token).get('/api/account')`. Every answer is checked
// against the contract before a test reads it.

import type { Received, Sent } from '../../tools/service/http.ts';

export interface TestClient {
  get(path: string, options?: RequestOptions): Promise<Received>;
  post(path: string, body?: object, options?: RequestOptions): Promise<Received>;
  put(path: string, body?: object, options?: RequestOptions): Promise<Received>;
  patch(path: string, body?: object, options?: RequestOptions): Promise<Received>;
  delete(path: string, body?: object, options?: RequestOptions): Promise<Received>;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

/** @param headers sent with every request; those of a single request win */
export function createTestClient(
  call: (sent: Sent) => Promise<Received>,
  headers: Readonly<Record<string, string>> = {},
): TestClient {
  const send =
    (method: string) =>
    (path: string, body?: object, options: RequestOptions = {}) =>
      call({
        method,
        path,
        headers: { ...headers, ...options.headers },
        ...(body !== undefined && { body }),
      });
  return {
    get: (path, options) => send('GET')(path, undefined, options),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
  };
}

// The caller of an operation and the client that sent the request. Types only.

import type { Role } from '../roles.ts';

export interface Caller {
  readonly userId: number;
  readonly sessionId: string;
  readonly username: string;
  readonly roles: readonly Role[];
}

/** The client that sent a request, as the log, the sessions and the audit record it. */
export interface Client {
  readonly requestId: string;
  /** The client's address, cut to 64 characters. Only as reliable as the proxy that wrote it. */
  readonly ip: string | null;
  /** The `User-Agent` header, cut to 256 characters. */
  readonly userAgent: string | null;
  /** Whether the caller's token came in a cookie. */
  readonly byCookie: boolean;
  /** Whether the request comes from a page that may use cookies, or from no page at all. */
  readonly isTrusted: () => boolean;
  /**
   * Whether the client prefers an HTML page to JSON, as browsers do. A call adds `Vary: Accept` to
   * the response.
   */
  readonly prefersPage: () => boolean;
}

// The caller of an operation and the client that sent the request. Types only.

import type { Role } from '../roles.ts';

export interface Caller {
  readonly userId: number;
  readonly sessionId: string;
  readonly username: string;
  readonly roles: readonly Role[];
}

/** Where a request comes from, as the log, the sessions and the audit name it. */
export interface Client {
  readonly requestId: string;
  /** The first 64 characters of what is an address, if the proxy that wrote it is to be trusted. */
  readonly ip: string | null;
  /** The first 256 characters of it. */
  readonly userAgent: string | null;
  /** Whether a page that may use cookies sent it, or no page at all that uses them. */
  readonly isTrusted: () => boolean;
  /** Whether it would rather have a page than data, as browsers do. To ask makes the answer depend on it. */
  readonly prefersPage: () => boolean;
}

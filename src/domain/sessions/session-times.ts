// How long a session lives.

export interface SessionTimes {
  /** Seconds that a session lives at most. */
  readonly sessionTtl: number;
  /** Seconds that it lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Seconds in which the last refresh token may be used again, for the same answer. */
  readonly refreshGrace: number;
}

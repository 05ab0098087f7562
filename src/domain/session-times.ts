// The time limits of a session.

export interface SessionTimes {
  /** The longest life of a session, in seconds. */
  readonly sessionTtl: number;
  /** Seconds that a session lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Seconds in which the previous refresh token may be used again and returns the same tokens. */
  readonly refreshGrace: number;
}

// Logs an outage of the database as one warning when it begins and one when it ends, however many
// requests it fails. It ends when the database answers and accepts changes again.

import { isOutage, messageOf } from './errors.ts';

export interface OutagesParts {
  readonly ping: () => Promise<void>;
  readonly warn: (facts: object, message: string) => void;
  /** Milliseconds between two checks for the end. Tests set it. */
  readonly interval?: number;
}

export interface Outages {
  /** Returns false when the error is not an outage; then the caller logs it. */
  report(error: unknown): boolean;
  close(): void;
}

export function createOutages({ ping, warn, interval = 1_000 }: OutagesParts): Outages {
  let current: { failures: number; readonly start: number } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function check(): Promise<void> {
    const hasEnded = await ping().then(
      () => true,
      () => false,
    );
    if (isClosed || current === null) return;
    if (!hasEnded) {
      checkLater();
      return;
    }
    const { failures, start } = current;
    current = null;
    const seconds = Math.round((performance.now() - start) / 1_000);
    warn({ failures, seconds }, 'the database is available again');
  }
  function checkLater(): void {
    timer = setTimeout(() => void check(), interval).unref();
  }
  return {
    report(error) {
      if (!isOutage(error)) return false;
      if (current === null && !isClosed) {
        current = { failures: 0, start: performance.now() };
        warn({ err: error }, `the database is not available: ${messageOf(error)}`);
        checkLater();
      }
      if (current !== null) current.failures += 1;
      return true;
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

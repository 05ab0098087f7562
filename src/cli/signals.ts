// How a server is told to stop: by a signal, or by the end of the npm that started it.

export interface Signals {
  /** Settles with what told it to stop. */
  readonly signal: Promise<string>;
  /** Whether that has happened. */
  readonly isDraining: () => boolean;
}

/**
 * Heard from the first moment on: a Ctrl-C while the database starts must not leave it behind. Repeated signals change nothing (npm passes on the
 * one that the terminal has sent already).
 */
export function hearSignals(): Signals {
  let draining = false;
  const signal = new Promise<string>((resolve) => {
    const stop = (reason: string) => {
      draining = true;
      resolve(reason);
    };
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, stop);
    if (process.env['npm_lifecycle_event'] !== undefined) whenOrphaned(stop);
  });
  return { signal, isDraining: () => draining };
}

/** npm hands a SIGTERM to the shell between it and us, and that shell dies of it without a word to us. */
function whenOrphaned(stop: (reason: string) => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop('npm is gone');
  }, 250);
  watch.unref();
}

// Detects when the server has to stop: on a signal, or when the npm that started it has ended.

export interface Signals {
  /** Settles with the reason to stop: the signal's name, or that npm has ended. */
  readonly signal: Promise<string>;
  /** Whether `signal` has settled. */
  readonly isDraining: () => boolean;
}

/**
 * Call it first: a Ctrl-C while the embedded database starts must not leave that database running.
 * Repeated signals change nothing, because npm forwards a signal that the terminal has already
 * sent.
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

/**
 * npm sends SIGTERM to the shell between npm and this process. The shell ends without forwarding
 * it.
 */
function whenOrphaned(stop: (reason: string) => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop('npm has ended');
  }, 250);
  watch.unref();
}

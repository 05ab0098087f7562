// The log: JSON lines, or lines for people on a terminal. Defends against secrets in it: nothing logs headers or bodies, the members that
// could hold a secret are redacted all the same, and of an error only what is known to be harmless is written. PostgreSQL's `detail` may
// quote a whole row, password hash and all.

import { pino, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

/**
 * In the background, and many lines at once: a request does not wait for its line, and no line is a write of its own. Bytes and milliseconds; what was
 * not written is written at the end of the process, and lost when it is killed.
 */
const inBulk = { minLength: 8 * 1024, periodicFlush: 100 } as const;

export interface LoggerOptions {
  readonly level: string;
  /** For people instead of programs. */
  readonly pretty: boolean;
}

export function createLogger(
  { level, pretty }: LoggerOptions,
  destination?: NodeJS.WritableStream,
): Logger {
  const stream =
    destination ??
    (pretty
      ? PinoPretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'SYS:HH:MM:ss.l' })
      : undefined);
  return pino(
    {
      level,
      redact: [
        'password',
        'passwordHash',
        'accessToken',
        'token',
        'secret',
        'headers',
        'body',
      ].flatMap((name) => [name, `*.${name}`]),
      serializers: { err: serializeError },
    },
    stream ?? pino.destination({ dest: 1, sync: false, ...inBulk }),
  );
}

interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: SafeError;
}

function serializeError(error: unknown): SafeError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'a value that is no Error was thrown' };
  const { code, constraint, cause } = error as Error & { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    stack: error.stack,
    ...(cause !== undefined && { cause: serializeError(cause) }),
  };
}

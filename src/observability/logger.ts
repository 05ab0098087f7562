// The log: JSON lines, or lines for people on a terminal. Defends against secrets in it: nothing logs headers or bodies, the members that
// could hold a secret are redacted all the same, and of an error only what is known to be harmless is written. PostgreSQL's `detail` may
// quote a whole row, password hash and all.

import { pino, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

export interface LoggerOptions {
  readonly level: string;
  /** For people instead of programs. */
  readonly pretty: boolean;
}

export function createLogger({ level, pretty }: LoggerOptions, destination?: NodeJS.WritableStream): Logger {
  const stream =
    destination ??
    (pretty ? PinoPretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'SYS:HH:MM:ss.l' }) : undefined);
  return pino(
    {
      level,
      redact: ['password', 'passwordHash', 'accessToken', 'token', 'secret', 'headers', 'body'].flatMap((name) => [
        name,
        `*.${name}`,
      ]),
      serializers: { err: serializeError },
    },
    // In the background in production: a request does not wait for its log line. Flushed at the end of the process.
    stream ?? pino.destination({ dest: 1, sync: false }),
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
  if (!(error instanceof Error)) return { type: typeof error, message: 'a value that is no Error was thrown' };
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

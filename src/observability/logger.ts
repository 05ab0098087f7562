// The log: JSON lines, or readable lines on a terminal. Defends against secrets in the log. No code
// logs headers or bodies, and members that could hold a secret are redacted as a second defence. Of
// an error, only members that are known to be harmless are written: PostgreSQL's `detail` may quote
// a whole row, with the password hash.

import { pino, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

/**
 * Writes many lines at once, in the background: a request does not wait for its log line.
 * `minLength` is in bytes, `periodicFlush` in milliseconds. The lines that wait are written when
 * the process ends. They are lost when it is killed.
 */
const inBulk = { minLength: 8 * 1024, periodicFlush: 100 } as const;

export interface LoggerOptions {
  readonly level: string;
  /** Readable lines instead of JSON. */
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
    return { type: typeof error, message: 'a value that is not an Error was thrown' };
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

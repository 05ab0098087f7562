// Classifies the errors of PostgreSQL and its driver. SQLSTATE codes:
// https://www.postgresql.org/docs/current/errcodes-appendix.html

interface DriverError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
  readonly errors?: unknown;
}

export interface SqlStateMeaning {
  /** A class (two characters), or a prefix of a code, or one whole code. */
  readonly state: string;
  readonly meaning: string;
  /** The pool closes a connection that received it. */
  readonly discards: boolean;
  /** The whole database is affected, not only one statement. */
  readonly outage: boolean;
  /** A node that starts stops at once: waiting does not help. */
  readonly endsStart?: true;
}

/** The SQLSTATEs after which the same request may succeed later. All others are our mistakes. */
export const unavailableStates: readonly SqlStateMeaning[] = [
  { state: '08', meaning: 'the connection failed', discards: true, outage: true },
  { state: '25006', meaning: 'the database is read-only', discards: true, outage: true },
  { state: '25P03', meaning: 'an idle transaction was ended', discards: true, outage: false },
  { state: '25P04', meaning: 'a long transaction was ended', discards: true, outage: false },
  {
    state: '28',
    meaning: 'the login was refused, for example after a change of the password',
    discards: true,
    outage: true,
    endsStart: true,
  },
  { state: '40001', meaning: 'lost to another transaction', discards: false, outage: false },
  { state: '40P01', meaning: 'deadlock', discards: false, outage: false },
  { state: '53', meaning: 'out of connections, disk or memory', discards: false, outage: true },
  { state: '55P03', meaning: 'lock_timeout', discards: false, outage: false },
  { state: '57014', meaning: 'statement_timeout', discards: true, outage: false },
  { state: '57', meaning: 'shutting down, or not yet up', discards: true, outage: true },
];

const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/**
 * pg gives these errors no code, and Knex puts the statement, with its placeholders, before the
 * message.
 */
const awayMessages = new RegExp(
  '(?:^| - )(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|' +
    'Query read timeout|Client has encountered a connection error|Client was closed|' +
    'Connection was silent)',
);
/** Errors of the socket and the pool, which have no SQLSTATE. */
const unreachable: SqlStateMeaning = {
  state: '',
  meaning: 'the database cannot be reached',
  discards: true,
  outage: true,
};

/** `undefined`: the error does not mean that the database is unavailable. */
function meaningOf(error: unknown): SqlStateMeaning | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message, name, errors } = error as DriverError;
  // An AggregateError: no address answered.
  if (Array.isArray(errors))
    return errors.length > 0 && errors.every(isUnavailable) ? unreachable : undefined;
  if (name === 'KnexTimeoutError' || awayMessages.test(String(message))) return unreachable;
  if (typeof code !== 'string') return undefined;
  return socketErrors.has(code) ? unreachable : meaningOfState(code);
}

export function meaningOfState(code: string): SqlStateMeaning | undefined {
  if (code.length !== 5) return undefined; // EPIPE is a socket error, found before
  return unavailableStates.find(({ state }) => code.startsWith(state));
}

/**
 * Whether the error means that the database is unreachable, full, read-only or shutting down, or
 * that a time limit ended the statement: the same request may succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  return meaningOf(error) !== undefined;
}

/** Whether the error means that the database is unavailable to all requests. */
export function isOutage(error: unknown): boolean {
  return meaningOf(error)?.outage === true;
}

/** Whether a node that starts should try again. */
export function isWorthWaiting(error: unknown): boolean {
  const meaning = meaningOf(error);
  return meaning !== undefined && meaning.endsStart !== true;
}

/**
 * For a log line. Node.js leaves the message empty when it tried several addresses. Neither text
 * contains the URL, which may contain a password.
 */
export function messageOf(error: unknown): string {
  const { message, errors } = error as { message?: string; errors?: readonly Error[] };
  return errors?.map((each) => each.message).join(', ') ?? String(message);
}

/** The database accepts no changes: it is a standby server, or set to read-only. */
export class ReadOnlyError extends Error {
  override name = 'ReadOnlyError';
  readonly code = '25006';
  constructor() {
    super('The database is read-only.');
  }
}

/** The name of the unique constraint or index that refused a row; `null` for every other error. */
export function uniqueViolation(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as DriverError;
  return code === '23505' && typeof constraint === 'string' ? constraint : null;
}

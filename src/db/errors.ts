// Classifies the errors of PostgreSQL and its driver. SQLSTATE codes:
// https://www.postgresql.org/docs/current/errcodes-appendix.html

interface DriverError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
  readonly errors?: unknown;
}

/**
 * SQLSTATE classes 08 (connection), 40 (this transaction lost a conflict with another one), 53 (out
 * of resources) and 57P (shut down, not yet up), and the socket errors of Node.
 */
const awayCodes = new RegExp(
  '^(08...|40001|40P01|53...|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|' +
    'EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$',
);
/**
 * pg gives these errors no code, and Knex puts the statement, with its placeholders, before the
 * message.
 */
const awayMessages = new RegExp(
  '(?:^| - )(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|' +
    'Query read timeout|Client has encountered a connection error|Client was closed|' +
    'Connection was silent)',
);

/**
 * Whether the error means that the database is unreachable, full or shutting down: the same request
 * may succeed later.
 */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, name, errors } = error as DriverError;
  // An AggregateError: no address answered.
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(isUnavailable);
  return (
    name === 'KnexTimeoutError' ||
    (typeof code === 'string' && awayCodes.test(code)) ||
    awayMessages.test(String(message))
  );
}

/** The name of the unique constraint or index that refused a row; `null` for every other error. */
export function uniqueViolation(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as DriverError;
  return code === '23505' && typeof constraint === 'string' ? constraint : null;
}

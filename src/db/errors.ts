// Reads what PostgreSQL and its driver throw. SQLSTATE codes: https://www.postgresql.org/docs/current/errcodes-appendix.html

interface DriverError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
  readonly errors?: unknown;
}

/** Classes 08 (connection), 40 (of two transactions in each other's way, this one gave in), 53 (out of resources) and 57P (shut down, not yet up); what Node says of a socket. */
const awayCodes =
  /^(08...|40001|40P01|53...|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** pg gives these no code, and Knex puts the statement, with its placeholders, before them. */
const awayMessages =
  /(?:^| - )(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Connection was silent)/;

/** Tells whether the error means that the database is away, full or shutting down: the same request may succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, name, errors } = error as DriverError;
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(isUnavailable); // an AggregateError: no address answered
  return (
    name === 'KnexTimeoutError' ||
    (typeof code === 'string' && awayCodes.test(code)) ||
    awayMessages.test(String(message))
  );
}

/** The name of the unique constraint or index that refused a row; null for every other error. */
export function uniqueViolation(error: unknown): string | null {
  const { code, constraint } = (error ?? {}) as DriverError;
  return code === '23505' && typeof constraint === 'string' ? constraint : null;
}

/** What PASSWORD_HASHER asks for cannot be used here; the message says what to do. */
export class HasherError extends Error {
  override name = 'HasherError';
}

/** The hasher that PASSWORD_HASHER names cannot be used here. The message says what to do. */
export class HasherError extends Error {
  override name = 'HasherError';
}

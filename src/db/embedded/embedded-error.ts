/** The embedded database cannot be used. The message gives the reason and what to do. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
